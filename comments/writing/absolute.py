"""Makes the addresses of stored HTML whole, for readers who see it elsewhere than on the site; pure."""

import re
from html import escape, unescape
from urllib.parse import urljoin

from .sanitise import TAG

_ADDRESS = re.compile(r' (href|src)="([^"]*)"')


def absolute(html: str, base: str) -> str:
    """HTML that was sanitised, each link and picture with its whole address; `base` is the page's."""

    def whole(found: re.Match[str]) -> str:
        return f' {found[1]}="{escape(joined(base, unescape(found[2])))}"'

    return TAG.sub(lambda tag: _ADDRESS.sub(whole, tag[0]), html)


def joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:  # of an odd one a browser makes something, or nothing
        return address
