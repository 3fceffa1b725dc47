"""The outbox: what is owed is done once it is due, by one worker, until it is done or given up."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier, Lock, Thread

import pytest
from sqlalchemy import delete, select

from comments import outbox
from comments.database import reading, writing
from comments.models import Comment, Job
from comments.outbox import GIVEN_UP_AFTER, LEASE, Later, Task
from comments.states import State

from .databases import on_both_databases
from .host import Room

pytestmark = on_both_databases
Handle = Callable[[Task, datetime], None]


def owes(room: Room, *kinds: str) -> int:
    return room.accept(replace(room.draft(), owed=kinds or ("tell",)), State.PENDING)


def job(room: Room) -> Job:
    with reading(room.engine) as session:
        return session.scalars(select(Job)).one()


def run(room: Room, handle: Handle, kind: str = "tell") -> int:
    return outbox.run_due(room.engine, {kind: handle}, room.clock)


def later(why: str = "nobody there", seconds: int | None = None) -> Handle:
    def handle(task: Task, now: datetime) -> None:
        raise Later(why, seconds)

    return handle


def test_what_is_due_is_done(room: Room) -> None:
    seen: list[Task] = []
    comment_id = owes(room)
    assert run(room, lambda task, now: seen.append(task)) == 1
    assert [(task.kind, task.comment_id, task.attempts) for task in seen] == [
        ("tell", comment_id, 1)
    ]
    assert (job(room).ended, job(room).locked_until) == ("done", None)


def test_what_is_done_is_not_done_again(room: Room) -> None:
    owes(room)
    run(room, lambda task, now: None)
    room.clock.goes_on(days=30)
    assert run(room, lambda task, now: None) == 0


def test_a_handler_is_told_the_time(room: Room) -> None:
    seen: list[datetime] = []
    owes(room)
    run(room, lambda task, now: seen.append(now))
    assert seen == [room.clock()]


def test_what_is_not_due_yet_waits(room: Room) -> None:
    owes(room)
    with writing(room.engine) as session:
        session.scalars(select(Job)).one().not_before = room.clock() + timedelta(seconds=10)
    room.clock.goes_on(seconds=9)
    assert run(room, lambda task, now: None) == 0
    room.clock.goes_on(seconds=1)
    assert run(room, lambda task, now: None) == 1


def test_all_that_is_due_is_done_in_one_go_the_longest_waiting_first(room: Room) -> None:
    seen: list[int | None] = []
    first, second = owes(room), owes(room)
    assert run(room, lambda task, now: seen.append(task.comment_id)) == 2
    assert seen == [first, second]


def test_no_transaction_is_open_while_a_handler_works(room: Room) -> None:
    """Else SQLite would let nobody write for as long as it takes."""
    owes(room)
    run(room, lambda task, now: (room.says(), None)[1])
    assert room.thread().comment_count == 1


# leases


def test_a_task_that_is_leased_is_nobody_elses(room: Room) -> None:
    owes(room)
    task = outbox.lease(room.engine, room.clock())
    assert task is not None
    assert outbox.lease(room.engine, room.clock()) is None


def test_what_a_killed_worker_held_comes_back(room: Room) -> None:
    owes(room)
    outbox.lease(room.engine, room.clock())
    room.clock.goes_on(seconds=LEASE.total_seconds() - 1)
    assert outbox.lease(room.engine, room.clock()) is None
    room.clock.goes_on(seconds=1)
    task = outbox.lease(room.engine, room.clock())
    assert task is not None
    assert task.attempts == 2


def test_a_worker_that_was_overtaken_does_not_put_back_what_another_ended(room: Room) -> None:
    owes(room)

    def overtaken(task: Task, now: datetime) -> None:
        room.clock.goes_on(minutes=3)
        assert run(room, lambda task, now: None) == 1
        raise Later("too slow")

    run(room, overtaken)
    assert job(room).ended == "done"


def test_a_worker_that_was_overtaken_leaves_the_others_lease_alone(room: Room) -> None:
    owes(room)

    def overtaken(task: Task, now: datetime) -> None:
        room.clock.goes_on(minutes=3)
        assert outbox.lease(room.engine, room.clock()) is not None
        raise Later("too slow")

    run(room, overtaken)
    assert job(room).locked_until == room.clock() + LEASE


def test_a_comment_that_was_erased_meanwhile_stops_nothing(room: Room) -> None:
    erased, kept = owes(room), owes(room)
    seen: list[int | None] = []

    def erase(task: Task, now: datetime) -> None:
        seen.append(task.comment_id)
        with writing(room.engine) as session:
            session.execute(delete(Job).where(Job.comment_id == erased))
            session.execute(delete(Comment).where(Comment.id == erased))
        if task.comment_id == erased:
            raise Later("nothing there")

    assert run(room, erase) == 2
    assert seen == [erased, kept]


def test_two_workers_never_take_the_same_task(room: Room) -> None:
    for _ in range(10):
        owes(room, "tell", "tell")
    gate, guard, seen = Barrier(4), Lock(), list[int]()

    def handle(task: Task, now: datetime) -> None:
        with guard:
            seen.append(task.id)

    def work() -> None:
        gate.wait()
        run(room, handle)

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(seen) == 20
    assert len(set(seen)) == 20


# failing


def test_what_could_not_be_done_is_tried_again_later_and_later(room: Room) -> None:
    owes(room)
    waits = []
    for _ in range(12):
        assert run(room, later()) == 1
        waits.append((job(room).not_before - room.clock()) // timedelta(minutes=1))
        room.clock.now = job(room).not_before
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]


def test_a_postponed_task_is_free_and_says_why(room: Room) -> None:
    owes(room)
    run(room, later("nobody there " + "x" * 300))
    assert (job(room).locked_until, job(room).ended, job(room).attempts) == (None, "", 1)
    assert job(room).last_error == ("nobody there " + "x" * 300)[:200]


def test_the_other_side_may_say_when_to_come_back(room: Room) -> None:
    owes(room)
    run(room, later("come back", seconds=77))
    assert job(room).not_before == room.clock() + timedelta(seconds=77)


def test_a_task_that_breaks_is_postponed_under_the_name_of_what_broke(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(task: Task, now: datetime) -> None:
        raise RuntimeError("dia@lezers.example")

    owes(room)
    with caplog.at_level(logging.CRITICAL, logger="comments.outbox"):
        assert run(room, breaks) == 1
    assert job(room).last_error == "RuntimeError"
    assert job(room).not_before == room.clock() + timedelta(minutes=1)


def test_a_task_that_breaks_does_not_stop_the_next(room: Room) -> None:
    broken, seen = owes(room), list[int | None]()
    fine = owes(room)

    def handle(task: Task, now: datetime) -> None:
        if task.comment_id == broken:
            raise Later("not this one")
        seen.append(task.comment_id)

    run(room, handle)
    assert seen == [fine]


def test_a_task_that_nobody_knows_is_kept(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    owes(room)
    with caplog.at_level(logging.CRITICAL, logger="comments.outbox"):
        run(room, later(), kind="another kind")
    assert (job(room).ended, job(room).last_error) == ("", "KeyError")


@pytest.mark.parametrize(("seconds", "ended"), [(0, ""), (1, "given_up")])
def test_a_task_is_given_up_after_fifteen_days(room: Room, seconds: int, ended: str) -> None:
    owes(room)
    room.clock.goes_on(seconds=GIVEN_UP_AFTER.total_seconds() + seconds)
    run(room, later())
    assert job(room).ended == ended


def test_what_was_given_up_is_not_tried_again(room: Room) -> None:
    owes(room)
    room.clock.goes_on(days=16)
    run(room, later())
    room.clock.goes_on(days=1)
    assert run(room, later()) == 0


def test_what_is_forgotten_is_not_done(room: Room) -> None:
    own, other = owes(room, "tell", "ask"), owes(room)
    with writing(room.engine) as session:
        outbox.forget(session, "tell", own)
    seen: list[tuple[str, int | None]] = []

    def handle(task: Task, now: datetime) -> None:
        seen.append((task.kind, task.comment_id))

    outbox.run_due(room.engine, {"tell": handle, "ask": handle}, room.clock)
    assert seen == [("ask", own), ("tell", other)]


# what a task knows


def owes_to(room: Room, address: str) -> None:
    owes(room)
    with writing(room.engine) as session:
        session.scalars(select(Job)).one().values = {"to": address}


def test_a_task_has_the_values_of_its_row_and_the_time_of_its_cause(room: Room) -> None:
    seen: list[Task] = []
    owes_to(room, "dia")
    since = job(room).created_at
    room.clock.goes_on(minutes=1)
    run(room, lambda task, now: seen.append(task))
    assert [(task.values, task.created_at) for task in seen] == [({"to": "dia"}, since)]


def test_what_a_task_knew_is_gone_when_it_is_done(room: Room) -> None:
    owes_to(room, "dia")
    run(room, lambda task, now: None)
    assert (job(room).ended, job(room).values) == ("done", {})


def test_what_a_task_knows_stays_until_it_is_given_up(room: Room) -> None:
    owes_to(room, "dia")
    run(room, later())
    assert (job(room).ended, job(room).values) == ("", {"to": "dia"})
    room.clock.goes_on(seconds=GIVEN_UP_AFTER.total_seconds() + 1)
    run(room, later())
    assert (job(room).ended, job(room).values) == ("given_up", {})


def test_what_a_task_knew_is_gone_when_it_is_forgotten(room: Room) -> None:
    owes_to(room, "dia")
    with writing(room.engine) as session:
        outbox.forget(session, "tell", job(room).comment_id or 0)
    assert (job(room).ended, job(room).values) == ("forgotten", {})
