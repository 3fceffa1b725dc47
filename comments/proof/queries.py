"""Every SELECT on confirmed addresses and names."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..following.models import Follow
from ..models import Comment, History, Thread
from ..states import State
from .models import Mailbox, Name

LETTER = "asked_to_confirm"
"""The line of a comment's history that says whether a letter was owed, or was one too many."""


def owner_of(session: Session, skeleton: str) -> str:
    """The e-mail hash to which this name belongs; empty where it is nobody's."""
    found = select(Name.email_hash).where(Name.skeleton == skeleton)
    return (session.scalar(found) or "") if skeleton else ""


def approved_before(session: Session, email_hash: str) -> int:
    """Approved comments of an address that were each proved to be its owner's."""
    found = select(func.count()).where(
        Comment.email_hash == email_hash,
        Comment.state == State.APPROVED,
        Comment.proved.is_(True),
    )
    return session.scalar(found) or 0


def mailbox(session: Session, email_hash: str) -> Mailbox | None:
    return session.get(Mailbox, email_hash)


def mailbox_of_feed(session: Session, feed_key: str) -> Mailbox | None:
    """Whose replies the feed at this secret address tells."""
    return session.scalar(select(Mailbox).where(Mailbox.feed_key == feed_key))


def owners_of(session: Session, skeletons: Collection[str]) -> Mapping[str, str]:
    """E-mail hashes by the form of the names that belong to somebody."""
    found = select(Name.skeleton, Name.email_hash).where(Name.skeleton.in_(set(skeletons)))
    return {skeleton: email_hash for skeleton, email_hash in session.execute(found)}


def names_of(session: Session, email_hash: str) -> Sequence[Name]:
    found = select(Name).where(Name.email_hash == email_hash)
    return session.scalars(found.order_by(Name.confirmed_at, Name.skeleton)).all()


def letter_of(session: Session, comment_id: int) -> str:
    """What the author of a comment was asked to confirm: `sent` a letter, `braked` after too many.

    Empty where nothing was asked, or it is confirmed by now.
    """
    values = session.scalar(
        select(History.values)
        .join(Comment, Comment.id == History.comment_id)
        .where(History.comment_id == comment_id, History.what == LETTER, Comment.proved.is_(False))
        .order_by(History.id.desc())
        .limit(1)
    )
    return "" if values is None else "sent" if values["sent"] else "braked"


def follows(session: Session, email_hash: str, thread_key: str, scope: str = "") -> bool:
    """Whether a mailbox follows this discussion, in this way if one is named."""
    found = (
        select(Follow.id)
        .join(Thread, Thread.id == Follow.thread_id)
        .where(Follow.email_hash == email_hash, Thread.key == thread_key)
    )
    if scope:
        found = found.where(Follow.scope == scope)
    return session.scalar(found) is not None
