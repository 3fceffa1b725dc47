"""What became public last: the rows of feeds, and when each discussion last grew; nothing here writes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, select
from sqlalchemy.orm import Session, aliased

from .models import Comment, Thread
from .states import State

Newest = Row[*tuple[Any, ...]]
"""A row of `newest`."""
PUBLIC = (Comment.public_at.is_not(None), Comment.kind == "comment")
PUBLIC_SINCE = Comment.public_at


def newest(session: Session, limit: int, key: str | None = None) -> Sequence[Newest]:
    """Approved comments of people, newest first: of one thread, or of all; with the one that is answered."""
    above = aliased(Comment)
    found = (
        select(
            *(Comment.id, Comment.parent_id, Comment.author_name, Comment.author_url, Comment.html),
            *(Comment.language, Comment.created_at, Comment.edited_at, Thread.key),
            above.created_at.label("parent_created_at"),
        )
        .join(Thread, Comment.thread_id == Thread.id)
        .outerjoin(above, and_(above.id == Comment.parent_id, above.state == State.APPROVED))
    )
    asked = found if key is None else found.where(Thread.key == key)
    return session.execute(lately(asked, limit)).all()


def marks(session: Session, limit: int) -> Sequence[Row[int, int, int]]:
    """What the newest of all were at when they were read: another mark, and something has changed."""
    found = select(Comment.id, Comment.version, Thread.version).join_from(Comment, Thread)
    return session.execute(lately(found, limit)).all()


def lately(found: Select[*tuple[Any, ...]], limit: int) -> Select[*tuple[Any, ...]]:
    """By when they became public: one that waited for long is news all the same."""
    return found.where(*PUBLIC).order_by(PUBLIC_SINCE.desc(), Comment.id.desc()).limit(limit)


def last_grown(session: Session) -> Mapping[str, datetime]:
    """When the newest comment of each discussion became public, by thread key; those without are left out."""
    found = select(Thread.key, Thread.spoken_at).where(Thread.spoken_at.is_not(None))
    return {key: at for key, at in session.execute(found) if at}
