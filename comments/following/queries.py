"""Every SELECT on who follows which discussion, and on what he has not been told yet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from ..models import Comment, History, Job, Thread
from ..newest import PUBLIC_SINCE
from ..proof.models import Mailbox
from ..queries import last_decision
from ..states import State
from .models import Follow, News
from .rhythm import DAY

ALL, REPLIES = "all", "replies"
TOLD = "told_author"
"""The line of a comment's history that says of which state its author was told by mail."""
PUBLIC = and_(Comment.state == State.APPROVED, Comment.kind == "comment")


@dataclass(frozen=True)
class Untold:
    """A public comment that a follower has not been told of; `to_him`: it answers one of his own."""

    follow_id: int
    comment_id: int
    place: int
    to_him: bool


@dataclass(frozen=True)
class Decided:
    """A comment and what its author may be told of it; `told` is the state that he last heard of."""

    comment: Comment
    thread: Thread
    mailbox: Mailbox | None
    clause: str
    told: str


def of_mailbox(session: Session, email_hash: str) -> Sequence[Row[Follow, Thread]]:
    """What a mailbox follows, what it followed last first."""
    found = select(Follow, Thread).join(Thread, Thread.id == Follow.thread_id)
    own = found.where(Follow.email_hash == email_hash)
    return session.execute(own.order_by(Follow.created_at.desc(), Follow.id.desc())).all()


def follows_in(session: Session, email_hash: str, thread_id: int) -> Sequence[Follow]:
    """The follow of a mailbox in one discussion, or all that it hears of once a day (0)."""
    own = select(Follow).where(Follow.email_hash == email_hash)
    which = Follow.thread_id == thread_id if thread_id else Follow.rhythm == DAY
    return session.scalars(own.where(which).order_by(Follow.id)).all()


def hearers(session: Session, comment: Comment, limit: int) -> Sequence[int]:
    """The next follows, by id, that a comment concerns and that have not been told of it; never its author's."""
    above = session.get(Comment, comment.parent_id) if comment.parent_id else None
    answered = above.email_hash if above else ""
    found = (
        select(Follow.id)
        .where(Follow.thread_id == comment.thread_id, Follow.id > comment.told_to)
        .where(Follow.email_hash != comment.email_hash)
        .where(or_(Follow.scope == ALL, Follow.email_hash == answered))
    )
    return session.scalars(found.order_by(Follow.id).limit(limit)).all()


def with_news(session: Session, comment_id: int, after: int, limit: int) -> Sequence[Follow]:
    """Follows that still have to be told of a comment, by id, locked."""
    found = (
        select(Follow)
        .join(News, News.follow_id == Follow.id)
        .where(News.comment_id == comment_id, Follow.id > after)
    )
    return session.scalars(locked(found.limit(limit))).all()


def locked(found: Select[Follow]) -> Select[Follow]:
    """In the one order in which all lock them."""
    return found.order_by(Follow.id).with_for_update(of=Follow, key_share=True)


def held(session: Session, *which: ColumnElement[bool]) -> Sequence[Follow]:
    """Follows that fit, locked: before what is still to be told of them, as everywhere."""
    return session.scalars(locked(select(Follow).where(*which))).all()


def mailboxes(session: Session, email_hashes: Collection[str]) -> Sequence[Mailbox]:
    """Locked, after the follows."""
    found = select(Mailbox).where(Mailbox.email_hash.in_(email_hashes))
    ordered = found.order_by(Mailbox.email_hash)
    return session.scalars(ordered.with_for_update(key_share=True)).all()


def open_jobs(session: Session, ids: Collection[int | None]) -> Collection[int]:
    """Those of these tasks that are still to be done."""
    wanted = set(filter(None, ids))
    found = select(Job.id).where(Job.id.in_(wanted), Job.ended == "")
    return set(session.scalars(found)) if wanted else set()


def follower(session: Session, follow_id: int) -> Row[Follow, Thread] | None:
    found = select(Follow, Thread).join(Thread, Thread.id == Follow.thread_id)
    return session.execute(found.where(Follow.id == follow_id)).first()


def untold(session: Session, follow_ids: Collection[int]) -> Sequence[Untold]:
    """What these follows may be told now: answers to their owner first, then in order."""
    above = aliased(Comment)
    found = (
        select(News.follow_id, News.comment_id, Comment.place, above.email_hash, Follow.email_hash)
        .join(Follow, Follow.id == News.follow_id)
        .join(Comment, Comment.id == News.comment_id)
        .outerjoin(above, above.id == Comment.parent_id)
        .where(News.follow_id.in_(follow_ids), PUBLIC)
    )
    rows = [
        Untold(follow, comment, place, answered == own)
        for follow, comment, place, answered, own in session.execute(found)
    ]
    return sorted(rows, key=lambda row: (not row.to_him, row.place, row.comment_id))


def comments(session: Session, ids: Collection[int]) -> Sequence[Comment]:
    return session.scalars(select(Comment).where(Comment.id.in_(ids))).all()


def decided(session: Session, comment_id: int) -> Decided | None:
    comment = session.get(Comment, comment_id)
    if comment is None:
        return None
    decision = last_decision(session, comment_id)
    lines = select(History.values).where(History.comment_id == comment_id, History.what == TOLD)
    told = session.scalar(lines.order_by(History.id.desc()).limit(1))
    return Decided(
        comment,
        session.get_one(Thread, comment.thread_id),
        session.get(Mailbox, comment.email_hash),
        decision.clause if decision else "",
        told["state"] if told else "",
    )


def replies_to(session: Session, email_hash: str, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Public answers to the comments of an address, but his own, newest first; rows as a feed takes them."""
    above = aliased(Comment)
    found = (
        select(
            *(Comment.id, Comment.parent_id, Comment.author_name, Comment.author_url, Comment.html),
            *(Comment.language, Comment.created_at, Comment.edited_at, Thread.key),
            above.created_at.label("parent_created_at"),
        )
        .join(above, above.id == Comment.parent_id)
        .join(Thread, Thread.id == Comment.thread_id)
        # in these words SQLite begins with his own comments, not with all that are public
        .where(above.email_hash == email_hash, Comment.email_hash != email_hash, PUBLIC.is_(True))
    )
    newest_first = found.order_by(PUBLIC_SINCE.desc(), Comment.id.desc())
    return session.execute(newest_first.limit(limit)).all()
