"""Takes comments away for their author: withdrawn in the log, and everything personal of them erased."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from .. import actions, erasing
from ..log import Actor
from ..site import Site
from ..states import Action, State
from . import queries

AUTHOR = Actor("author")
"""In the log he has no other name: that would outlive what he takes away."""


def withdraw(session: Session, site: Site, ids: Collection[int], now: datetime) -> None:
    """A part of the caller's transaction. What is withdrawn already is erased, and moved no more."""
    _, comments = queries.locked(session, ids)
    settings = site.settings
    for comment in comments:
        if comment.state is not State.WITHDRAWN:
            seen, how = comment.version, Action.WITHDRAW
            actions.move(session, comment.id, how, seen, AUTHOR, now, settings)
    erasing.erase(session, comments, site.seams.erase)
