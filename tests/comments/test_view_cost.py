"""A page asks the database for the same few things, however long the discussion is."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, event, update

from comments.database import writing
from comments.models import Comment, Thread
from comments.reading.order import Order
from comments.states import State

from .bulk import discussion
from .databases import on_both_databases
from .host import Room
from .test_view import PER_BRANCH, every, part

pytestmark = on_both_databases


@pytest.fixture
def asked(engine: Engine) -> Iterator[list[str]]:
    found: list[str] = []

    def note(connection: object, cursor: object, statement: str, *more: object) -> None:
        found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("size", [1, 200, 10_000])
def test_a_page_asks_the_same_whatever_the_size(
    room: Room, asked: list[str], size: int, order: Order
) -> None:
    """The thread, roots, replies where there are any, pingbacks, old ids."""
    discussion(room, [3] * (size // 4) or [0])
    asked.clear()
    part(room, order=order)
    assert len(asked) == (4 if size == 1 else 5)


@pytest.mark.parametrize("order", Order)
def test_what_is_pinned_and_what_is_featured_are_asked_for_where_there_are_any(
    room: Room, asked: list[str], order: Order
) -> None:
    """One query each, on each page but that pinned ones stand on the first."""
    discussion(room, [0] * 9)
    with writing(room.engine) as session:
        session.execute(update(Comment).where(Comment.id == 5).values(pinned=True, featured=True))
        session.execute(update(Thread).values(pinned_count=1, featured_count=1))
    asked.clear()
    part(room, order=order)
    assert len(asked) == 4 + 2
    asked.clear()
    part(room, page=2, order=order)
    assert len(asked) == 3 + 1


def test_whose_page_it_is_costs_one_query(room: Room, asked: list[str]) -> None:
    """What he found useful."""
    discussion(room, [3])
    asked.clear()
    part(room, voter="a")
    assert len(asked) == 6


def test_names_of_parents_that_are_not_on_the_page_are_asked_at_once(
    room: Room, asked: list[str]
) -> None:
    root = room.says()
    above = [room.says(parent=root) for _ in range(PER_BRANCH)]
    own = [room.says(parent=parent, state=State.PENDING) for parent in above]
    replies = [room.says(parent=parent) for parent in above]
    asked.clear()
    found = part(room, mine=tuple(own))
    assert len(asked) == 7
    told = [c.answers for c in every(found.nodes) if c.id in own and c.answers]
    assert [answers.id for answers in told] == above[2:]
    assert len(replies) == PER_BRANCH


@pytest.mark.parametrize("size", [10, 1000])
def test_a_page_of_a_branch_asks_the_same_whatever_the_size(
    room: Room, asked: list[str], size: int
) -> None:
    root = discussion(room, [size])[0]
    asked.clear()
    part(room, page=2, branch=root)
    assert len(asked) <= 8
