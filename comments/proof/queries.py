"""Every SELECT on confirmed addresses and names."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..models import Comment
from ..states import State
from .models import Mailbox, Name


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
