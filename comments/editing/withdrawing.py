"""Takes a comment away for its author: withdrawn in the log, and everything personal of it erased."""

from datetime import datetime

from sqlalchemy.orm import Session

from .. import actions, erasing, log
from ..log import Actor
from ..models import Comment
from ..site import Site
from ..states import Action, State

AUTHOR = Actor("author")
"""In the log he has no other name: that would outlive what he takes away."""


def withdraw(session: Session, site: Site, comment_id: int, now: datetime) -> None:
    """A part of the caller's transaction. One that is withdrawn already is erased, and moved no more."""
    log.queue(session)  # whoever decides waits here: what is read next is what is moved
    comment = session.get_one(Comment, comment_id, populate_existing=True)
    if comment.state is not State.WITHDRAWN:
        seen, settings = comment.version, site.settings
        actions.move(session, comment_id, Action.WITHDRAW, seen, AUTHOR, now, settings)
    erasing.erase(session, [comment], site.seams.erase)
