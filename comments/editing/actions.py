"""Writes the other text that an author gives to his comment; a part of the caller's transaction."""

from datetime import datetime

from sqlalchemy.orm import Session

from .. import actions, revisions, shown, storing
from ..draft import Draft, verdict
from ..log import Actor
from ..models import Comment, Thread
from ..settings import Settings
from ..states import Action, State

ROW = Actor("row", machine=True)
MOVES = {State.SPAM: Action.SPAM, State.APPROVED: Action.APPROVE}


def edit(
    session: Session,
    comment: Comment,
    thread: Thread,
    judged: Draft,
    now: datetime,
    settings: Settings,
) -> bool:
    """Whether the new text stands at once; else it waits for a person and the old one stays public.

    The comment is locked and was judged as it is now. Its version rises: whoever saw the old text
    decides on that one no more.
    """
    at_once = comment.state is State.PENDING or verdict(judged) is State.APPROVED
    if at_once:
        revisions.forget_waiting(session, comment)
        revisions.replace(session, comment, judged.text, judged.html, now)
    else:
        revisions.propose(session, comment, judged.text, judged.html, now)
    comment.version += 1
    thread.version += comment.state is State.APPROVED and at_once
    storing.replace_findings(session, comment.id, judged)
    actions.note(session, comment.id, "edited", now, stands=int(at_once))
    shown.attend(comment)
    if comment.state is State.PENDING:
        go_on(session, comment, judged, now, settings)
    return at_once


def go_on(
    session: Session, comment: Comment, judged: Draft, now: datetime, settings: Settings
) -> None:
    """What the row owes for the new text, and its move; what a person decided before stands."""
    session.add_all(storing.owing(comment, map(storing.Owed, judged.owed), now))
    action = MOVES.get(verdict(judged) or State.PENDING)
    if action is not None and comment.decided_at is None:
        actions.move(session, comment.id, action, comment.version, ROW, now, settings)
