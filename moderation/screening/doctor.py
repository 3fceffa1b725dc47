"""What the doctor says of Akismet: the key, what is left of the plan, and its last answer here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from comments.database import reading
from comments.models import History
from comments.site import Site
from comments.upkeep.doctor import Check, Status

from ..settings import Settings
from . import queries
from .akismet import SpamService
from .akismet_answer import Answer, Usage

NAME = "akismet"
NEARLY_USED_UP = 90


@dataclass(frozen=True)
class Doctor:
    """Called by `ops doctor`; asks Akismet twice where a key is set."""

    site: Callable[[], Site]
    service: SpamService
    settings: Settings

    def __call__(self) -> Iterator[Check]:
        if not self.settings.asks_akismet:
            yield Check(NAME, Status.OK, "is not asked")
            return
        answer = self.service.verify()
        yield key(answer, self.settings.akismet_url)
        if answer.problem is None:
            yield plan(self.service.usage())
        with reading(self.site().engine) as session:
            yield from last_answer(queries.last_told(session))


def key(answer: Answer, address: str) -> Check:
    if answer.problem:
        return Check(NAME, Status.BAD, f"{address} does not take the key: {answer.problem}")
    if answer.alert:
        return Check(NAME, Status.WARN, f"takes the key, with alert {answer.alert.code}")
    return Check(NAME, Status.OK, f"{address} takes the key")


def plan(usage: Usage) -> Check:
    if usage.problem:
        return Check(NAME, Status.WARN, f"does not tell what is left of the plan: {usage.problem}")
    if usage.limit is None:
        return Check(NAME, Status.OK, f"{usage.used:,} calls this month, without a limit")
    says = f"{usage.used:,} of {usage.limit:,} calls this month"
    near = usage.throttled or usage.percentage >= NEARLY_USED_UP
    return Check(NAME, Status.WARN if near else Status.OK, says)


def last_answer(told: History | None) -> Iterator[Check]:
    """Nothing where it went well: then there is nothing to do."""
    if told is None:
        return
    trouble = [f"{name} {told.values[name]}" for name in ("problem", "alert") if told.values[name]]
    if trouble:
        when = f"{told.at:%Y-%m-%d %H:%M} UTC"
        yield Check(NAME, Status.WARN, f"its last answer ({when}) came with {', '.join(trouble)}")
