"""Reports of a comment, from the form to the outcome: opened by readers, closed by decisions.

Stored role: called by the actions inside their transaction, which have locked the thread.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from .models import Comment
from .reporting.models import Report
from .states import State

KEPT, REMOVED = "kept", "removed"
CHECK, CODE = "reports", "reported"
"""What the finding is called by which the desk hears of them."""


def open_report(session: Session, comment: Comment, report: Report) -> None:
    session.add(report)
    comment.report_count += 1


def close(session: Session, comment: Comment, seq: int, now: datetime) -> Sequence[Report]:
    """The open reports of a comment, closed by the decision `seq` that was just taken."""
    if not comment.report_count:
        return []
    found = select(Report).where(Report.comment_id == comment.id, Report.closed_at.is_(None))
    closed = session.scalars(found.order_by(Report.id)).all()
    outcome = KEPT if comment.state is State.APPROVED else REMOVED
    for report in closed:
        report.outcome, report.seq, report.closed_at = outcome, seq, now
    comment.report_count = 0
    return closed


def reopen(session: Session, comment: Comment, seq: int) -> None:
    """As it was before the decision `seq`."""
    for report in session.scalars(select(Report).where(Report.seq == seq)):
        report.outcome, report.seq, report.closed_at = "", None, None
        comment.report_count += 1
