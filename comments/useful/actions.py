"""Writes votes and ranks; each is one transaction, or a part of its caller's."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from .. import shown
from ..models import Comment, Job, Thread
from ..states import State
from . import queries
from .models import Vote
from .ranking import ranks

RANK = "rank"
"""The kind of the outbox task that ranks a discussion anew."""
RANK_AFTER = timedelta(minutes=1)


def vote(session: Session, comment_id: int, who: str, now: datetime) -> int | None:
    """A reader finds it useful, once; how many do then. None where it is not public (any more)."""
    found = public(session, comment_id)
    if found is None:
        return None
    comment, thread = found
    if session.get(Vote, (comment_id, who)) is None:
        session.add(Vote(comment_id=comment_id, who=who, thread_id=thread.id, at=now))
        count(session, thread, comment, 1, now)
    return comment.useful_count


def unvote(session: Session, comment_id: int, who: str, now: datetime) -> int | None:
    """He does not after all; how many do then. None where it is not public (any more)."""
    found = public(session, comment_id)
    if found is None:
        return None
    comment, thread = found
    cast = session.get(Vote, (comment_id, who))
    if cast is not None:
        session.delete(cast)
        count(session, thread, comment, -1, now)
    return comment.useful_count


def public(session: Session, comment_id: int) -> tuple[Comment, Thread] | None:
    """The comment and its thread, locked, if it is an approved one of a person."""
    found = shown.locked(session, comment_id)
    here = found and found[0].kind == "comment" and found[0].state is State.APPROVED
    return found if here else None


def count(session: Session, thread: Thread, comment: Comment, by: int, now: datetime) -> None:
    comment.useful_count += by
    thread.version += 1
    if session.scalar(queries.owed(RANK, thread.id)) is None:
        later = now + RANK_AFTER
        session.add(Job(kind=RANK, values={"thread": thread.id}, created_at=now, not_before=later))


def rank(session: Session, thread_id: int) -> None:
    """Ranks the comments of a discussion by its votes; readers see it where a rank is another."""
    thread = session.get(Thread, thread_id, with_for_update=True)
    if thread is None:
        return
    rows = queries.ranked(session, thread_id)
    found = ranks(
        [(id_, who, at) for id_, who, at in queries.votes(session, thread_id)],
        {id_: born for id_, born, _ in rows},
    )
    changed = [
        {"id": id_, "useful_rank": found[id_]} for id_, _, before in rows if found[id_] != before
    ]
    if changed:
        session.execute(update(Comment), changed)
        thread.version += 1
