"""Brings comments from elsewhere in: their ids, dates, states and parents; nothing is sent or asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from . import place, shown, storing
from .avatar import seed_of
from .host import Subject
from .keys import Keys, address_key
from .models import Alias, Comment, History, Thread
from .settings import Settings
from .states import State
from .writing import markup

NAME_LIMIT, URL_LIMIT = 300, 500
T = TypeVar("T")


@dataclass(frozen=True)
class Imported:
    """One comment of an export, its parent before it. An `old_id` below 1 was no address anywhere.

    `person_key` is a member of staff's; `html` is WordPress' kind, with tags and line breaks.
    """

    old_id: int
    parent_old_id: int | None
    kind: str
    state: str
    author_name: str
    author_email: str
    author_url: str
    created_at: datetime
    html: str
    person_key: str = ""


@dataclass
class Brought:
    """What became of the comments of one discussion, by their old ids; `refused` with the reason."""

    added: list[int] = field(default_factory=list)
    known: list[int] = field(default_factory=list)
    renumbered: list[int] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)


def bring(
    session: Session,
    subject: Subject,
    items: Sequence[Imported],
    keys: Keys,
    settings: Settings,
) -> Brought:
    """Adds what is not there yet, as a part of the caller's transaction."""
    thread = storing.thread_for(session, subject)
    batch = Batch(session, thread, keys, settings, items)
    for item in items:
        batch.add(item)
    session.flush()
    if batch.brought.added:
        shown.rebuild(session, thread)
        thread.version += 1
    return batch.brought


class Batch:
    """The comments of one thread on their way in, with what they must not collide with."""

    def __init__(
        self,
        session: Session,
        thread: Thread,
        keys: Keys,
        settings: Settings,
        items: Sequence[Imported],
    ) -> None:
        self.session, self.thread, self.keys, self.settings = session, thread, keys, settings
        self.brought = Brought()
        self.known = known(session, thread, [self.once(item) for item in items])
        self.taken = taken_ids(session, [item.old_id for item in items])
        self.places = set(
            session.scalars(select(Comment.place).where(Comment.thread_id == thread.id))
        )
        self.by_old_id: dict[int, Comment] = {}

    def add(self, item: Imported) -> None:
        there = self.known.get(self.once(item))
        if there is not None:
            self.by_old_id[item.old_id] = there
            self.brought.known.append(item.old_id)
            return
        try:
            html = markup.render(item.html, "html", markup.IMPORTED_COMMENT).html
        except markup.Refused as refused:
            self.brought.refused.append((item.old_id, refused.reason))
            return
        self.store(item, html)

    def store(self, item: Imported, html: str) -> None:
        comment = self.row(item, html)
        parent = self.by_old_id.get(item.parent_old_id or 0)
        comment.place = self.free_place(item, parent)
        if parent is not None:
            self.put_under(comment, parent)
        self.session.add(comment)
        self.session.flush()
        if comment.id != item.old_id > 0:
            self.session.add(
                Alias(thread_id=self.thread.id, old_id=item.old_id, comment_id=comment.id)
            )
            self.brought.renumbered.append(item.old_id)
        self.session.add(
            History(comment_id=comment.id, at=item.created_at, what="imported", values={})
        )
        self.by_old_id[item.old_id] = comment
        self.brought.added.append(item.old_id)

    def row(self, item: Imported, html: str) -> Comment:
        email = address_key(item.author_email)
        return Comment(
            id=item.old_id if item.old_id > 0 and item.old_id not in self.taken else None,
            thread_id=self.thread.id,
            kind=item.kind,
            state=State(item.state),
            shown=False,
            version=1,
            reply_count=0,
            author_name=item.author_name[:NAME_LIMIT],
            author_url=item.author_url[:URL_LIMIT],
            email_sealed=self.keys.seal(item.author_email),
            email_hash=self.keys.digest("email", email),
            person_key=item.person_key,
            avatar=seed_of(self.keys.raw("avatar", email or item.author_name)),
            source=item.html,
            source_format="html",
            html=html,
            once=self.once(item),
            created_at=item.created_at,
            decided_at=None if item.state == State.PENDING else item.created_at,
        )

    def once(self, item: Imported) -> str:
        """The same comment of the same export is the same, whatever id it has here."""
        said = f"{self.thread.key}\0{item.old_id}\0{item.created_at.isoformat()}"
        return self.keys.digest("import", said)

    def free_place(self, item: Imported, parent: Comment | None) -> int:
        """By its date, but after its parent, and where no other comment stands."""
        wanted = place.place(item.created_at, parent.place if parent else 0)
        while wanted in self.places:
            wanted += 1
        self.places.add(wanted)
        self.thread.last_place = max(self.thread.last_place, wanted)
        return wanted

    def put_under(self, comment: Comment, parent: Comment) -> None:
        at = place.Spot(parent.root_id, parent.depth, parent.path)
        spot = place.under(parent.id, at, comment.place, self.settings.depth)
        comment.parent_id = parent.id
        comment.root_id, comment.depth, comment.path = spot.root_id, spot.depth, spot.path


def known(session: Session, thread: Thread, once: Sequence[str]) -> Mapping[str, Comment]:
    """Comments of this thread that came in before, by their key; read in portions."""
    found: dict[str, Comment] = {}
    for portion in portions(once):
        rows = session.scalars(
            select(Comment).where(Comment.thread_id == thread.id, Comment.once.in_(portion))
        )
        found |= {row.once: row for row in rows if row.once}
    return found


def taken_ids(session: Session, ids: Sequence[int]) -> frozenset[int]:
    """Those of the ids that a comment of this site has already."""
    found: set[int] = set()
    for portion in portions(ids):
        found |= set(session.scalars(select(Comment.id).where(Comment.id.in_(portion))))
    return frozenset(found)


def portions(items: Sequence[T], size: int = 500) -> Iterable[Sequence[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def ids_given(session: Session) -> None:
    """To be called once at the end: new comments get ids behind those that were brought (PostgreSQL)."""
    if session.get_bind().dialect.name == "postgresql":
        last = session.scalar(select(func.max(Comment.id))) or 1
        session.execute(
            text("SELECT setval(pg_get_serial_sequence('ww_comment', 'id'), :last)"), {"last": last}
        )
