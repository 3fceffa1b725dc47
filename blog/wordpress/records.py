"""What a WordPress export holds, as plain values; knows neither XML nor the database.

Every text is as the file has it, only trimmed, except that names and titles are plain text and
`html` is ready for the sanitiser. Nothing here is safe to show yet.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

ItemKind = Literal["post", "page"]
ItemStatus = Literal["published", "scheduled", "submitted", "draft"]
CommentKind = Literal["comment", "pingback", "trackback"]
CommentState = Literal["approved", "pending", "rejected", "spam"]
TermKind = Literal["tag", "category"]


@dataclass(frozen=True)
class ExportAuthor:
    login: str
    name: str
    email: str


@dataclass(frozen=True)
class ExportTerm:
    kind: TermKind
    slug: str
    name: str


@dataclass(frozen=True)
class ExportHeader:
    """What stands above the items and comes before them, once for each part of a zip. Exports
    before WXR 1.1 name no authors: there the items alone do."""

    title: str
    base_url: str
    version: str
    language: str
    authors: tuple[ExportAuthor, ...]
    terms: tuple[ExportTerm, ...]


@dataclass(frozen=True)
class ExportComment:
    """`old_id` is unique in the export; negative where the file gave none or one that was taken:
    then it is made from the text, so that the same file gives the same number again."""

    old_id: int
    parent_old_id: int | None
    kind: CommentKind
    state: CommentState
    author_login: str  # of a member of staff who was signed in, else empty
    author_name: str
    author_email: str
    author_url: str
    ip: str
    created_at: datetime
    html: str
    line: int


@dataclass(frozen=True)
class ExportItem:
    """An article or a page, its comments parents first. Has a date unless it is a draft or
    submitted; is never published or scheduled when it was private or behind a password."""

    old_id: int
    kind: ItemKind
    status: ItemStatus
    title: str
    slug: str
    link: str
    guid: str
    author_login: str
    published_at: datetime | None
    modified_at: datetime | None
    html: str
    excerpt: str
    comments_open: bool
    pings_open: bool
    password_protected: bool
    sticky: bool
    terms: tuple[ExportTerm, ...]
    comments: tuple[ExportComment, ...]
    line: int


@dataclass(frozen=True)
class Notice:
    """Something that was mended or left out. Add up `count` by (kind, code); for left-out things
    by `detail` as well, which is one word there: WordPress' name for what was left out."""

    kind: Literal["repaired", "left_out"]
    code: str
    detail: str
    line: int
    old_id: int | None = None
    count: int = 1


Record = ExportHeader | ExportItem | Notice


class BrokenExport(Exception):
    """The file can't be read to its end; its message is one clear English line for a terminal."""

    def __init__(
        self, message: str, line: int | None = None, column: int | None = None, part: str = ""
    ) -> None:
        self.message, self.line, self.column, self.part = message, line, column, part
        places = [
            part,
            f"line {line}" if line is not None else "",
            f"column {column}" if column is not None else "",
        ]
        where = ", ".join(place for place in places if place)
        super().__init__(f"{where}: {message}" if where else message)
