"""What the owner of an address found useful in browsers that had proved it; other votes lead to no address."""

from collections.abc import Sequence

from sqlalchemy import Row
from sqlalchemy.orm import Session

from ..site import Site
from ..useful.models import Vote
from ..useful.voting import by_address
from . import queries
from .actions import MovedVote

PORTION = 500


def cast_by(session: Session, site: Site, email_hash: str) -> Sequence[Row[Vote, str]]:
    """His votes, each with the address of its discussion: in each he is another one to them."""
    keys = queries.voted_threads(session)
    who = [by_address(site, key, email_hash) for key in keys]
    starts = range(0, len(who), PORTION)
    return [row for at in starts for row in queries.votes_of(session, who[at : at + PORTION])]


def moved(session: Session, site: Site, old: str, new: str) -> Sequence[MovedVote]:
    """His votes, each with who he is to its discussion under another address."""
    keys = queries.voted_threads(session)
    who = {by_address(site, key, old): by_address(site, key, new) for key in keys}
    rows = cast_by(session, site, old)
    return [MovedVote(v.comment_id, v.thread_id, v.who, who[v.who]) for v, _ in rows]
