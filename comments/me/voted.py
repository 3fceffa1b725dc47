"""What the owner of an address found useful in browsers that had proved it; other votes lead to no address."""

from collections.abc import Sequence

from sqlalchemy import Row
from sqlalchemy.orm import Session

from ..site import Site
from ..useful.models import Vote
from ..useful.voting import by_address
from . import queries

PORTION = 500


def cast_by(session: Session, site: Site, email_hash: str) -> Sequence[Row[Vote, str]]:
    """His votes, each with the address of its discussion: in each he is another one to them."""
    keys = queries.voted_threads(session)
    who = [by_address(site, key, email_hash) for key in keys]
    starts = range(0, len(who), PORTION)
    return [row for at in starts for row in queries.votes_of(session, who[at : at + PORTION])]
