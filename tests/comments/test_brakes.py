"""Brakes count every attempt, whoever counts beside them, and let go when their window is over."""

from collections.abc import Iterator
from threading import Barrier, Thread

import pytest
from limits.storage import RedisStorage
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import Engine, func, select

from comments.brakes import Brakes, TableStorage, brakes_on, forget_ended
from comments.database import prepare, reading
from comments.models import Brake

from .databases import on_both_databases
from .host import Clock

REDIS = "redis://127.0.0.1:6379/15"


@pytest.fixture
def brakes(engine: Engine, clock: Clock) -> Brakes:
    prepare(engine)
    return brakes_on(engine, clock=lambda: clock().timestamp())


@pytest.fixture
def brakes_in_redis(engine: Engine) -> Iterator[Brakes]:
    server = Redis.from_url(REDIS)
    try:
        server.flushdb()
    except RedisError:
        pytest.skip("Redis does not answer on 127.0.0.1:6379")
    found = brakes_on(engine, REDIS)
    yield found
    server.flushdb()
    server.close()
    assert isinstance(found.storage, RedisStorage)
    found.storage.storage.close()


def brakes_counted(engine: Engine) -> int:
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(Brake)) or 0


def at_once(brakes: Brakes, people: int, times: int, limit: str) -> list[int | None]:
    gate, found = Barrier(people), list[int | None]()

    def hurry() -> None:
        gate.wait()
        found.extend(brakes.wait("comment", "eve", limit) for _ in range(times))

    threads = [Thread(target=hurry) for _ in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@on_both_databases
def test_so_many_pass_and_the_next_waits(brakes: Brakes) -> None:
    waits = [brakes.wait("comment", "eve", "3/10 minutes") for _ in range(4)]
    assert waits == [None, None, None, 600]


@on_both_databases
def test_the_wait_is_what_is_left_of_the_window(brakes: Brakes, clock: Clock) -> None:
    brakes.wait("comment", "eve", "1/10 minutes")
    clock.goes_on(seconds=400)
    assert brakes.wait("comment", "eve", "1/10 minutes") == 200


@on_both_databases
def test_when_the_window_is_over_the_count_begins_again(brakes: Brakes, clock: Clock) -> None:
    for _ in range(5):
        brakes.wait("comment", "eve", "2/10 minutes")
    clock.goes_on(minutes=10)
    waits = [brakes.wait("comment", "eve", "2/10 minutes") for _ in range(3)]
    assert waits == [None, None, 600]


@on_both_databases
def test_one_does_not_wait_for_another(brakes: Brakes) -> None:
    assert brakes.wait("comment", "eve", "1/minute") is None
    assert brakes.wait("comment", "dia", "1/minute") is None
    assert brakes.wait("login", "eve", "1/minute") is None
    assert brakes.wait("comment", "eve", "1/minute") == 60


@on_both_databases
def test_nobody_is_not_counted(brakes: Brakes) -> None:
    assert [brakes.wait("comment", "", "1/minute") for _ in range(3)] == [None] * 3


@on_both_databases
def test_eight_at_once_are_counted_exactly(brakes: Brakes) -> None:
    waits = at_once(brakes, people=8, times=5, limit="25/10 minutes")
    assert len(waits) == 40
    assert waits.count(None) == 25


@on_both_databases
def test_two_processes_count_together(engine: Engine, brakes: Brakes, clock: Clock) -> None:
    other = brakes_on(engine, clock=lambda: clock().timestamp())
    assert [b.wait("comment", "eve", "2/minute") for b in (brakes, other, brakes)] == [
        None,
        None,
        60,
    ]


@on_both_databases
def test_counters_of_windows_that_are_over_are_dropped(
    engine: Engine, brakes: Brakes, clock: Clock
) -> None:
    brakes.wait("comment", "eve", "1/minute")
    brakes.wait("comment", "dia", "1/hour")
    clock.goes_on(minutes=2)
    forget_ended(engine, clock().timestamp())
    assert brakes_counted(engine) == 1
    assert brakes.wait("comment", "dia", "1/hour") == 3480


@on_both_databases
def test_the_table_is_a_storage_like_any_other(engine: Engine, clock: Clock) -> None:
    prepare(engine)
    storage = TableStorage(engine, lambda: clock().timestamp())
    assert storage.check()
    assert [storage.incr("a", 60), storage.incr("a", 60, 5), storage.incr("b", 60)] == [1, 6, 1]
    assert (storage.get("a"), storage.get("c")) == (6, 0)
    assert storage.get_expiry("a") == storage.get_expiry("c") + 60
    storage.clear("a")
    assert (storage.get("a"), storage.get("b")) == (0, 1)
    clock.goes_on(minutes=1)
    assert storage.get("b") == 0
    storage.reset()
    assert brakes_counted(engine) == 0


@pytest.mark.service
def test_in_redis_so_many_pass_and_the_next_waits(brakes_in_redis: Brakes) -> None:
    waits = [brakes_in_redis.wait("comment", "eve", "2/10 minutes") for _ in range(3)]
    assert waits[:2] == [None, None]
    assert waits[2] in range(595, 601)


@pytest.mark.service
def test_in_redis_eight_at_once_are_counted_exactly(brakes_in_redis: Brakes) -> None:
    waits = at_once(brakes_in_redis, people=8, times=5, limit="25/10 minutes")
    assert waits.count(None) == 25
