"""Makes views of rows: what a template shows of a comment, for everybody or for one reader."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from markupsafe import Markup
from sqlalchemy.orm import Session

from ..avatar import avatar
from ..host import Subject
from ..states import State
from ..thread import Answered, CommentView
from ..wording import named
from . import queries
from .addresses import Ways
from .queries import Shown

AT_ONCE = timedelta(minutes=1)
"""A comment that was public within this is as old as its date says."""


@dataclass(frozen=True)
class Reader:
    """Of whom the page knows: which comments are `mine`, and which he found useful."""

    mine: frozenset[int] = frozenset()
    voted: frozenset[int] = frozenset()


class Views:
    """What the rows of a page have in common (names, aliases, locked branches) is read once for all."""

    def __init__(
        self,
        session: Session,
        subject: Subject,
        ways: Ways,
        rows: Sequence[Shown],
        is_open: bool,
        reader: Reader,
    ) -> None:
        self.subject, self.ways, self.is_open, self.reader = subject, ways, is_open, reader
        self.aliases: Mapping[int, int] = queries.aliases_of(session, [row.id for row in rows])
        self.names = {row.id: named(row.author_name) for row in rows if row.state is State.APPROVED}
        self.locked = {row.id for row in rows if row.locked}
        if missing := self.missing_parents(rows):
            found = queries.names_of(session, missing)
            self.names |= {id_: named(name) for id_, name in found.items()}

    def missing_parents(self, rows: Sequence[Shown]) -> Collection[int]:
        return {row.parent_id for row in rows if row.parent_id} - self.names.keys()

    def of(self, rows: Sequence[Shown], mine: bool = False) -> list[CommentView]:
        return [self.one(row, mine) for row in rows]

    def one(self, row: Shown, mine: bool) -> CommentView:
        """`mine` shows also what is not public. A locked branch is not answered anywhere in it."""
        approved = row.state is State.APPROVED
        told = approved or mine
        own = mine or row.id in self.reader.mine
        answerable = approved and self.is_open and (row.root_id or row.id) not in self.locked
        return CommentView(
            id=row.id,
            parent_id=row.parent_id,
            root_id=row.root_id or row.id,
            path=row.path,
            name=named(row.author_name) if told else "",
            url=row.author_url if told else "",
            html=Markup(row.html if told else ""),  # noqa: S704 - sanitised when it was saved
            at=row.created_at,
            language=row.language,
            avatar=Markup(avatar(row.avatar if told else 0)),  # noqa: S704 - drawn by us
            permalink=self.ways.permalink(row.id),
            reply_url=self.ways.reply(row.id) if answerable else None,
            is_staff=told and bool(row.person_key),
            is_author=told and bool(row.person_key) and row.person_key == self.subject.author_key,
            removed=not told,
            waiting=row.state is State.PENDING,
            state=row.state.value,
            reply_count=row.reply_count,
            aliases=(self.aliases[row.id],) if row.id in self.aliases else (),
            answers=self.answered(row.parent_id),
            since=since(row),
            edited=row.edited_at if told else None,
            edited_by_desk=row.edited_by_desk,
            pinned=row.pinned,
            featured=row.featured,
            locked=row.locked and self.is_open,
            useful=row.useful_count,
            votable=approved and not own,
            voted=row.id in self.reader.voted,
            mine=own,
        )

    def answered(self, parent_id: int | None) -> Answered | None:
        if parent_id is None or parent_id not in self.names:
            return None
        return Answered(parent_id, self.names[parent_id], self.ways.permalink(parent_id))


def since(row: Shown) -> datetime | None:
    """When it became public, where that was not at once."""
    public = row.public_at
    return public if public and public - row.created_at >= AT_ONCE else None
