"""Keeps what readers see in step with the states: who is shown, and the counters of thread and root.

Stored role: called by the actions inside their transaction, never from outside.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from . import place
from .models import Comment, Thread
from .states import State


def refresh(session: Session, thread: Thread, comment: Comment, before: State) -> None:
    """After a move of `comment` from `before`: counters, placeholders, the version readers look at."""
    was_public = comment.shown or before is State.APPROVED
    date(comment)
    count(thread, comment, before)
    climb(session, thread, comment)
    if comment.state is not State.APPROVED:
        unmark(thread, comment)
    if was_public or comment.shown or comment.state is State.APPROVED:
        thread.version += 1


def date(comment: Comment) -> None:
    """Since when readers see it; another decision that leaves it there changes nothing."""
    if comment.state is not State.APPROVED:
        comment.public_at = None
    elif comment.public_at is None:
        comment.public_at = comment.decided_at or comment.created_at


def unmark(thread: Thread, comment: Comment) -> None:
    """What readers no longer see is neither pinned nor featured, also when it comes back."""
    if comment.pinned and comment.shown:
        thread.pinned_count -= 1
    comment.pinned = comment.featured = False


def locked(session: Session, comment_id: int) -> tuple[Comment, Thread] | None:
    """A comment and its thread, locked and read anew."""
    thread = session.scalar(
        select(Thread)
        .join(Comment, Comment.thread_id == Thread.id)
        .where(Comment.id == comment_id)
        .with_for_update(of=Thread)
        .execution_options(populate_existing=True)
    )
    comment = session.get(Comment, comment_id, populate_existing=True)
    return None if thread is None or comment is None else (comment, thread)


def attend(comment: Comment) -> None:
    """Says whether a person has something to decide about it."""
    asked = comment.state is State.PENDING or comment.edit_waits or comment.report_count > 0
    comment.waits = asked and comment.kind == "comment"


def count(thread: Thread, comment: Comment, before: State) -> None:
    if comment.kind != "comment":
        return
    by = (comment.state is State.APPROVED) - (before is State.APPROVED)
    thread.comment_count += by
    if comment.featured:
        thread.featured_count += by
    if by > 0:
        thread.spoken_at = max(public_since(comment), thread.spoken_at or place.EPOCH)


def public_since(comment: Comment) -> datetime:
    """When an approved comment came before readers; `date` has just said so."""
    return comment.public_at or comment.created_at


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
        thread.pinned_count += by if comment.pinned else 0
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
    for row in rows:
        date(row)
    approved = [row for row in people if row.state is State.APPROVED]
    thread.comment_count = len(approved)
    thread.featured_count = sum(row.featured for row in approved)
    thread.pinned_count = sum(row.shown and row.pinned for row in people)
    thread.spoken_at = max(map(public_since, approved), default=None)
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
