"""The work of the votes that is done in the background: ranking a discussion anew."""

from datetime import datetime

from ..database import writing
from ..outbox import Handler, Task
from ..site import Site
from . import actions


def handlers(site: Site) -> dict[str, Handler]:
    return {actions.RANK: lambda task, now: rank(site, task, now)}


def rank(site: Site, task: Task, now: datetime) -> None:
    with writing(site.engine) as session:
        actions.rank(session, task.values["thread"])
