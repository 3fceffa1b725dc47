"""Every SELECT of the desk: a constant number for a page of cards, whoever looks and whatever waits."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Row, Select, case, func, select
from sqlalchemy.orm import Session, aliased

from comments.models import Comment, Finding, History, LogRow, Revision, Thread
from comments.reporting.models import Report
from comments.revisions import WAITING as EDIT_WAITS
from comments.states import State
from comments.steering.models import Steered
from comments.steering.queries import acts_on

from ..units.permissions import Scope, Thing
from ..units.queries import under
from .card import PersonStrip
from .search import Queue, Search

REPORTS_SHOWN = 3
"""Of each kind, on one card."""


class Waiting(NamedTuple):
    """How many comments wait, in all and for what, and how many are taken for spam."""

    pending: int = 0
    edited: int = 0
    reported: int = 0
    spam: int = 0


def queue(
    session: Session, scope: Scope, search: Search, after: int, limit: int
) -> Sequence[Row[Comment, Thread]]:
    """Comments in this scope that fit the search, from behind `after` (an id, 0 for the start)."""
    found = in_scope(scope).where(*fitting(search.queue))
    if search.oldest_first:
        # as `ix_ww_comment_waits` has it: both databases then read on in it, and sort nothing
        page = found.where(Comment.id > after).order_by(Comment.waits, Comment.id)
    else:
        page = found.where(Comment.id < after if after else Comment.id > 0)
        page = page.order_by(Comment.id.desc())
    return session.execute(page.limit(limit)).all()


def fitting(queue: Queue) -> tuple[ColumnElement[bool], ...]:
    if queue in PARTS:
        return (WAITS, *PARTS[queue])
    return (Comment.state == State(queue.value), Comment.kind == "comment")


WAITS = Comment.waits.is_(True)
EDITED, REPORTED = Comment.edit_waits.is_(True), Comment.report_count > 0
PARTS: Mapping[Queue, tuple[ColumnElement[bool], ...]] = {
    Queue.PENDING: (),
    Queue.EDITED: (EDITED,),
    Queue.REPORTED: (REPORTED,),
}


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


def counts(session: Session, scope: Scope) -> Waiting:
    """Of this scope. What waits is taken first, along its own small index, and then told apart."""
    wanted = select(
        Comment.thread_id, one_if(EDITED).label("edited"), one_if(REPORTED).label("reported")
    )
    waiting = wanted.where(WAITS).cte("waiting").prefix_with("MATERIALIZED")
    spam = select(func.count()).join_from(Comment, Thread).where(under(scope), *fitting(Queue.SPAM))
    found = (
        select(
            func.count(),
            func.sum(waiting.c.edited),
            func.sum(waiting.c.reported),
            spam.scalar_subquery(),
        )
        .join_from(waiting, Thread, Thread.id == waiting.c.thread_id)
        .where(under(scope))
    )
    return Waiting(*(number or 0 for number in session.execute(found).one()))


def findings_of(session: Session, ids: Collection[int]) -> Mapping[int, list[Finding]]:
    found: dict[int, list[Finding]] = {}
    for row in session.scalars(
        select(Finding).where(Finding.comment_id.in_(ids)).order_by(Finding.id)
    ):
        found.setdefault(row.comment_id, []).append(row)
    return found


def edits_of(session: Session, ids: Collection[int]) -> Mapping[int, Revision]:
    """The other text of each of these comments that waits for a person."""
    found = select(Revision).where(Revision.comment_id.in_(ids), Revision.standing == EDIT_WAITS)
    return {row.comment_id: row for row in session.scalars(found.order_by(Revision.id))}


def reports_of(session: Session, ids: Collection[int]) -> Mapping[int, list[tuple[Report, int]]]:
    """The newest open reports of each kind, and how many of that kind there are."""
    kind = (Report.comment_id, Report.wrong)
    numbered = (
        select(
            Report.id,
            func.count().over(partition_by=kind).label("number"),
            func.row_number().over(partition_by=kind, order_by=Report.id.desc()).label("nth"),
        )
        .where(Report.comment_id.in_(ids), Report.closed_at.is_(None))
        .subquery()
    )
    rows = session.execute(
        select(Report, numbered.c.number)
        .join(numbered, numbered.c.id == Report.id)
        .where(numbered.c.nth <= REPORTS_SHOWN)
        .order_by(Report.wrong, Report.id.desc())
    )
    found: dict[int, list[tuple[Report, int]]] = {}
    for report, number in rows:
        found.setdefault(report.comment_id, []).append((report, number))
    return found


def parents_of(session: Session, ids: Collection[int]) -> Mapping[int, Comment]:
    return {c.id: c for c in session.scalars(select(Comment).where(Comment.id.in_(ids)))}


def strips_of(session: Session, hashes: Collection[str]) -> Mapping[str, PersonStrip]:
    """What became of all the comments of each e-mail hash, over the whole site."""
    told = [hash_ for hash_ in hashes if hash_]
    by_state = [func.sum(one_if(Comment.state == state)) for state in State]
    rows = session.execute(
        select(Comment.email_hash, func.min(Comment.created_at), *by_state)
        .where(Comment.email_hash.in_(told))
        .group_by(Comment.email_hash)
    )
    return {
        email_hash: PersonStrip(**dict(zip(State, counts, strict=True)), first_seen=first)
        for email_hash, first, *counts in rows
    }


def one_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


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


class Story(NamedTuple):
    """What happened to a comment, what was decided on it and what was done to it, each oldest first."""

    happened: Sequence[History]
    decided: Sequence[LogRow]
    done: Sequence[Steered]


def story_of(session: Session, comment_id: int) -> Story:
    happened = select(History).where(History.comment_id == comment_id).order_by(History.id)
    decided = select(LogRow).where(LogRow.comment_id == comment_id).order_by(LogRow.seq)
    return Story(
        session.scalars(happened).all(),
        session.scalars(decided).all(),
        acts_on(session, comment_id),
    )
