"""Writes of confirmed addresses and names; each is a part of its caller's transaction."""

from contextlib import suppress
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ..models import Comment
from ..writing.skeleton import skeleton
from . import queries
from .models import Mailbox, Name

MOST_NAMES = 5
"""Names that one mailbox may have: enough for anybody, too few to take them all."""


def open_mailbox(
    session: Session,
    email_hash: str,
    email_sealed: str,
    language: str,
    feed_key: str,
    now: datetime,
) -> Mailbox:
    """The mailbox of an address that its owner has confirmed just now, or before.

    `feed_key` is random; it is taken for a new mailbox only.
    """
    fresh = Mailbox(
        email_hash=email_hash,
        email_sealed=email_sealed,
        language=language,
        feed_key=feed_key,
        confirmed_at=now,
    )
    if session.get(Mailbox, email_hash) is None:
        with suppress(IntegrityError), session.begin_nested():
            session.add(fresh)
    return session.get_one(Mailbox, email_hash)


def prove(session: Session, comment_id: int, email_hash: str) -> bool:
    """Notes that a comment was written by the owner of its address; false where it is another's."""
    fits = (Comment.id == comment_id, Comment.email_hash == email_hash)
    done = update(Comment).where(*fits).values(proved=True)
    return bool(email_hash) and bool(session.execute(done.returning(Comment.id)).scalar())


def claim(session: Session, name: str, email_hash: str, now: datetime) -> bool:
    """Gives a name to a mailbox; false where it is another's by now, or he has enough.

    Whether it is a name of the house the caller has looked at.
    """
    said = skeleton(name)
    own = {row.skeleton for row in queries.names_of(session, email_hash)}
    if said in own:
        return True
    if not said or len(own) >= MOST_NAMES or queries.owner_of(session, said):
        return False
    try:
        with session.begin_nested():
            session.add(
                Name(skeleton=said, name=name.strip(), email_hash=email_hash, confirmed_at=now)
            )
    except IntegrityError:  # somebody was first
        return False
    return True


def release(session: Session, said: str, email_hash: str) -> bool:
    """Lets go of a name; false where it is not his."""
    own = delete(Name).where(Name.skeleton == said, Name.email_hash == email_hash)
    return session.execute(own.returning(Name.skeleton)).scalar() is not None


def renew_feed_key(session: Session, email_hash: str, feed_key: str) -> bool:
    """The old address of his feed of replies leads nowhere any more; false where he has none."""
    found = queries.mailbox(session, email_hash)
    if found is not None:
        found.feed_key = feed_key
    return found is not None
