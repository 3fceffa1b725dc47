"""Every SELECT on reports; nothing here writes."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from ..models import Comment, Finding, LogRow, Thread
from ..reports import CHECK
from ..schema import ID_LIMIT
from ..states import State
from .models import Report


def reportable(session: Session, key: str, comment_id: int) -> Comment | None:
    """A comment of this discussion that readers can see."""
    if comment_id >= ID_LIMIT:
        return None
    return session.scalar(
        select(Comment)
        .join(Thread, Comment.thread_id == Thread.id)
        .where(Thread.key == key, Comment.id == comment_id, *PUBLIC)
    )


PUBLIC: tuple[ColumnElement[bool], ...] = (
    Comment.state == State.APPROVED,
    Comment.kind == "comment",
)


def open_by(session: Session, comment_id: int, who: str, wrong: str, why: str) -> bool:
    """This reporter said the very same of this comment, and it still waits."""
    own = exists().where(
        Report.comment_id == comment_id,
        Report.closed_at.is_(None),
        Report.who == who,
        Report.wrong == wrong,
        Report.why == why,
    )
    return bool(who and session.scalar(select(own)))


def found_before(session: Session, comment_id: int, wrong: str) -> bool:
    """The comment was reported as this before."""
    rows = session.scalars(
        select(Finding).where(Finding.comment_id == comment_id, Finding.check == CHECK)
    )
    return any(row.values.get("wrong") == wrong for row in rows)


@dataclass(frozen=True)
class Told:
    """A report with the discussion that it is about, and the decision that closed it."""

    report: Report
    thread: Thread
    decision: LogRow | None


def told(session: Session, report_id: int) -> Told | None:
    row = session.execute(
        select(Report, Thread, LogRow)
        .join(Comment, Comment.id == Report.comment_id)
        .join(Thread, Thread.id == Comment.thread_id)
        .outerjoin(LogRow, LogRow.seq == Report.seq)
        .where(Report.id == report_id)
    ).first()
    return None if row is None else Told(*row)
