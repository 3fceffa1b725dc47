"""Brings a comment that became public to all who follow its discussion: in portions, each soon over."""

from datetime import datetime

from ..database import writing
from ..outbox import Task
from ..site import Site
from . import actions
from .actions import Times
from .rhythm import next_digest

PORTION = 500


def times(site: Site, now: datetime) -> Times:
    return Times(now, next_digest(now, site.settings.digest_hour, site.zone()))


def tell_followers(site: Site, task: Task, now: datetime) -> None:
    """The outbox's handler; cut off anywhere and run again, it goes on where it was."""
    if site.post is None or task.comment_id is None:
        return
    while spread(site, task.comment_id, now) == PORTION:
        pass
    last: int | None = 0
    while last is not None:
        last = owe_next(site, task.comment_id, last, now)


def spread(site: Site, comment_id: int, now: datetime) -> int:
    with writing(site.engine) as session:
        return actions.spread(session, comment_id, now, PORTION)


def owe_next(site: Site, comment_id: int, after: int, now: datetime) -> int | None:
    with writing(site.engine) as session:
        return actions.owe_next(session, comment_id, after, times(site, now), PORTION)
