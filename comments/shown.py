"""Keeps what readers see in step with the states: who is shown, and the counters of thread and root.

Stored role: called by the actions inside their transaction, never from outside.
"""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from .models import Comment, Thread
from .states import State


def refresh(session: Session, thread: Thread, comment: Comment, before: State) -> None:
    """After a move of `comment` from `before`: counters, placeholders, the version readers look at."""
    was_public = comment.shown or before is State.APPROVED
    count(thread, comment, before)
    climb(session, thread, comment)
    if was_public or comment.shown or comment.state is State.APPROVED:
        thread.version += 1


def attend(comment: Comment) -> None:
    """Says whether a person has something to decide about it."""
    asked = comment.state is State.PENDING or comment.edit_waits or comment.report_count > 0
    comment.waits = asked and comment.kind == "comment"


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
        current = anew(session, current.parent_id) if current.parent_id else None


def has_shown_reply(session: Session, comment_id: int) -> bool:
    found = exists().where(Comment.parent_id == comment_id, Comment.shown.is_(True))
    return bool(session.scalar(select(found)))


def adjust(session: Session, thread: Thread, comment: Comment, by: int) -> None:
    if comment.root_id is None:
        thread.root_count += by
    else:
        anew(session, comment.root_id).reply_count += by


def anew(session: Session, comment_id: int) -> Comment:
    """As it is now that the thread is locked; the caller may have read it before."""
    return session.get_one(Comment, comment_id, populate_existing=True)


def rebuild(session: Session, thread: Thread) -> None:
    """Sets who is shown and all counters of one thread from its rows; for imports and repairs."""
    rows = session.scalars(select(Comment).where(Comment.thread_id == thread.id)).all()
    people = [row for row in rows if row.kind == "comment"]
    visible = with_ancestors(people)
    replies = Counter(row.root_id for row in people if row.id in visible and row.root_id)
    for row in people:
        row.shown, row.reply_count = row.id in visible, replies.get(row.id, 0)
        attend(row)
    thread.comment_count = sum(row.state is State.APPROVED for row in people)
    thread.root_count = sum(row.shown and row.root_id is None for row in people)


def with_ancestors(people: Sequence[Comment]) -> set[int]:
    """Ids of what is approved, and of everything above it."""
    parents = {row.id: row.parent_id for row in people}
    visible: set[int] = set()
    for row in people:
        current = row.id if row.state is State.APPROVED else None
        while current is not None and current not in visible:
            visible.add(current)
            current = parents.get(current)
    return visible
