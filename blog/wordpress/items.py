"""Reads one item of an export into an article or page, or says why it is left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten
from urllib.parse import unquote

from ..reading import slugify
from .comments import CommentReader
from .html import Article, article, plain
from .notes import Notes
from .numbers import Numbers, fingerprint
from .parse import RawRecord
from .records import ExportItem, ExportTerm, ItemKind, ItemStatus, Notice
from .threads import parents_first
from .values import distinct, moment, read_term, slug_in

KINDS: dict[str, ItemKind] = {"post": "post", "page": "page"}
STATUSES: dict[str, ItemStatus] = {
    "publish": "published",
    "future": "scheduled",
    "pending": "submitted",
    "draft": "draft",
}
LEFT_OUT = frozenset({"trash", "auto-draft", "inherit"})
DATES = ("wp:post_date_gmt", "pubDate", "wp:post_date", "wp:post_modified_gmt")
NOT_IN_A_LOGIN = re.compile(r"[^\w .@-]")
TITLE_CHARACTERS = 60


@dataclass
class ItemReader:
    logins: frozenset[str]
    comments: CommentReader
    taken: Numbers

    def read(self, raw: RawRecord) -> Iterator[ExportItem | Notice]:
        """The notices about it and its comments, then the item, if it is kept."""
        notes = Notes(raw.line, raw.number("wp:post_id"))
        item = self._item(raw, notes)
        yield from notes.found
        if item is not None:
            yield item

    def _item(self, raw: RawRecord, notes: Notes) -> ExportItem | None:
        number = None if _not_for_readers(raw, notes) else self._number(raw, notes)
        if number is None:
            return None
        published_at = _published_at(raw, notes)
        text = article(raw["content:encoded"])
        _note_changes(text, notes)
        title = _title(raw, text, notes)
        comments, lifted = parents_first(self.comments.read(raw, number, published_at, notes))
        notes.found.extend(lifted)
        return ExportItem(
            old_id=number,
            kind=KINDS[raw["wp:post_type"]],
            status=_status(raw, published_at, notes),
            title=title,
            slug=_slug(raw, title, number, notes),
            link=raw["link"],
            guid=raw["guid"],
            author_login=self._author(raw, notes),
            published_at=published_at,
            modified_at=moment(raw["wp:post_modified_gmt"]) or moment(raw["wp:post_modified"]),
            html=text.html,
            excerpt=article(raw["excerpt:encoded"]).html or text.teaser,
            comments_open=raw["wp:comment_status"] == "open",
            pings_open=raw["wp:ping_status"] == "open",
            password_protected=bool(raw["wp:post_password"]),
            sticky=raw["wp:is_sticky"] == "1",
            terms=distinct(_terms(raw, notes)),
            comments=comments,
            line=raw.line,
        )

    def _number(self, raw: RawRecord, notes: Notes) -> int | None:
        wanted = raw.number("wp:post_id")
        print_ = fingerprint(raw["guid"], raw["link"], raw["title"], raw["wp:post_date"])
        number = self.taken.take(wanted, print_)
        if number is None:
            _leave_out(raw, "repeated", raw["wp:post_type"], notes)
        elif number != wanted:
            notes.repaired("number", "its number is missing or another item's")
        return number

    def _author(self, raw: RawRecord, notes: Notes) -> str:
        login = raw["dc:creator"]
        if login in self.logins or (login and not self.logins):
            return login
        likely = NOT_IN_A_LOGIN.sub("", login).strip()
        known = f"taken for {likely!r}" if likely in self.logins else "not among the authors"
        notes.repaired("author", f"{login!r} is {known}" if login else "has no author")
        return likely


def _not_for_readers(raw: RawRecord, notes: Notes) -> bool:
    kind, status = raw["wp:post_type"], raw["wp:status"]
    if kind not in KINDS:
        _leave_out(raw, "kind", kind or "unknown", notes)
    elif status in LEFT_OUT:
        _leave_out(raw, "status", status, notes)
    return kind not in KINDS or status in LEFT_OUT


def _leave_out(raw: RawRecord, code: str, word: str, notes: Notes) -> None:
    notes.left_out(code, word)
    comments = sum(1 for _ in raw.named("wp:comment"))
    if comments:
        notes.left_out("comment_with_it", word, comments)


def _published_at(raw: RawRecord, notes: Notes) -> datetime | None:
    """A draft has no date in UTC by nature, so that nothing is mended there."""
    name, found = next(((name, date) for name in DATES if (date := moment(raw[name]))), ("", None))
    if found and name != DATES[0] and raw["wp:status"] not in ("draft", "pending"):
        notes.repaired("date", f"no date in UTC: {name} stands in")
    return found


def _note_changes(text: Article, notes: Notes) -> None:
    if text.pages > 1:
        notes.repaired("pages", f"{text.pages} pages joined")
    for name, count in text.linked.items():
        notes.repaired("shortcode", f"a link stands in for [{name}]", count)
    for name, count in text.dropped.items():
        notes.left_out("block" if name.startswith("wp:") else "shortcode", name, count)


def _title(raw: RawRecord, text: Article, notes: Notes) -> str:
    title = plain(raw["title"])
    if title:
        return title
    notes.repaired("title", "no title: its first words or its address stand in")
    words = plain(text.html)[: 2 * TITLE_CHARACTERS]
    start = shorten(words, TITLE_CHARACTERS, placeholder=" …").removeprefix("…").strip()
    return start or words[:TITLE_CHARACTERS] or raw["wp:post_name"].replace("-", " ") or "…"


def _status(raw: RawRecord, published_at: datetime | None, notes: Notes) -> ItemStatus:
    word = raw["wp:status"]
    status = STATUSES.get(word)
    if status is None:
        code, why = "status", f"is {word!r} there"
    elif raw["wp:post_password"]:
        code, why = "password", "needs a password there"
    elif published_at is None:
        code, why = "no_date", "has no date"
    else:
        return status
    if status != "draft":
        notes.repaired(code, f"{why}: becomes a draft")
    return "draft"


def _slug(raw: RawRecord, title: str, number: int, notes: Notes) -> str:
    wanted = unquote(raw["wp:post_name"])
    slug = slug_in(wanted) or slugify(title) or f"{raw['wp:post_type']}-{abs(number)}"
    if slug != wanted:
        why = f"{wanted!r} can be no address" if wanted else "has no address"
        notes.repaired("slug", f"{why}: {slug!r} stands in")
    return slug


def _terms(raw: RawRecord, notes: Notes) -> Iterator[ExportTerm | None]:
    """Old exports name each term twice, first without its kind."""
    for one in [term for term in raw.terms if term.domain] or raw.terms:
        found = read_term(one.domain or "category", one.slug, one.name)
        if found is None:
            notes.left_out("taxonomy", one.domain)
        yield found
