"""Keeps what readers see in step with the states: who is shown, and the counters of thread and root.

Stored role: called by the actions inside their transaction, never from outside.
"""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from .models import Comment, Thread
from .states import State


def refresh(session: Session, thread: Thread, comment: Comment, before: State) -> None:
    """After a move of `comment` from `before`: counters, placeholders, the version readers look at."""
    was_shown = comment.shown
    count(thread, comment, before)
    climb(session, thread, comment)
    if was_shown or comment.shown or before != comment.state:
        thread.version += 1


def count(thread: Thread, comment: Comment, before: State) -> None:
    if comment.kind != "comment":
        return
    thread.comment_count += (comment.state is State.APPROVED) - (before is State.APPROVED)


def climb(session: Session, thread: Thread, comment: Comment) -> None:
    """Shows or hides the comment, then its ancestors as long as that changes them.

    One that is not approved stays as a placeholder while something under it is shown.
    """
    current: Comment | None = comment
    while current is not None and current.kind == "comment":
        shown = current.state is State.APPROVED or has_shown_reply(session, current.id)
        if shown == current.shown:
            return
        current.shown = shown
        adjust(session, thread, current, 1 if shown else -1)
        session.flush()
        current = session.get(Comment, current.parent_id) if current.parent_id else None


def has_shown_reply(session: Session, comment_id: int) -> bool:
    found = exists().where(Comment.parent_id == comment_id, Comment.shown.is_(True))
    return bool(session.scalar(select(found)))


def adjust(session: Session, thread: Thread, comment: Comment, by: int) -> None:
    if comment.root_id is None:
        thread.root_count += by
    else:
        session.get_one(Comment, comment.root_id).reply_count += by
