"""The outbox: work for outside that was committed with its cause, run until it is done.

The table is the truth. A handler gets a task and may run it twice: it is idempotent by the task's id.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, Select, or_, select
from sqlalchemy.orm import Session

from .database import writing
from .models import Job

LEASE = timedelta(minutes=2)
FIRST_TRY, LAST_TRY = timedelta(minutes=1), timedelta(hours=6)
GIVEN_UP_AFTER = timedelta(days=15)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Task:
    """What a handler is given. `values` may name somebody; they are gone when the task has ended."""

    id: int
    kind: str
    comment_id: int | None
    attempts: int
    values: Mapping[str, Any]
    created_at: datetime


class Later(Exception):
    """The handler could not do it now. `seconds` may say when to ask again; else it backs off."""

    def __init__(self, why: str, seconds: int | None = None) -> None:
        super().__init__(why)
        self.seconds = seconds


Handler = Callable[[Task, datetime], None]


def run_due(engine: Engine, handlers: Mapping[str, Handler], clock: Callable[[], datetime]) -> int:
    """Runs all that is due, one by one; the number of tasks run."""
    count = 0
    while task := lease(engine, clock()):
        attempt(engine, handlers, task, clock)
        count += 1
    return count


def lease(engine: Engine, now: datetime) -> Task | None:
    """The next task that is due, ours for two minutes; what a killed worker held comes back by then."""
    with writing(engine) as session:
        job = session.scalar(due(now))
        if job is None:
            return None
        job.locked_until = now + LEASE
        job.attempts += 1
        return Task(
            job.id, job.kind, job.comment_id, job.attempts, dict(job.values), job.created_at
        )


def due(now: datetime) -> Select[Job]:
    return (
        select(Job)
        .where(Job.ended == "", Job.not_before <= now)
        .where(or_(Job.locked_until.is_(None), Job.locked_until <= now))
        .order_by(Job.not_before)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def attempt(
    engine: Engine, handlers: Mapping[str, Handler], task: Task, clock: Callable[[], datetime]
) -> None:
    try:
        handlers[task.kind](task, clock())
    except Later as later:
        postpone(engine, task, clock(), str(later), later.seconds)
    except Exception as error:
        logger.exception("outbox task %s (%s) failed", task.id, task.kind)
        postpone(engine, task, clock(), type(error).__name__, None)
    else:
        end(engine, task, "done")


def postpone(engine: Engine, task: Task, now: datetime, why: str, seconds: int | None) -> None:
    """Back-off doubles from a minute to six hours; after fifteen days it is left to people.

    A task that somebody else has ended or taken over meanwhile is no longer ours to postpone.
    """
    wait = timedelta(seconds=seconds) if seconds else backoff(task.attempts)
    with writing(engine) as session:
        job = session.get(Job, task.id)
        if job is None or job.ended or job.attempts != task.attempts:
            return
        job.last_error, job.locked_until = why[:200], None
        job.not_before = now + wait
        if now - job.created_at > GIVEN_UP_AFTER:
            close(job, "given_up")


def backoff(attempts: int) -> timedelta:
    return min(FIRST_TRY * (1 << min(attempts - 1, 20)), LAST_TRY)


def end(engine: Engine, task: Task, how: str) -> None:
    with writing(engine) as session:
        job = session.get(Job, task.id)
        if job is not None:
            close(job, how)


def close(job: Job, how: str) -> None:
    """What the task knew of somebody is not kept beyond it."""
    job.ended, job.locked_until, job.values = how, None, {}


def forget(session: Session, kind: str, comment_id: int) -> None:
    """Ends what is still owed of one kind for a comment."""
    for job in session.scalars(
        select(Job).where(Job.kind == kind, Job.comment_id == comment_id, Job.ended == "")
    ):
        close(job, "forgotten")
