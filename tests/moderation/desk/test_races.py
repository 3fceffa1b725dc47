"""Several people at once: on one comment there is exactly one decision, and nobody gets an error."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Barrier
from typing import Any

from sqlalchemy import select

from comments.actions import Stale, seen_at
from comments.database import reading, writing
from comments.draft import Outcome
from comments.models import Comment, Thread
from comments.states import State
from moderation.screening.actions import apply
from tests.moderation.world import World

ROUNDS = 4
UP_AND_DOWN = ["approve", "reject", "approve", "spam", "approve"]


def at_once(*doings: Callable[[], Any]) -> list[Any]:
    """Each in a thread of its own, all from the same moment on."""
    gate = Barrier(len(doings))

    def run(do: Callable[[], Any]) -> Any:
        gate.wait()
        return do()

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(run, doings))


def status(world: World, who: str, id_: int, action: str, version: int = 1) -> int:
    return world.decide(who, id_, action, version).status_code


def test_of_two_who_decide_at_once_one_is_first(either_world):
    world = either_world
    for _ in range(ROUNDS):
        id_ = world.write("naaf")
        answers = at_once(
            partial(status, world, "bob", id_, "approve"),
            partial(status, world, "hub", id_, "spam"),
            partial(status, world, "ada", id_, "reject"),
        )
        assert sorted(answers) == [303, 409, 409]
        assert (len(world.log(id_)), world.stored(id_).version) == (1, 2)
    assert world.broken() is None


def test_of_two_in_bulk_at_once_each_comment_is_decided_once(either_world):
    world = either_world
    ids = [world.write(key) for key in ("naaf", "velg", "spaak") * 3]
    cards = [f"{id_}:1" for id_ in ids]
    answers = at_once(
        lambda: world.in_bulk("hub", "spam", *cards).status_code,
        lambda: world.in_bulk("ada", "approve", *reversed(cards)).status_code,
        lambda: world.decide("bob", ids[0], "reject").status_code,
    )
    assert set(answers) <= {303, 409}
    assert [len(world.log(id_)) for id_ in ids] == [1] * len(ids)
    assert world.broken() is None


def test_readers_may_answer_while_the_desk_decides(either_world):
    world = either_world
    parent = world.write("naaf")
    world.decide("hub", parent, "approve")

    def answers() -> list[int]:
        return [world.write("naaf", f"Antwoord {n}", parent_id=parent) for n in range(5)]

    def decides() -> list[int]:
        other = world.write("naaf")
        return [status(world, "hub", other, a, v) for v, a in enumerate(UP_AND_DOWN, 1)]

    written, decided = at_once(answers, decides)
    assert (len(set(written)), decided) == (5, [303] * len(UP_AND_DOWN))
    assert_counted(world)


def test_of_two_who_undo_at_once_one_does(either_world):
    world = either_world
    id_ = world.write()
    world.decide("hub", id_, "spam")
    batch = world.log()[-1].batch
    answers = at_once(
        lambda: world.send("hub", "/desk/undo", batch=batch).status_code,
        lambda: world.send("hub", "/desk/undo", batch=batch).status_code,
    )
    assert (answers, world.state(id_), len(world.log())) == ([303, 303], State.PENDING, 2)


def test_between_a_person_and_a_machine_one_is_first(either_world):
    world = either_world
    for _ in range(ROUNDS):
        id_ = world.write("naaf")
        answer, _ = at_once(
            partial(status, world, "hub", id_, "approve"), partial(machine_spams, world, id_)
        )
        (row,) = world.log(id_)
        assert (row.machine, world.state(id_)) == (
            (False, State.APPROVED) if answer == 303 else (True, State.SPAM)
        )


def machine_spams(world: World, id_: int) -> None:
    spam = world.draft().found("akismet", Outcome.SPAM, "akismet_spam")
    with suppress(Stale), writing(world.engine) as session:
        comment, _ = seen_at(session, id_, 1)
        apply(session, comment, spam, world.clock(), world.site.settings)


def assert_counted(world: World) -> None:
    """The counter of each thread is the number of its approved comments."""
    approved = Comment.state == State.APPROVED
    with reading(world.engine) as session:
        for thread in session.scalars(select(Thread)):
            found = select(Comment.id).where(Comment.thread_id == thread.id, approved)
            assert thread.comment_count == len(session.scalars(found).all())
