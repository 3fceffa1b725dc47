"""Every SELECT on an author's own comments: some to work on, and what is to be said of several."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from .. import log, revisions
from ..models import Comment, Finding, LogRow, Origin, Revision, Thread
from ..schema import ID_LIMIT


@dataclass(frozen=True)
class Written:
    """A comment with its thread, its origin as long as that is kept, and the text that waits."""

    comment: Comment
    thread: Thread
    origin: Origin | None
    waiting: Revision | None

    @property
    def source(self) -> str:
        """What its author last wrote."""
        return self.waiting.source if self.waiting else self.comment.source


def written(session: Session, comment_id: int) -> Written | None:
    comment = session.get(Comment, comment_id) if comment_id < ID_LIMIT else None
    if comment is None:
        return None
    thread = session.get_one(Thread, comment.thread_id)
    origin = session.get(Origin, comment_id)
    waiting = revisions.waiting(session, comment_id) if comment.edit_waits else None
    return Written(comment, thread, origin, waiting)


def threads_of(session: Session, *which: ColumnElement[bool]) -> Sequence[Thread]:
    """Threads that fit, read anew and locked in the one order: nobody waits in a circle."""
    found = select(Thread).where(or_(*which)).order_by(Thread.id).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).all()


def holding(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    """The threads in which there is a comment that fits."""
    return Thread.id.in_(select(Comment.thread_id).where(*which))


def locked(session: Session, ids: Collection[int]) -> tuple[Sequence[Thread], Sequence[Comment]]:
    """These comments, replies before what they answer, and their threads: nobody else decides meanwhile.

    Locks are taken in one order, first the log's head, then the threads.
    """
    log.queue(session)
    threads = threads_of(session, holding(Comment.id.in_(ids)))
    comments = select(Comment).where(Comment.id.in_(ids)).order_by(Comment.id.desc())
    return threads, session.scalars(comments.execution_options(populate_existing=True)).all()


def own(
    session: Session, key: str, proved: Collection[int], person_key: str, on_page: Collection[int]
) -> Sequence[Comment]:
    """Those under a subject that the reader proved to be his, and on this page his as one of the house."""
    mine: list[ColumnElement[bool]] = [Comment.id.in_(proved)]
    if person_key:
        mine.append((Comment.person_key == person_key) & Comment.id.in_(on_page))
    found = select(Comment).join(Thread, Comment.thread_id == Thread.id)
    return session.scalars(found.where(Thread.key == key, or_(*mine))).all()


def waiting_of(session: Session, ids: Collection[int]) -> Mapping[int, str]:
    """HTML of the texts that wait, by comment."""
    rows = session.execute(
        select(Revision.comment_id, Revision.html).where(
            Revision.comment_id.in_(ids), Revision.standing == revisions.WAITING
        )
    )
    return {comment_id: html for comment_id, html in rows}


def findings_of(session: Session, ids: Collection[int]) -> Sequence[Finding]:
    found = select(Finding).where(Finding.comment_id.in_(ids))
    return session.scalars(found.order_by(Finding.id)).all()


def decisions_on(session: Session, ids: Collection[int]) -> Mapping[int, LogRow]:
    """The last decision on each of these comments."""
    last = (
        select(func.max(LogRow.seq)).where(LogRow.comment_id.in_(ids)).group_by(LogRow.comment_id)
    )
    rows = session.scalars(select(LogRow).where(LogRow.seq.in_(last)))
    return {row.comment_id: row for row in rows}
