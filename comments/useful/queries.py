"""Reads of the votes: what one reader found useful, and all that a discussion's ranks are made from."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import Session

from ..models import Comment, Job
from .models import Vote


def voted(session: Session, who: str, comment_ids: Collection[int]) -> frozenset[int]:
    """Those of the comments that this reader found useful."""
    found = select(Vote.comment_id).where(Vote.who == who, Vote.comment_id.in_(comment_ids))
    return frozenset(session.scalars(found))


def votes(session: Session, thread_id: int) -> Sequence[Row[int, str, datetime]]:
    """(comment, who, when) of every vote in a discussion."""
    found = select(Vote.comment_id, Vote.who, Vote.at).where(Vote.thread_id == thread_id)
    return session.execute(found).all()


def ranked(session: Session, thread_id: int) -> Sequence[Row[int, datetime, float]]:
    """(id, when it became public, its rank) of the comments that have a vote, or a rank from one."""
    public = func.coalesce(Comment.public_at, Comment.created_at, type_=Comment.created_at.type)
    found = select(Comment.id, public, Comment.useful_rank).where(
        Comment.thread_id == thread_id, or_(Comment.useful_count > 0, Comment.useful_rank > 0)
    )
    return session.execute(found).all()


def owed(kind: str, thread_id: int) -> Select[int]:
    """A task for this discussion that nobody works at yet."""
    return select(Job.id).where(
        Job.kind == kind,
        Job.ended == "",
        Job.locked_until.is_(None),
        Job.values["thread"].as_integer() == thread_id,
    )
