"""The data clock: once a day it lets go of everything that is past its time, in bounded portions."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from ..database import reading, writing
from ..outbox import Task
from ..settings import Settings
from ..site import Site
from . import actions, queries
from .classes import LIVES, Kind

JOB = "clock"
"""The outbox handler that runs the clock."""
EVERY = timedelta(days=1)
SHORT: Mapping[Kind, timedelta] = {
    # the key of a comment posted twice is of use for minutes; it goes with the first run after a day
    Kind.HASH: timedelta(days=1),
    # of what somebody follows: the news of a comment that was taken away, and may still come back
    Kind.FOLLOWS: timedelta(days=7),
}
"""What goes sooner than the rest of its kind, after a time that nobody sets."""
PORTION = 1000

Told = Callable[[Kind, int], None]


def before(kind: Kind, settings: Settings, now: datetime) -> datetime:
    """What is older than this goes."""
    days = LIVES.get(kind)
    return now - (timedelta(days=days(settings)) if days else SHORT[kind])


def due(site: Site, now: datetime) -> Mapping[Kind, int]:
    """How much would go now, by kind; nothing is changed."""
    with reading(site.engine) as session:
        return {
            kind: queries.how_many(session, found(before(kind, site.settings, now)))
            for kind, found in queries.DUE.items()
        }


def run(site: Site, now: datetime, told: Told = lambda kind, number: None) -> None:
    """Lets go of all that is due; `told` hears of each portion."""
    for kind in queries.DUE:
        until = before(kind, site.settings, now)
        while count := portion(site, kind, until):
            told(kind, count)


def portion(site: Site, kind: Kind, until: datetime) -> int:
    with writing(site.engine) as session:
        return actions.let_go(session, kind, until, PORTION)


def strike(site: Site, task: Task, now: datetime) -> None:
    """The outbox handler: runs the clock, and winds it up for the next day."""
    run(site, now)
    wind(site, now + EVERY, besides=task.id)


def wind(site: Site, at: datetime, besides: int = 0) -> None:
    """Sees to it that the clock is going to run: there is always one task that waits for it."""
    with writing(site.engine) as session:
        if not queries.owed(session, JOB, besides):
            actions.owe(session, JOB, at)
