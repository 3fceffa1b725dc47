"""Changes how a discussion is held; rights are looked at outside. Each is a part of its caller's transaction."""

from datetime import datetime

from sqlalchemy.orm import Session

from .. import shown
from ..facts import Mode
from ..host import Subject
from ..models import Comment, Thread
from ..storing import thread_for
from .marks import PINS, Mark, Unfit, offered
from .models import Steered
from .queries import as_held, marked

CHANGES = {
    "closed": ("closed", "opened"),
    "premoderated": ("read_first", "not_read_first"),
}


def set_mode(
    session: Session, subject: Subject, mode: Mode, person_key: str, now: datetime
) -> bool:
    """Holds a discussion like this from now on, its row made at need; false where it was so already."""
    thread = thread_for(session, subject)
    before = as_held(thread)
    if mode == before:
        return False
    thread.closed, thread.premoderated = mode.closed, mode.premoderated
    thread.slow_minutes = mode.slow_minutes
    thread.version += 1
    for name, (on, off) in CHANGES.items():
        if getattr(mode, name) != getattr(before, name):
            act(session, thread, None, on if getattr(mode, name) else off, person_key, now)
    if mode.slow_minutes != before.slow_minutes:
        act(session, thread, None, "slowed", person_key, now, minutes=mode.slow_minutes)
    return True


def mark(session: Session, comment_id: int, wanted: Mark, person_key: str, now: datetime) -> None:
    """Sets a mark or takes it away; raises Unfit, then nothing is written. What is so already stays so."""
    found = shown.locked(session, comment_id)
    if found is None:
        raise Unfit
    comment, thread = found
    if was_so(comment, wanted):
        return
    if wanted not in offered(marked(comment)):
        raise Unfit
    if wanted is Mark.PIN and thread.pinned_count >= PINS:
        raise Unfit(full=True)
    put(thread, comment, wanted)
    thread.version += 1
    act(session, thread, comment_id, wanted.value, person_key, now)


def was_so(comment: Comment, wanted: Mark) -> bool:
    """Two people pressed the same button, or one pressed it twice."""
    so = {
        Mark.PIN: comment.pinned,
        Mark.FEATURE: comment.featured,
        Mark.LOCK: comment.locked,
        Mark.UNPIN: not comment.pinned,
        Mark.UNFEATURE: not comment.featured,
        Mark.UNLOCK: not comment.locked,
    }
    return so[wanted]


def put(thread: Thread, comment: Comment, wanted: Mark) -> None:
    match wanted:
        case Mark.PIN | Mark.UNPIN:
            comment.pinned = wanted is Mark.PIN
            thread.pinned_count += 1 if comment.pinned else -1
        case Mark.FEATURE | Mark.UNFEATURE:
            comment.featured = wanted is Mark.FEATURE
            thread.featured_count += 1 if comment.featured else -1
        case Mark.LOCK | Mark.UNLOCK:
            comment.locked = wanted is Mark.LOCK


def act(
    session: Session,
    thread: Thread,
    comment_id: int | None,
    what: str,
    person_key: str,
    now: datetime,
    **values: int,
) -> None:
    session.add(
        Steered(
            thread_id=thread.id,
            comment_id=comment_id,
            at=now,
            person_key=person_key,
            what=what,
            values=values,
        )
    )
