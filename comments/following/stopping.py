"""Ends what a mailbox follows, by the link that stands in each letter, and takes that back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ..database import reading, writing
from ..models import Thread
from ..proof.queries import mailbox
from ..site import Site
from ..tokens import Again, Stop
from . import actions, queries
from .rhythm import HOUR


@dataclass(frozen=True)
class Found:
    """What a link ends. `again` is what can be followed once more by who has stopped it."""

    stop: Stop
    follows: bool
    title: str = ""
    url: str = ""
    again: Sequence[Again] = ()


def found_by(site: Site, what: Stop) -> Found:
    with reading(site.engine) as session:
        return found(session, what)


def found(session: Session, what: Stop, stopped: Sequence[Again] = ()) -> Found:
    thread = session.get(Thread, what.thread_id) if what.thread_id else None
    follows = bool(queries.follows_in(session, what.email_hash, what.thread_id))
    before = stopped or ([(thread.id, what.scope, HOUR)] if thread else [])
    possible = not follows and mailbox(session, what.email_hash) is not None
    return Found(
        what,
        follows,
        thread.title if thread else "",
        thread.url if thread else "",
        before if possible else (),
    )


def stop(site: Site, what: Stop) -> Found:
    """Harmless where it was stopped before."""
    with writing(site.engine) as session:
        follows = queries.follows_in(session, what.email_hash, what.thread_id)
        before = [(one.thread_id, one.scope, one.rhythm) for one in follows]
        actions.end(session, follows)
        session.flush()
        return found(session, what, before)


def follow_again(site: Site, what: Stop, before: Sequence[Again], now: datetime) -> Found:
    """Only what he followed before, and only as long as his mailbox is known."""
    with writing(site.engine) as session:
        if mailbox(session, what.email_hash) is not None:
            for thread_id, scope, rhythm in before:
                if session.get(Thread, thread_id) is not None:
                    actions.follow(session, what.email_hash, thread_id, scope, now, rhythm)
        session.flush()
        return found(session, what)
