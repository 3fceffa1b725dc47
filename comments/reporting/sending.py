"""The two letters that a reporter gets who gave an address: that his report came, and what became of it.

Nothing that he typed stands in them: whoever types another's address can say nothing to him by it.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from ..database import reading
from ..mailing.sending import deliver
from ..outbox import Handler, Task
from ..reading.addresses import Ways
from ..site import Site
from ..states import Action
from . import queries
from .actions import RECEIVED
from .queries import Told

OUTCOME = "tell_reporter"
WITHDRAWN = "withdrawn"


def handlers(site: Site) -> Mapping[str, Handler]:
    return {RECEIVED: partial(tell_received, site), OUTCOME: partial(tell_outcome, site)}


def tell_received(site: Site, task: Task, now: datetime) -> None:
    found = asked_for(site, task)
    if found is not None:
        send(site, task, now, "report_received", found)


def tell_outcome(site: Site, task: Task, now: datetime) -> None:
    """Nothing is told of a report that was opened again meanwhile."""
    found = asked_for(site, task)
    if found is not None and found.report.closed_at is not None:
        send(site, task, now, "report_closed", found)


def asked_for(site: Site, task: Task) -> Told | None:
    """The report of a task, if there is somebody to write to."""
    with reading(site.engine) as session:
        found = queries.told(session, int(task.values.get("report", 0)))
    return found if found is not None and found.report.email_sealed else None


def send(
    site: Site,
    task: Task,
    now: datetime,
    letter: str,
    told: Told,
) -> None:
    report, thread = told.report, told.thread
    deliver(
        site,
        task,
        now,
        letter,
        to=site.keys.open(report.email_sealed),
        language=report.language,
        values={
            "title": thread.title,
            "path": thread.url,
            "comment_path": Ways(thread.url).permalink(report.comment_id),
            "at": report.at,
            "outcome": outcome_of(told),
            "contact": site.contact,
        },
        about=f"report-{report.id}",
    )


def outcome_of(told: Told) -> str:
    """`kept`, `removed`, or `withdrawn` where its own author was first."""
    decision = told.decision
    own = decision is not None and decision.action == Action.WITHDRAW.value
    return WITHDRAWN if own else told.report.outcome
