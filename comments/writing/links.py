"""Judges addresses that people type: what may become a link and in which form; it fetches nothing."""

import re
import unicodedata

import nh3

ADDRESS = re.compile(r"(?<![\w@/.:-])https?://[^\s<>\"`\\^{|}\[\]“”„‘’«»]{1,2000}", re.IGNORECASE)
"""An address in running text, perhaps with punctuation of the sentence at its end."""

_WEB = re.compile(r"(https?)://([^/?#:]+)(:[0-9]{1,5})?([/?#].*)?", re.IGNORECASE)
_MAIL = re.compile(r"mailto:([\w.+%'-]{1,64})@([^@?]+)", re.IGNORECASE | re.ASCII)
_UNSAFE = re.compile(r"[\s\\<>\"`]")
_LONGEST_HOST = 253
_PARSER = nh3.Cleaner(
    tags={"a"}, attributes={"a": {"href"}}, url_schemes={"http"}, url_relative="deny", link_rel=None
)


def acceptable(url: str, *, local: bool = False) -> str | None:
    """The address as it may stand in `href`, or None.

    Absolute http and https without credentials, and plain mailto; with `local` also paths and
    fragments of the own site. A host that mixes scripts comes back in punycode, so that it
    cannot pass for another.
    """
    url = url.strip(" \t\n\r\f")
    if not url.isprintable() or _UNSAFE.search(url):
        return None
    if mail := _MAIL.fullmatch(url):
        host = _host(mail[2])
        return host and f"mailto:{mail[1]}@{host}"
    if web := _WEB.fullmatch(url):
        host = _host(web[2])
        return host and _web_address(web[1].lower(), host, web[3] or "", web[4] or "")
    return url if local and _within_site(url) else None


def _web_address(scheme: str, host: str, port: str, rest: str) -> str | None:
    return f"{scheme}://{host}{port}{rest}" if not port or int(port[1:]) < 65_536 else None


def _within_site(url: str) -> bool:
    """`//host` leaves the site, and a colon before the first slash makes a scheme."""
    return (
        url != "" and not url.startswith("//") and ":" not in re.split("[/?#]", url, maxsplit=1)[0]
    )


def _host(name: str) -> str | None:
    if not name.isascii():
        name = unicodedata.normalize("NFKC", name).lower()
    readable = all(c.isalnum() or c in "-._" or unicodedata.category(c)[0] == "M" for c in name)
    if not readable or len(_encoded(name)) > _LONGEST_HOST:
        return None
    host = _encoded(name) if len(_scripts(name)) > 1 else name
    return host if _understood(host) else None


def _encoded(name: str) -> str:
    """In punycode, as far as it is not ASCII."""
    return ".".join(
        label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")
        for label in name.split(".")
    )


def _understood(host: str) -> bool:
    """nh3 carries a parser that follows the browsers' standard: what it drops, they refuse."""
    return "href" in _PARSER.clean(f'<a href="http://{host}/">')


def _scripts(host: str) -> set[str]:
    if host.isascii():
        return set()
    return {unicodedata.name(c, "?").split()[0] for c in host if c.isalpha()}


def disguised(typed: str, url: str) -> bool:
    """The address says punycode where the typed one did not: readers should see it."""
    return "xn--" in url and "xn--" not in typed


def host_of(url: str) -> str:
    """The host of an address that was found acceptable."""
    return re.split("[/?#:]", re.split("//|@", url, maxsplit=1)[1], maxsplit=1)[0]


def trimmed(address: str) -> str:
    """Without the sentence's punctuation at its end; a bracket stays if it was opened inside."""
    end, excess = len(address), address.count(")") - address.count("(")
    while end and (address[end - 1] in ".,:;!?'*_~…" or (excess > 0 and address[end - 1] == ")")):
        excess -= address[end - 1] == ")"
        end -= 1
    return address[:end]
