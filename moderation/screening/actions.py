"""Writes of screening: rules, and what a service answered; each is a part of its caller's transaction."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from comments import actions as comment_actions
from comments import storing
from comments.draft import Draft, verdict
from comments.log import Actor
from comments.models import Comment
from comments.settings import Settings
from comments.states import Action, State

from .akismet_answer import Answer
from .models import Asked, RuleRow
from .queries import ANSWERED, TAUGHT
from .rules import KINDS, BadPattern, checked

MACHINE = Actor("akismet", machine=True)
ACTIONS = {State.SPAM: Action.SPAM, State.APPROVED: Action.APPROVE}


def add_rule(
    session: Session, kind: str, pattern: str, outcome: str, unit_key: str, now: datetime
) -> RuleRow:
    """A rule that holds from now on; raises BadPattern where it cannot."""
    if kind not in KINDS or outcome not in ("hold", "spam"):
        raise BadPattern(f"a rule is one of {', '.join(KINDS)} and says hold or spam")
    row = RuleRow(
        kind=kind,
        pattern=checked(kind, pattern),
        outcome=outcome,
        unit_key=unit_key,
        active=True,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row


def switch_rule(session: Session, rule_id: int, active: bool) -> bool:
    """Whether there is such a rule."""
    row = session.get(RuleRow, rule_id)
    if row is not None:
        row.active = active
    return row is not None


def keep_answer(session: Session, comment_id: int, answer: Answer, now: datetime) -> None:
    """Notes what was said; the first answer on a text that can be trusted is the one that counts."""
    comment_actions.note(
        session,
        comment_id,
        ANSWERED,
        now,
        verdict=answer.verdict,
        problem=answer.problem,
        alert=answer.alert.code if answer.alert else None,
        recheck_after=answer.recheck_after,
    )
    if answer.trusted == "unknown":
        return
    asked = session.get(Asked, comment_id)
    if asked is None:
        asked = Asked(comment_id=comment_id)
        session.add(asked)
    elif asked.asked_at >= (session.get_one(Comment, comment_id).edited_at or asked.asked_at):
        return
    asked.verdict, asked.guid, asked.asked_at = answer.trusted, answer.guid, now


def note_taught(session: Session, comment_id: int, spam: bool, now: datetime) -> None:
    comment_actions.note(session, comment_id, TAUGHT[spam], now)


def apply(
    session: Session, comment: Comment, judged: Draft, now: datetime, settings: Settings
) -> None:
    """The row ran again on a comment that is locked: its findings are the new ones, and it may move."""
    storing.replace_findings(session, comment.id, judged)
    state = verdict(judged)
    if comment.state is State.PENDING and state in ACTIONS:
        action, seen = ACTIONS[state], comment.version
        comment_actions.move(session, comment.id, action, seen, MACHINE, now, settings)


def forget(session: Session, comment_ids: Collection[int]) -> None:
    """The author of these comments wants nothing of them to be kept."""
    session.execute(delete(Asked).where(Asked.comment_id.in_(comment_ids)))
