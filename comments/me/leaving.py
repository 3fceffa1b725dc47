"""Erases or anonymises all that is kept of one address: at once, in portions that hold nobody up for long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from .. import erasing, outbox
from ..database import reading, writing
from ..editing.queries import locked
from ..editing.withdrawing import withdraw
from ..keys import Keys
from ..site import Site
from . import actions, queries
from .actions import Forgotten
from .voted import cast_by

PORTION = 100
"""Comments that go in one transaction: others wait for it at most a moment."""


class How(StrEnum):
    ERASE = "erase"
    ANONYMISE = "anonymise"


@dataclass(frozen=True)
class Left:
    """What was done, as the receipt says it; the code can be made again from the rest, by the house alone."""

    how: How
    at: datetime
    comments: int
    rest: Forgotten
    code: str


def leave(site: Site, email_hash: str, how: How, now: datetime) -> Left:
    """Whoever is cut off in the middle presses again: what is gone is gone, the rest follows."""
    comments, last = 0, None
    part = erase if how is How.ERASE else anonymise
    while ids := next_portion(site, email_hash, last):
        with writing(site.engine) as session:
            part(session, site, ids, now)
        comments, last = comments + len(ids), ids[-1]
    with writing(site.engine) as session:
        votes = [vote for vote, _ in cast_by(session, site, email_hash)]
        rest = actions.forget(session, email_hash, votes)
        for job in queries.owed_to(session, email_hash):
            outbox.close(job, "forgotten")
    return Left(how, now, comments, rest, code_of(site.keys, how, now, comments, rest))


def next_portion(site: Site, email_hash: str, before: int | None) -> Sequence[int]:
    with reading(site.engine) as session:
        return queries.last_portion(session, email_hash, before, PORTION)


def erase(session: Session, site: Site, ids: Sequence[int], now: datetime) -> None:
    withdraw(session, site, ids, now)


def anonymise(session: Session, site: Site, ids: Sequence[int], now: datetime) -> None:
    threads, comments = locked(session, ids)
    for thread in threads:
        thread.version += 1
    erasing.anonymise(session, comments, site.seams.erase)


def code_of(keys: Keys, how: How, at: datetime, comments: int, rest: Forgotten) -> str:
    """Four groups of four: proves date and numbers of a receipt, and leads to nobody."""
    numbers = (comments, rest.follows, rest.names, rest.reports, rest.votes)
    said = f"{how} {at.isoformat()} {numbers}"
    digest = keys.digest("left", said)[:16].upper()
    return "-".join(digest[start : start + 4] for start in range(0, 16, 4))
