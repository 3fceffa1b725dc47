"""Every SELECT of screening: the rules that hold for a unit, and a comment as it was submitted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from comments.draft import Finding, Outcome, Values
from comments.models import Comment, History, Origin, Thread
from comments.models import Finding as FindingRow
from comments.states import State

from .akismet_answer import Alert, Answer
from .checks import NETWORK_CODE, SPAM_VERDICTS
from .models import Asked, RuleRow
from .rules import Rule

ANSWERED = "akismet"
"""The line in a comment's history that says what Akismet answered."""
TAUGHT = {True: "taught_spam", False: "taught_ham"}
"""The line in a comment's history that says what Akismet was told of it: that it is spam, or not."""


@dataclass(frozen=True)
class Submitted:
    """A stored comment with its thread and, as long as it is kept, its origin."""

    comment: Comment
    thread: Thread
    origin: Origin | None


def rules_for(session: Session, unit_key: str) -> tuple[Rule, ...]:
    """Active rules of the whole site and of this unit, in the order in which they were made."""
    rows = session.scalars(
        select(RuleRow)
        .where(RuleRow.active.is_(True), RuleRow.unit_key.in_(["", unit_key]))
        .order_by(RuleRow.id)
    )
    return tuple(Rule(row.id, row.kind, row.pattern, row.outcome) for row in rows)


def all_rules(session: Session) -> Sequence[RuleRow]:
    return session.scalars(select(RuleRow).order_by(RuleRow.id)).all()


def submitted(session: Session, comment_id: int) -> Submitted | None:
    comment = session.get(Comment, comment_id)
    if comment is None:
        return None
    thread = session.get_one(Thread, comment.thread_id)
    return Submitted(comment, thread, session.get(Origin, comment_id))


def asked(session: Session, comment_id: int) -> Asked | None:
    return session.get(Asked, comment_id)


def kept_answer(session: Session, comment_id: int, text: str) -> Answer | None:
    """What Akismet last said of this text, if it still stands; None where it was not asked about it."""
    said = session.execute(
        select(History.values, Comment.source)
        .join(Comment, Comment.id == History.comment_id)
        .where(
            History.comment_id == comment_id,
            History.what == ANSWERED,
            or_(Comment.edited_at.is_(None), Comment.edited_at <= History.at),
        )
        .order_by(History.id.desc())
        .limit(1)
    ).first()
    return said_again(said[0]) if said and said[1] == text else None


def said_again(values: Mapping[str, Any]) -> Answer:
    """The answer as the line in the history has it; see `actions.keep_answer`."""
    code = values.get("alert")
    return Answer(
        verdict=values["verdict"],
        problem=values.get("problem"),
        alert=None if code is None else Alert(code, ""),
        recheck_after=values.get("recheck_after"),
    )


def believed_spam(session: Session, comment_id: int) -> bool:
    """What Akismet holds a comment for: as it was last told, else as it first said itself."""
    told = session.scalar(
        select(History.what)
        .where(History.comment_id == comment_id, History.what.in_(TAUGHT.values()))
        .order_by(History.id.desc())
        .limit(1)
    )
    first = session.get(Asked, comment_id)
    if told is not None:
        return told == TAUGHT[True]
    return first is not None and first.verdict in SPAM_VERDICTS


def network_findings(session: Session, comment_id: int) -> tuple[Finding, ...]:
    """What rules on networks said of a comment when it came in."""
    rows = session.scalars(
        select(FindingRow)
        .where(FindingRow.comment_id == comment_id, FindingRow.code == NETWORK_CODE)
        .order_by(FindingRow.id)
    )
    return tuple(Finding(row.check, Outcome(row.outcome), row.code, row.values) for row in rows)


def unasked(session: Session, limit: int) -> Sequence[int]:
    """Comments of people that wait, that nobody decided on and no service answered for, oldest first."""
    return session.scalars(
        select(Comment.id)
        .outerjoin(Asked, Asked.comment_id == Comment.id)
        .where(Comment.state == State.PENDING, Asked.comment_id.is_(None))
        .where(Comment.kind == "comment", Comment.decided_at.is_(None))
        .order_by(Comment.id)
        .limit(limit)
    ).all()


def last_told(session: Session) -> History | None:
    """The newest line of history on an answer of Akismet's."""
    told = select(History).where(History.what == "akismet")
    return session.scalar(told.order_by(History.id.desc()).limit(1))


def kept_of(session: Session, comment_ids: Collection[int]) -> Mapping[int, Values]:
    """What a service said of these comments, for their author to see."""
    rows = session.scalars(select(Asked).where(Asked.comment_id.in_(comment_ids)))
    return {
        row.comment_id: {
            "akismet_says": row.verdict,
            "akismet_asked_at": row.asked_at.isoformat(),
            "akismet_reference": row.guid,
        }
        for row in rows
    }
