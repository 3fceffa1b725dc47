"""A reader finds a comment useful, or does not after all: what is asked, whether it may be, what is written."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from .. import queries as comments
from ..database import reading, writing
from ..models import Comment
from ..site import Site
from ..states import State
from . import actions, queries


@dataclass(frozen=True)
class Voter:
    """`who` tells him from others in one discussion, `home` is the household that he shares brakes with.

    `mine` has the comments that he has proved to be his, `proved` the hash of an address that is.
    """

    who: str
    home: str
    mine: frozenset[int] = frozenset()
    proved: str = ""
    person_key: str = ""


def by_address(site: Site, key: str, email_hash: str) -> str:
    """Who a reader is to the votes of one discussion in a browser that has proved his address."""
    return site.keys.digest("vote", f"{key}\0address\0{email_hash}")


class Why(StrEnum):
    """Why a vote is not counted."""

    NOTHING_HERE = "nothing_here"
    REMOVED = "removed"
    OWN = "own"
    TOO_OFTEN = "too_often"


@dataclass(frozen=True)
class Counted:
    """How many find it useful now, and whether this reader does."""

    count: int
    pressed: bool


@dataclass(frozen=True)
class NotCounted:
    """`seconds` to wait, where that would help."""

    why: Why
    seconds: int = 0


def find(site: Site, key: str, comment_id: int, voter: Voter, wish: bool) -> Counted | NotCounted:
    """`wish` says whether he finds it useful or takes that back; saying it twice changes nothing."""
    with reading(site.engine) as session:
        comment = asked_for(session, key, comment_id)
        known = bool(queries.voted(session, voter.who, [comment_id]))
    refused = why_not(site, comment, voter, wish and not known)
    if refused:
        return refused
    act = actions.vote if wish else actions.unvote
    with writing(site.engine) as session:
        count = act(session, comment_id, voter.who, site.clock())
    return NotCounted(Why.REMOVED) if count is None else Counted(count, wish)


def asked_for(session: Session, key: str, comment_id: int) -> Comment | None:
    """The comment, if readers see it, or its placeholder, in this discussion."""
    thread = comments.thread_of(session, key)
    found = comments.in_thread(session, thread.id, comment_id) if thread else None
    return found if found and found.id == comment_id and found.shown else None


def why_not(site: Site, comment: Comment | None, voter: Voter, new: bool) -> NotCounted | None:
    if comment is None:
        return NotCounted(Why.NOTHING_HERE)
    if comment.state is not State.APPROVED:
        return NotCounted(Why.REMOVED)
    if is_his(comment, voter):
        return NotCounted(Why.OWN)
    seconds = wait(site, comment, voter) if new else None
    return NotCounted(Why.TOO_OFTEN, seconds) if seconds else None


def is_his(comment: Comment, voter: Voter) -> bool:
    """Shown by a receipt, by an address that was proved, or by who is signed in."""
    return (
        comment.id in voter.mine
        or (bool(voter.proved) and comment.email_hash == voter.proved)
        or (bool(voter.person_key) and comment.person_key == voter.person_key)
    )


def wait(site: Site, comment: Comment, voter: Voter) -> int | None:
    """Seconds, where this household has said so too often: of many comments, or of this one."""
    settings, home = site.settings, voter.home
    often = site.brakes.wait("useful", home, f"{settings.useful_per_hour}/hour")
    one = f"{home}.{comment.id}" if home else ""
    same = site.brakes.wait("useful one", one, f"{settings.useful_per_household}/day")
    return max(often or 0, same or 0) or None
