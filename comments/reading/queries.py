"""The reads of a page of a discussion: ranges of its indexes, however long it is and in every order.

Pages are counted by offset. Where ranks move between two views a comment may come to stand on a page
that was read already: its permalink and the other orders lead to it still.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select, true, tuple_
from sqlalchemy.orm import Session, aliased

from ..models import Alias, Comment
from ..states import State
from .order import Order

Shown = Row[int, int | None, int | None, str, int, State, str, str, str, int, *tuple[Any, ...]]
"""A row of the columns SHOWN."""
SHOWN = (
    Comment.id,
    Comment.parent_id,
    Comment.root_id,
    Comment.path,
    Comment.reply_count,
    Comment.state,
    Comment.author_name,
    Comment.author_url,
    Comment.person_key,
    Comment.avatar,
    Comment.html,
    Comment.created_at,
    Comment.language,
    Comment.public_at,
    Comment.edited_at,
    Comment.edited_by_desk,
    Comment.useful_count,
    Comment.pinned,
    Comment.featured,
    Comment.locked,
)
FIRST = {
    Order.OLDEST: (Comment.place,),
    Order.NEWEST: (Comment.place.desc(),),
    # of two that are as useful the newer stands first: fewer readers have had the chance
    Order.USEFUL: (Comment.useful_rank.desc(), Comment.place.desc()),
}


@dataclass(frozen=True)
class Where:
    """Where a comment stands: its root, and how many shown ones come before it there."""

    root_id: int
    roots_before: int
    replies_before: int


def roots(
    session: Session, thread_id: int, offset: int, limit: int, order: Order = Order.OLDEST
) -> Sequence[Shown]:
    """Top-level comments that are shown, but for the pinned ones."""
    first = select(Comment.id).where(*root_range(thread_id)).order_by(*FIRST[order])
    page = first.offset(offset).limit(limit)
    found = select(*SHOWN).where(Comment.id.in_(page)).order_by(*FIRST[order])
    return session.execute(found).all()


def root_range(thread_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Comment.thread_id == thread_id,
        Comment.shown.is_(True),
        Comment.parent_id.is_(None),
        Comment.pinned.is_(False),
    )


def pinned(session: Session, thread_id: int) -> Sequence[Shown]:
    """Those that stand first in every order, oldest first."""
    found = select(*SHOWN).where(
        Comment.thread_id == thread_id, Comment.pinned.is_(True), Comment.shown.is_(True)
    )
    return session.execute(found.order_by(Comment.place)).all()


def featured(session: Session, thread_id: int, limit: int) -> Sequence[Row[int, str]]:
    """(id, name of the author) of what the house points out, oldest first."""
    found = select(Comment.id, Comment.author_name).where(
        Comment.thread_id == thread_id, Comment.featured.is_(True), Comment.state == State.APPROVED
    )
    return session.execute(found.order_by(Comment.place).limit(limit)).all()


def replies(session: Session, root_ids: Collection[int], limit: int) -> Sequence[Shown]:
    """The first `limit` replies under each root in the order in which they are read.

    One range of the index for each root. The two databases need to be asked in different words:
    SQLite has no LATERAL, and PostgreSQL would try the other query on every comment there is.
    """
    root, reply = aliased(Comment), aliased(Comment)
    first = (
        select(reply.id)
        .where(reply.root_id == root.id, reply.shown.is_(True))
        .order_by(reply.path)
        .limit(limit)
        .correlate(root)
    )
    wanted = select(*SHOWN).select_from(root).where(root.id.in_(root_ids))
    if session.get_bind().dialect.name == "postgresql":
        some = first.lateral()
        wanted = wanted.join(some, true()).join(Comment, Comment.id == some.c.id)
    else:
        wanted = wanted.join(Comment, Comment.id.in_(first.scalar_subquery()))
    return session.execute(wanted.order_by(Comment.root_id, Comment.path)).all()


def branch(session: Session, root_id: int, offset: int, limit: int) -> Sequence[Shown]:
    """Shown replies under one root, from `offset` on."""
    found = select(*SHOWN).where(Comment.root_id == root_id, Comment.shown.is_(True))
    return session.execute(found.order_by(Comment.path).offset(offset).limit(limit)).all()


def some_of(session: Session, thread_id: int, ids: Collection[int]) -> Sequence[Shown]:
    """Those of these comments that stand in this thread, whether they are shown or not."""
    found = select(*SHOWN).where(Comment.id.in_(ids), Comment.thread_id == thread_id)
    return session.execute(found.order_by(Comment.place)).all()


def names_of(session: Session, ids: Collection[int]) -> Mapping[int, str]:
    """Author names of approved comments by id."""
    rows = session.execute(
        select(Comment.id, Comment.author_name).where(
            Comment.id.in_(ids), Comment.state == State.APPROVED
        )
    )
    return {id_: name for id_, name in rows}


def aliases_of(session: Session, ids: Collection[int]) -> Mapping[int, int]:
    """Old ids by the id of the comment that answers to them."""
    rows = session.execute(select(Alias.comment_id, Alias.old_id).where(Alias.comment_id.in_(ids)))
    return {id_: old for id_, old in rows}


def pings(session: Session, thread_id: int, limit: int) -> Sequence[Shown]:
    """Approved pingbacks and trackbacks, oldest first."""
    found = select(*SHOWN).where(
        Comment.thread_id == thread_id,
        Comment.kind != "comment",
        Comment.state == State.APPROVED,
    )
    return session.execute(found.order_by(Comment.place).limit(limit)).all()


def where(session: Session, comment: Comment, order: Order = Order.OLDEST) -> Where:
    """A pinned root stands before all others."""
    root = comment if comment.root_id is None else session.get_one(Comment, comment.root_id)
    roots_before = 0
    if not root.pinned:
        before = select(func.count()).where(*root_range(comment.thread_id), ahead_of(root, order))
        roots_before = session.scalar(before) or 0
    inner = select(func.count()).where(
        Comment.root_id == root.id, Comment.shown.is_(True), Comment.path < comment.path
    )
    return Where(root.id, roots_before, session.scalar(inner) or 0)


def ahead_of(root: Comment, order: Order) -> ColumnElement[bool]:
    """Stands before this root; the mirror of FIRST."""
    if order is Order.OLDEST:
        return Comment.place < root.place
    if order is Order.NEWEST:
        return Comment.place > root.place
    return tuple_(Comment.useful_rank, Comment.place) > tuple_(root.useful_rank, root.place)
