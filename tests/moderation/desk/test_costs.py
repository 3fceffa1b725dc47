"""A page of the queue costs the same, however many cards are on it and however many comments wait."""

from collections.abc import Callable

import pytest
from sqlalchemy import event, insert, select

from comments.database import reading, writing
from comments.models import Comment
from comments.schema import Base
from comments.states import Action
from tests.moderation.world import CAST, World

AT_MOST = 12
TABLE = Base.metadata.tables["ww_comment"]
MANY = 20_000


def statements(world: World, do: Callable[[], object]) -> list[str]:
    """What reaches the database while this is done."""
    seen: list[str] = []

    def note(connection, cursor, statement, *rest):
        seen.append(statement)

    event.listen(world.engine, "before_cursor_execute", note)
    try:
        do()
    finally:
        event.remove(world.engine, "before_cursor_execute", note)
    return seen


def cost(world: World, path: str = "/desk/", who: str = "hub") -> int:
    client = world.client(who)

    def ask() -> None:
        assert client.get(path).status_code == 200

    return len(statements(world, ask))


def crowd(world: World, like: int, times: int) -> None:
    """As many comments as this one, and each in a place of its own."""
    with reading(world.engine) as session:
        row = session.execute(select(TABLE).where(Comment.id == like)).mappings().one()
    rows = [
        {**row, "id": like + n, "place": row["place"] + n, "once": None}
        for n in range(1, times + 1)
    ]
    with writing(world.engine) as session:
        session.execute(insert(TABLE), rows)


def varied(world: World, number: int) -> int:
    """Replies, other writers, comments that were decided on and put back."""
    parent = world.write(text=f"Eerst {number}.", person=CAST["bob"]) if number % 2 else None
    id_ = world.write(email=f"dia{number}@lezers.example", parent_id=parent)
    if number % 3 == 0:
        world.move(id_, Action.REJECT)
        world.move(id_, Action.HOLD)
    return id_


@pytest.mark.parametrize("who", ["hub", "bob", "dirk"])
def test_twenty_cards_cost_as_many_queries_as_one(world, who):
    world.write("spaak")
    one = cost(world, who=who)
    for _ in range(19):
        world.write("spaak")
    assert (cost(world, who=who), one <= AT_MOST) == (one, True)


def test_cards_of_every_sort_cost_as_many_queries_as_plain_ones(world):
    varied(world, 3)
    one = cost(world)
    for number in range(4, 23):
        varied(world, number)
    assert cost(world) == one <= AT_MOST


def test_with_20_000_waiting_a_page_costs_the_same(world):
    crowd(world, world.write(), 19)
    few = cost(world)
    crowd(world, 20, MANY - 20)
    assert world.counted(Comment) == MANY
    assert (cost(world), cost(world, "/desk/?after=19000")) == (few, few)


def test_the_offer_to_undo_costs_the_same_for_one_and_for_twenty(world):
    ids = [world.write() for _ in range(20)]
    world.in_bulk("hub", "spam", f"{ids[0]}:1")
    one = cost(world, f"/desk/?batch={world.log()[-1].batch}")
    world.in_bulk("hub", "spam", *[f"{id_}:1" for id_ in ids[1:]])
    assert cost(world, f"/desk/?batch={world.log()[-1].batch}") == one <= AT_MOST


def test_a_card_costs_a_handful(world):
    id_ = varied(world, 3)
    assert cost(world, f"/desk/{id_}") <= AT_MOST


def test_the_queue_is_read_along_an_index(world):
    world.write()
    page = next(s for s in statements(world, lambda: cost(world)) if "LIMIT" in s)
    with world.engine.connect() as connection:
        plan = connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {page}", ("pending", "comment", 0, 21, 0)
        )
        steps = [row[3] for row in plan]
    assert any("ix_ww_comment_state" in step for step in steps)
    assert not any("TEMP B-TREE" in step for step in steps)
