"""Reads the single values of a WordPress export: dates, names, slugs. Pure; guesses nothing."""

import html
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote

from ..reading import slugify
from .records import ExportTerm, TermKind

FEED_DATE = re.compile(r"\d{1,2} [A-Z][a-z]{2} \d{4} \d")
SLUG = re.compile(r"[\w-]+")
TERM_KINDS: dict[str, TermKind] = {"category": "category", "post_tag": "tag", "tag": "tag"}
YEARS = range(1000, 9999)  # MySQL's own; what lies before are zeros gone wrong


def moment(text: str) -> datetime | None:
    """Of `2011-12-13 08:15:00`, taken as UTC, or of a feed's `Tue, 13 Dec 2011 08:15:00 +0000`.
    None for what is no date, WordPress' 0000-00-00 and -0001 among them."""
    try:
        found = (
            parsedate_to_datetime(text) if FEED_DATE.search(text) else datetime.fromisoformat(text)
        )
    except (ValueError, TypeError):
        return None
    if found.year not in YEARS:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def slug_in(text: str) -> str:
    """Itself where it is a slug, else the nearest one; empty where there is none."""
    return text if SLUG.fullmatch(text) else slugify(text)


def read_term(domain: str, slug: str, name: str) -> ExportTerm | None:
    """None for a taxonomy of a plug-in or of menus, and for a term without any letter."""
    kind, label = TERM_KINDS.get(domain), html.unescape(name).strip()
    address = slug_in(unquote(slug)) or slugify(label)
    return ExportTerm(kind, address, label or address) if kind and address else None


def distinct(terms: Iterable[ExportTerm | None]) -> tuple[ExportTerm, ...]:
    """The first of each kind and slug, in order."""
    found: dict[tuple[str, str], ExportTerm] = {}
    for one in terms:
        if one is not None:
            found.setdefault((one.kind, one.slug), one)
    return tuple(found.values())
