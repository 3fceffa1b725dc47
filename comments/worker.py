"""Huey as the engine that runs the outbox, always in a process of its own; it decides nothing."""

import logging
import math
import threading
import time
from collections.abc import Callable
from typing import Protocol

from huey import Huey, RedisHuey, SqliteHuey, crontab

logger = logging.getLogger(__name__)


class Waker(Protocol):
    def wake(self, after: float = 0) -> None:
        """Asks the worker to look at the outbox in `after` seconds."""


class Asleep:
    """No worker to wake: the sweep finds what is due, or nobody runs one."""

    def wake(self, after: float = 0) -> None:
        return None


class Worker:
    """`look` runs what is due, `sweep` also finds every minute what a killed worker left."""

    def __init__(
        self,
        huey: Huey,
        look: Callable[[], object],
        sweep: Callable[[], object],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.huey, self.clock = huey, clock
        self.guard, self.asked = threading.Lock(), set[int]()
        self.look = huey.task(name="look")(look)
        huey.periodic_task(crontab(), name="sweep")(sweep)

    def wake(self, after: float = 0) -> None:
        """One look at the end of the second, however many ask for it; it runs all that is due by then.

        A queue that fails costs nobody his request: the sweep finds the work.
        """
        now = self.clock()
        second = math.floor(now + after) + 1
        if self.first_to_ask(second, now):
            try:
                self.look.schedule(delay=second - now)
            except Exception:
                logger.exception("the worker could not be woken")

    def first_to_ask(self, second: int, now: float) -> bool:
        with self.guard:
            self.asked = {asked for asked in self.asked if asked > now}
            if second in self.asked:
                return False
            self.asked.add(second)
            return True

    def work(self) -> None:
        """Runs until it is told to stop; for the worker's process only."""
        self.huey.create_consumer(workers=1, max_delay=0.5, shutdown_timeout=10).run()


def huey_at(file: str, redis_url: str = "") -> Huey:
    """A queue in Redis for many machines, else in a file."""
    if redis_url:
        return RedisHuey("weerwoord", url=redis_url, results=False)
    return SqliteHuey("weerwoord", filename=file, results=False)
