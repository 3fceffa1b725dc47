"""Every SELECT of the desk: a constant number for a page of cards, whoever looks and whatever waits."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, Row, Select, case, func, select
from sqlalchemy.orm import Session, aliased

from comments.models import Comment, Finding, History, LogRow, Thread
from comments.states import State

from ..units.permissions import Scope, Thing
from ..units.queries import under
from .card import PersonStrip
from .search import Search

COUNTED = (State.PENDING, State.SPAM)


def queue(
    session: Session, scope: Scope, search: Search, after: int, limit: int
) -> Sequence[Row[Comment, Thread]]:
    """Comments in this scope that fit the search, from behind `after` (an id, 0 for the start)."""
    found = in_scope(scope).where(Comment.state == search.state, Comment.kind == "comment")
    if search.oldest_first:
        page = found.where(Comment.id > after).order_by(Comment.id)
    else:
        page = found.where(Comment.id < after if after else Comment.id > 0)
        page = page.order_by(Comment.id.desc())
    return session.execute(page.limit(limit)).all()


def in_scope(scope: Scope) -> Select[Comment, Thread]:
    joined = select(Comment, Thread).join(Thread, Comment.thread_id == Thread.id)
    return joined.where(under(scope))


def one(session: Session, scope: Scope, comment_id: int) -> Row[Comment, Thread] | None:
    return session.execute(in_scope(scope).where(Comment.id == comment_id)).first()


def things(session: Session, scope: Scope, ids: Collection[int]) -> Mapping[int, Thing]:
    """What rights are asked about, for those of these comments that are in this scope.

    No rows of comments: who is going to change one must read it behind its lock.
    """
    rows = session.execute(
        select(Comment.id, Thread.unit_key, Thread.author_key)
        .join(Thread, Comment.thread_id == Thread.id)
        .where(under(scope), Comment.id.in_(ids))
    )
    return {id_: Thing(unit_key, author_key) for id_, unit_key, author_key in rows}


def counts(session: Session, scope: Scope) -> Mapping[State, int]:
    """How many wait and how many are in the spam folder, in this scope."""
    rows = session.execute(
        select(Comment.state, func.count())
        .join(Thread, Comment.thread_id == Thread.id)
        .where(under(scope), Comment.state.in_(COUNTED), Comment.kind == "comment")
        .group_by(Comment.state)
    )
    found: dict[State, int] = dict.fromkeys(COUNTED, 0)
    return found | {state: count for state, count in rows}


def findings_of(session: Session, ids: Collection[int]) -> Mapping[int, list[Finding]]:
    found: dict[int, list[Finding]] = {}
    for row in session.scalars(
        select(Finding).where(Finding.comment_id.in_(ids)).order_by(Finding.id)
    ):
        found.setdefault(row.comment_id, []).append(row)
    return found


def parents_of(session: Session, ids: Collection[int]) -> Mapping[int, Comment]:
    return {c.id: c for c in session.scalars(select(Comment).where(Comment.id.in_(ids)))}


def strips_of(session: Session, hashes: Collection[str]) -> Mapping[str, PersonStrip]:
    """What became of all the comments of each e-mail hash, over the whole site."""
    told = [hash_ for hash_ in hashes if hash_]
    by_state = [func.sum(is_(state)) for state in State]
    rows = session.execute(
        select(Comment.email_hash, func.min(Comment.created_at), *by_state)
        .where(Comment.email_hash.in_(told))
        .group_by(Comment.email_hash)
    )
    return {
        email_hash: PersonStrip(**dict(zip(State, counts, strict=True)), first_seen=first)
        for email_hash, first, *counts in rows
    }


def is_(state: State) -> ColumnElement[int]:
    return case((Comment.state == state, 1), else_=0)


def last_decisions(session: Session, ids: Collection[int]) -> Mapping[int, LogRow]:
    """The newest decision on each of these comments."""
    later = aliased(LogRow)
    newest = select(func.max(later.seq)).where(later.comment_id.in_(ids)).group_by(later.comment_id)
    rows = session.scalars(select(LogRow).where(LogRow.seq.in_(newest)))
    return {row.comment_id: row for row in rows}


def batch_of(session: Session, batch: str, actor_key: str) -> Sequence[LogRow]:
    """The decisions that one person took in one go, the last first."""
    mine = select(LogRow).where(LogRow.batch == batch, LogRow.actor_key == actor_key)
    return session.scalars(mine.order_by(LogRow.seq.desc())).all() if batch else []


def undoable(session: Session, batch: str, actor_key: str) -> Sequence[LogRow]:
    """Those of `batch_of` on whose comment nothing was decided since."""
    rows = batch_of(session, batch, actor_key)
    last = last_decisions(session, [row.comment_id for row in rows]) if rows else {}
    return [row for row in rows if last[row.comment_id].seq == row.seq]


def story_of(session: Session, comment_id: int) -> tuple[Sequence[History], Sequence[LogRow]]:
    """What happened to a comment, and what was decided on it, oldest first."""
    happened = select(History).where(History.comment_id == comment_id).order_by(History.id)
    decided = select(LogRow).where(LogRow.comment_id == comment_id).order_by(LogRow.seq)
    return session.scalars(happened).all(), session.scalars(decided).all()
