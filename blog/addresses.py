"""Where on the site a thing stands, and how an old address is written down; pure."""

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

SLUG = "[a-z0-9_-]+"
SLUG_LIMIT = 200
LARGEST_ID = 2**63 - 1
OLD_ADDRESS_LIMIT = 500
_OWN_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


def article_url(slug: str) -> str:
    return f"/{slug}/"


def discussion_feed_url(slug: str) -> str:
    return f"/{slug}/comments.atom"


def tag_url(slug: str) -> str:
    return f"/tag/{slug}/"


def author_url(slug: str) -> str:
    return f"/author/{slug}/"


def page_url(base: str, number: int) -> str:
    """A page of a list; `base` is its first page and ends in a slash."""
    return base if number == 1 else f"{base}page/{number}/"


def own_path(text: str) -> bool:
    """A path within this site, which no browser reads as the address of another."""
    return _OWN_PATH.fullmatch(text) is not None


def old_path(address: str) -> str:
    """An address that an article had elsewhere, as the table of old addresses holds it.

    The path alone, decoded, without a slash at its end. Addresses by number keep their number:
    `/?p=12`, `/?page_id=12`.
    """
    parts = urlsplit(address)
    path = bare(unquote(parts.path))
    if path == "/" and re.fullmatch(r"(p|page_id)=\d+", parts.query):
        return f"/?{parts.query}"
    return path


def bare(path: str) -> str:
    """A decoded path without a slash at its end."""
    return path.rstrip("/") or "/"


def first_segments(rules: Iterable[str]) -> frozenset[str]:
    """The fixed first segments of a route table."""
    firsts = (rule.split("/")[1] for rule in rules)
    return frozenset(first for first in firsts if first and "<" not in first)
