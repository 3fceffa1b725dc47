"""How long comments waited lately for a person's first decision: the figure that a writer is told. Stored role."""

from collections.abc import Sequence
from datetime import timedelta
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from comments.models import Comment, LogRow
from comments.states import AUTHORS_OWN, State

LATELY, ENOUGH = 100, 5
"""So many decisions are looked at; of fewer than that nothing is said."""
LOOKED_THROUGH = 2000
"""Rows of the log among which they are looked for, however much machines have decided since."""


def usual_wait(session: Session) -> timedelta | None:
    """The median, so that one that lay over a holiday promises nobody else a week."""
    waits = last_waits(session, LATELY)
    if len(waits) < ENOUGH:
        return None
    return timedelta(seconds=median(wait.total_seconds() for wait in waits))


def last_waits(session: Session, limit: int) -> Sequence[timedelta]:
    """From posting to a person's first decision, of the comments that were decided on last."""
    newest = select(func.max(LogRow.seq)).scalar_subquery()
    rows = session.execute(
        select(LogRow.comment_id, Comment.created_at, LogRow.at)
        .join(Comment, Comment.id == LogRow.comment_id)
        .where(
            LogRow.seq > newest - LOOKED_THROUGH,
            LogRow.machine.is_(False),
            LogRow.reverses.is_(None),
            LogRow.before == State.PENDING,
            LogRow.action.not_in([action.value for action in AUTHORS_OWN]),
        )
        .order_by(LogRow.seq.desc())
        .limit(limit)
    )
    first = {comment_id: at - created for comment_id, created, at in rows}
    return list(first.values())
