"""The functions that write comments: each is one transaction, or a part of its caller's."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from . import log, queries, reports, revisions, shown
from .log import Actor
from .models import Comment, History, Job, LogRow, Thread
from .settings import Settings
from .states import (
    AUTHORS_OWN,
    MACHINE_MOVES_FROM,
    Action,
    IllegalMove,
    State,
    desk_actions,
    effects,
    step,
)
from .storing import Owed, owing

UNDO = "undo"
FINAL = frozenset({UNDO, Action.WITHDRAW.value})
"""What is not taken back: an undoing is decided anew, and what its author withdrew stays his."""


class Stale(Exception):
    """Somebody was first. `last` is the decision that was taken meanwhile, if one was."""

    def __init__(self, comment: Comment | None, last: LogRow | None) -> None:
        super().__init__("the comment is no longer what was seen")
        self.comment, self.last = comment, last


def move(
    session: Session,
    comment_id: int,
    action: Action,
    seen: int,
    actor: Actor,
    now: datetime,
    settings: Settings,
) -> LogRow:
    """Moves a comment that is still at version `seen`; raises Stale or IllegalMove, then nothing is written."""
    comment, thread = seen_at(session, comment_id, seen)
    before = comment.state
    if actor.machine and before not in MACHINE_MOVES_FROM:
        raise IllegalMove(f"a machine moves no comment that is {before}")
    if action not in AUTHORS_OWN and action not in offered(comment):
        raise IllegalMove(f"{action} does nothing to a comment that is {before}")
    row = put(session, comment, thread, step(before, action), action.value, actor, now)
    window = timedelta() if actor.machine else timedelta(seconds=settings.undo_seconds)
    causes = [Owed(found.value, window) for found in effects(before, comment.state, actor.machine)]
    if action is not Action.HOLD:
        revisions.settle(session, comment, action is Action.APPROVE, row.seq, now)
        closed = reports.close(session, comment, row.seq, now)
        causes += [Owed("tell_reporter", window, {"report": r.id}) for r in closed]
    shown.attend(comment)
    session.add_all(owing(comment, causes, now, row.seq))
    return row


def offered(comment: Comment) -> tuple[Action, ...]:
    return desk_actions(comment.state, comment.edit_waits, comment.report_count > 0)


def seen_at(session: Session, comment_id: int, seen: int) -> tuple[Comment, Thread]:
    """The comment and its thread, locked and read anew, if nobody changed the comment since.

    Locks are taken in one order, first the log's head, then the thread: nobody waits in a circle.
    """
    log.queue(session)
    found = shown.locked(session, comment_id)
    if found is None or found[0].version != seen:
        raise stale(session, found[0] if found else None, comment_id)
    return found


def stale(session: Session, comment: Comment | None, comment_id: int) -> Stale:
    """What it tells can still be read when the transaction was rolled back."""
    last = queries.last_decision(session, comment_id)
    for told in (comment, last):
        if told is not None:
            session.expunge(told)
    return Stale(comment, last)


def put(
    session: Session,
    comment: Comment,
    thread: Thread,
    state: State,
    action: str,
    actor: Actor,
    now: datetime,
    reverses: int | None = None,
) -> LogRow:
    """The one place where a stored comment changes its state."""
    before = comment.state
    comment.state = state
    comment.version += 1
    comment.decided_at = now
    shown.refresh(session, thread, comment, before)
    return log.append(session, comment, action, before, actor, now, reverses)


def undo(session: Session, seq: int, actor: Actor, now: datetime) -> LogRow:
    """Takes one decision back if it is still the last on its comment; what it owed is not sent.

    A decision of its own in the log, that names the one which it reverses. Raises Stale otherwise.
    """
    done = session.get(LogRow, seq)
    if done is None or done.action in FINAL:
        raise Stale(None, done)
    comment, thread = seen_at(session, done.comment_id, done.version)
    session.execute(
        delete(Job).where(Job.cause == seq, Job.ended == "", Job.locked_until.is_(None))
    )
    revisions.unsettle(session, comment, seq)
    reports.reopen(session, comment, seq)
    row = put(session, comment, thread, done.before, UNDO, actor, now, reverses=seq)
    shown.attend(comment)
    return row


def note(
    session: Session, comment_id: int, what: str, now: datetime, **values: str | int | None
) -> None:
    """A line in the plain history of a comment."""
    session.add(History(comment_id=comment_id, at=now, what=what, values=values))
