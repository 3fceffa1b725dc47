"""Waking the worker: a look at most once a second, after all that was committed in it; never a lost request."""

import logging
import sqlite3
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Barrier, Thread

import pytest
from flask import Flask
from huey import Huey
from redis.exceptions import ConnectionError as NoRedis
from sqlalchemy import select

from comments import worker
from comments.database import reading
from comments.draft import Draft, Outcome
from comments.facts import Facts
from comments.models import Brake, Job
from comments.outbox import Task
from comments.worker import Asleep, Worker

from .browser import posts
from .host import Clock, Room, SmallHost
from .small_site import small_site

NOON = 1_772_366_400.0


class Seconds:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def huey(tmp_path: Path) -> Huey:
    return worker.huey_at(str(tmp_path / "queue.db"))


@pytest.fixture
def looks() -> list[str]:
    return []


@pytest.fixture
def awake(huey: Huey, seconds: Seconds, looks: list[str]) -> Worker:
    return Worker(huey, lambda: looks.append("look"), lambda: looks.append("sweep"), seconds)


def work_off(huey: Huey) -> list[float]:
    """What the consumer does with all that was asked for by now; the moments that were asked for."""
    moments = []
    while task := huey.dequeue():
        moments.append((task.eta - datetime.now(task.eta.tzinfo)).total_seconds())
        task.eta = None
        huey.execute(task)
    return moments


def test_who_wakes_the_worker_makes_it_look(awake: Worker, huey: Huey, looks: list[str]) -> None:
    awake.wake()
    work_off(huey)
    assert looks == ["look"]


def test_however_many_ask_within_a_second_there_is_one_look(
    awake: Worker, huey: Huey, seconds: Seconds
) -> None:
    for hundredth in range(100):
        seconds.now = NOON + hundredth / 100
        awake.wake()
    assert huey.pending_count() == 1


def test_a_look_comes_after_the_last_who_asked_for_it(
    awake: Worker, huey: Huey, seconds: Seconds
) -> None:
    """What is committed late in a second is found by the look of that second."""
    seconds.now = NOON + 0.25
    awake.wake()
    (wait,) = work_off(huey)
    assert 0.5 < wait <= 0.75


def test_the_next_second_has_a_look_of_its_own(awake: Worker, huey: Huey, seconds: Seconds) -> None:
    for second in range(3):
        seconds.now = NOON + second
        awake.wake()
    assert huey.pending_count() == 3


def test_who_asks_for_later_does_not_wake_it_again_for_others(
    awake: Worker, huey: Huey, seconds: Seconds
) -> None:
    for tenth in range(10):
        seconds.now = NOON + tenth / 10
        awake.wake()
        awake.wake(after=11)
    waits = sorted(work_off(huey))
    assert len(waits) == 2
    assert waits[1] - waits[0] == pytest.approx(11, abs=0.2)


def test_what_is_over_is_not_remembered(awake: Worker, seconds: Seconds) -> None:
    for second in range(50):
        seconds.now = NOON + second
        awake.wake()
    assert len(awake.asked) == 1


def test_eight_who_ask_at_once_get_one_look(awake: Worker, huey: Huey) -> None:
    gate = Barrier(8)

    def ask() -> None:
        gate.wait()
        awake.wake()

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert huey.pending_count() == 1


@pytest.mark.parametrize("broken", [NoRedis("gone"), sqlite3.OperationalError("locked")])
def test_a_queue_that_fails_costs_nobody_his_request(
    awake: Worker,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    broken: Exception,
) -> None:
    def fails(**asked: object) -> None:
        raise broken

    monkeypatch.setattr(awake.look, "schedule", fails)
    with caplog.at_level(logging.ERROR, logger="comments.worker"):
        awake.wake()
    assert "could not be woken" in caplog.text


def test_every_minute_it_sweeps(awake: Worker, huey: Huey, looks: list[str]) -> None:
    for minute in (0, 1, 59):
        for task in huey.read_periodic(datetime(2026, 3, 1, 12, minute)):  # noqa: DTZ001
            huey.execute(task)
    assert looks == ["sweep"] * 3


def test_a_consumer_is_made_of_what_was_asked_for(awake: Worker, huey: Huey) -> None:
    made: list[dict[str, object]] = []

    class Consumer:
        def __init__(self, **options: object) -> None:
            made.append(options)
            real(**options)

        def run(self) -> None:
            made.append({"running": True})

    real, huey.create_consumer = huey.create_consumer, Consumer
    awake.work()
    assert made[0]["workers"] == 1
    assert made[1] == {"running": True}


def test_without_a_queue_nobody_is_woken() -> None:
    Asleep().wake()
    Asleep().wake(after=3)


# from the form to the handler


@pytest.fixture
def told() -> list[int | None]:
    return []


@pytest.fixture
def site_with_worker(
    host: SmallHost, clock: Clock, tmp_path: Path, told: list[int | None]
) -> Flask:
    def owing(draft: Draft, facts: Facts) -> Draft:
        return replace(draft, owed=("tell",)).found("owing", Outcome.HOLD, "waits_for_person")

    def tell(task: Task, now: datetime) -> None:
        told.append(task.comment_id)

    return small_site(
        host, clock, screen=owing, handlers={"tell": tell}, queue_file=tmp_path / "queue.db"
    )


def worker_of(app: Flask) -> Worker:
    found = app.extensions["comments"].worker
    assert isinstance(found, Worker)
    return found


def test_a_comment_that_owes_something_wakes_the_worker_that_does_it(
    site_with_worker: Flask, room: Room, told: list[int | None]
) -> None:
    posts(site_with_worker.test_client())
    assert told == []
    work_off(worker_of(site_with_worker).huey)
    site_with_worker.extensions["comments"].site.versions.close()
    with reading(room.engine) as session:
        (job,) = session.scalars(select(Job)).all()
    assert (told, job.ended) == ([job.comment_id], "done")


def test_a_sweep_finds_what_nobody_was_woken_for(
    site_with_worker: Flask, room: Room, clock: Clock, told: list[int | None]
) -> None:
    own = room.accept(replace(room.draft(), owed=("tell",)))
    site_with_worker.extensions["comments"].site.brakes.wait("comment", "eve", "1/minute")
    clock.goes_on(minutes=5)
    for task in worker_of(site_with_worker).huey.read_periodic(None):
        worker_of(site_with_worker).huey.execute(task)
    assert told == [own]
    with reading(room.engine) as session:
        assert session.scalars(select(Brake)).all() == []


def test_a_host_without_a_queue_has_no_worker(app: Flask) -> None:
    assert app.extensions["comments"].worker is None
    assert isinstance(app.extensions["comments"].waker, Asleep)
