"""Every SELECT on how discussions are held; nothing here writes."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ..facts import Mode
from ..models import Comment, Thread
from ..queries import thread_of
from ..states import State
from .marks import Marked
from .models import Steered


def mode_of(session: Session, key: str) -> Mode:
    """How the discussion under a subject is held; as usual where it has no row yet."""
    thread = thread_of(session, key)
    return as_held(thread) if thread else Mode()


def as_held(thread: Thread) -> Mode:
    return Mode(thread.closed, thread.premoderated, thread.slow_minutes)


def marked(comment: Comment) -> Marked:
    """How a comment stands."""
    return Marked(
        fit=comment.state is State.APPROVED and comment.kind == "comment",
        root=comment.root_id is None,
        pinned=comment.pinned,
        featured=comment.featured,
        locked=comment.locked,
    )


def marked_in(session: Session, thread_id: int, limit: int) -> Sequence[Comment]:
    """The comments of a discussion that carry a mark, oldest first."""
    marks = or_(Comment.pinned.is_(True), Comment.featured.is_(True), Comment.locked.is_(True))
    found = select(Comment).where(Comment.thread_id == thread_id, marks)
    return session.scalars(found.order_by(Comment.place).limit(limit)).all()


def acts_in(session: Session, thread_id: int, limit: int) -> Sequence[Steered]:
    """What people last did to this discussion, newest first."""
    found = select(Steered).where(Steered.thread_id == thread_id)
    return session.scalars(found.order_by(Steered.id.desc()).limit(limit)).all()


def acts_on(session: Session, comment_id: int) -> Sequence[Steered]:
    """What people did to the standing of one comment, oldest first."""
    found = select(Steered).where(Steered.comment_id == comment_id)
    return session.scalars(found.order_by(Steered.id)).all()
