"""Reads the comments of one item, whose order and parents it leaves to `threads`."""

import html
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from .notes import Notes
from .numbers import Numbers, fingerprint
from .paragraphs import paragraphs
from .parse import RawRecord
from .records import CommentKind, CommentState, ExportComment
from .values import moment

KINDS: dict[str, CommentKind] = {
    "": "comment",
    "comment": "comment",
    "pingback": "pingback",
    "trackback": "trackback",
}
STATES: dict[str, CommentState] = {
    "1": "approved",
    "0": "pending",
    "spam": "spam",
    "trash": "rejected",
    "post-trashed": "rejected",
}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass
class CommentReader:
    """`staff` has the login by WordPress' number of a person; numbers are shared by all items."""

    staff: dict[int, str]
    taken: Numbers

    def read(
        self, item: RawRecord, item_number: int, fallback: datetime | None, notes: Notes
    ) -> list[ExportComment]:
        """In the order of the file; parents by number here, which may be missing."""
        numbers: dict[int, int] = {}
        kept = []
        for raw in item.named("wp:comment"):
            wanted = raw.number("wp:comment_id")
            comment = self._comment(raw, item_number, fallback, notes.about(raw.line, wanted))
            if comment is not None:
                kept.append(comment)
                numbers.setdefault(wanted or comment.old_id, comment.old_id)
        return [_with_parent(comment, numbers) for comment in kept]

    def _comment(
        self, raw: RawRecord, item_number: int, fallback: datetime | None, notes: Notes
    ) -> ExportComment | None:
        kind = KINDS.get(raw["wp:comment_type"])
        if kind is None:
            notes.left_out("comment_kind", raw["wp:comment_type"])
            return None
        number = self._number(raw, item_number, notes)
        if number is None:
            return None
        return ExportComment(
            old_id=number,
            parent_old_id=raw.number("wp:comment_parent"),
            kind=kind,
            state=_state(raw, notes),
            author_login=self.staff.get(raw.number("wp:comment_user_id") or 0, ""),
            author_name=html.unescape(raw["wp:comment_author"]),
            author_email=raw["wp:comment_author_email"],
            author_url=html.unescape(raw["wp:comment_author_url"]),
            ip=raw["wp:comment_author_IP"],
            created_at=_created_at(raw, fallback, notes),
            html=paragraphs(raw["wp:comment_content"]),
            line=raw.line,
        )

    def _number(self, raw: RawRecord, item_number: int, notes: Notes) -> int | None:
        wanted = raw.number("wp:comment_id")
        said = (raw[f"wp:comment_{name}"] for name in ("author", "date", "content"))
        number = self.taken.take(wanted, fingerprint(str(item_number), *said))
        if number is None:
            notes.left_out("repeated", "comment")
        elif number != wanted:
            notes.repaired("comment_number", "its number is missing or another comment's")
        return number


def _state(raw: RawRecord, notes: Notes) -> CommentState:
    word = raw["wp:comment_approved"]
    if word not in STATES:
        notes.repaired("comment_state", f"unknown state {word!r}: waits for a person")
    return STATES.get(word, "pending")


def _created_at(raw: RawRecord, fallback: datetime | None, notes: Notes) -> datetime:
    found = moment(raw["wp:comment_date_gmt"])
    if found is not None:
        return found
    local = moment(raw["wp:comment_date"])
    taken = "the local date" if local else "the date of its article" if fallback else "1970"
    notes.repaired("comment_date", f"no date in UTC: {taken} stands in")
    return local or fallback or EPOCH


def _with_parent(comment: ExportComment, numbers: dict[int, int]) -> ExportComment:
    """A parent that had to get another number is meant by its old one."""
    parent = comment.parent_old_id
    if parent is None or numbers.get(parent, parent) == parent:
        return comment
    return replace(comment, parent_old_id=numbers[parent])
