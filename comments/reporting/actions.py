"""Takes a report in: one transaction of row, finding, history and the letter that is owed."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from .. import reports, shown
from ..actions import note
from ..draft import Outcome
from ..keys import Keys, address_key
from ..models import Comment, Finding
from ..states import State
from ..storing import Owed, owing
from . import queries
from .draft import Notice
from .models import Report

RECEIVED = "mail_report_received"


class Taken(StrEnum):
    """What became of a report."""

    OPENED = "opened"
    AGAIN = "again"
    GONE = "gone"


def take(
    session: Session,
    comment_id: int,
    notice: Notice,
    who: str,
    keys: Keys,
    language: str,
    now: datetime,
) -> Taken:
    """Opens a report on a comment that readers can see.

    `who` is the reporter's keyed hash, empty where he cannot be told from others. An address proves
    nothing of who typed it, so only the very same words are known as said before.
    The comment's version stays: nobody who is deciding on it is sent back for this.
    """
    found = shown.locked(session, comment_id)
    if found is None or found[0].state is not State.APPROVED:
        return Taken.GONE
    comment = found[0]
    if queries.open_by(session, comment_id, who, notice.wrong, notice.why):
        return Taken.AGAIN
    report = written(comment_id, notice, who, keys, language, now)
    reports.open_report(session, comment, report)
    shown.attend(comment)
    if not queries.found_before(session, comment_id, notice.wrong):
        session.add(finding(comment_id, notice.wrong))
    note(session, comment_id, "reported", now, wrong=notice.wrong)
    if report.email_sealed:
        owe_receipt(session, comment, report, now)
    return Taken.OPENED


def written(
    comment_id: int, notice: Notice, who: str, keys: Keys, language: str, now: datetime
) -> Report:
    return Report(
        comment_id=comment_id,
        at=now,
        wrong=notice.wrong,
        why=notice.why,
        who=who,
        name=notice.name,
        email_sealed=keys.seal(notice.email),
        email_hash=keys.digest("email", address_key(notice.email)),
        language=language,
    )


def finding(comment_id: int, wrong: str) -> Finding:
    return Finding(
        comment_id=comment_id,
        check=reports.CHECK,
        outcome=Outcome.HOLD.value,
        code=reports.CODE,
        values={"wrong": wrong},
    )


def owe_receipt(session: Session, comment: Comment, report: Report, now: datetime) -> None:
    session.flush()
    session.add_all(owing(comment, [Owed(RECEIVED, values={"report": report.id})], now))
