"""A page of the queue costs the same, however many cards are on it and however many comments wait."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import event, insert, select
from sqlalchemy.orm import Session

from comments.database import reading, writing
from comments.models import Comment
from comments.schema import Base
from comments.states import Action, State
from moderation.desk import queries
from moderation.desk.search import Search, parse
from moderation.units.permissions import Scope
from tests.moderation.world import CAST, World

AT_MOST = 13
EVERYWHERE = Scope(everywhere=True)
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


def crowd(world: World, like: int, times: int, **changes: object) -> None:
    """As many comments as this one but for `changes`, and each in a place of its own."""
    with reading(world.engine) as session:
        row = session.execute(select(TABLE).where(Comment.id == like)).mappings().one()
    rows = [
        {**row, "id": like + n, "place": row["place"] + n, "once": None, **changes}
        for n in range(1, times + 1)
    ]
    with writing(world.engine) as session:
        session.execute(insert(TABLE), rows)


def varied(world: World, number: int) -> int:
    """Replies, other writers, what was decided on and put back, what was reported or edited."""
    if number % 5 == 0:
        id_ = world.write(person=CAST["bob"])
        world.edit(id_, "Anders gezegd.")
        for wrong in ("spam", "spam", "hate"):
            world.report(id_, wrong)
        return id_
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


class TestPlans:
    """With 20,000 that wait among three times as many that do not."""

    INDEX = "ix_ww_comment_waits"

    @pytest.fixture
    def world(self, either_world: World) -> World:
        id_ = either_world.write()
        crowd(either_world, id_, MANY - 1)
        crowd(either_world, id_ + MANY - 1, 3 * MANY, state=State.APPROVED, waits=False)
        with either_world.engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE")
        return either_world

    def plan(self, world: World, ask: Callable[[Session], object]) -> str:
        """What the database says that it does."""
        seen: list[tuple[str, Any]] = []

        def note(connection: Any, cursor: Any, statement: str, values: Any, *rest: Any) -> None:
            seen.append((statement, values))

        words = "EXPLAIN" + (" QUERY PLAN" if world.engine.dialect.name == "sqlite" else "")
        with reading(world.engine) as session:
            event.listen(world.engine, "before_cursor_execute", note)
            try:
                ask(session)
            finally:
                event.remove(world.engine, "before_cursor_execute", note)
            connection = session.connection()
            return "\n".join(
                str(row)
                for statement, values in seen
                for row in connection.exec_driver_sql(f"{words} {statement}", values)
            )

    def test_what_waits_and_what_was_decided_are_read_along_their_own_indexes(self, world):
        pages = [
            (q, after) for q in ("is:pending", "is:edited", "is:reported") for after in (0, 19_000)
        ]
        for query, after in (*pages, ("is:spam", 0)):
            plan = self.plan(world, partial(self.page, parse(query), after))
            index = "ix_ww_comment_state" if query == "is:spam" else self.INDEX
            assert (query, index in plan) == (query, True), plan
            assert "TEMP B-TREE" not in plan
            assert "Seq Scan on ww_comment" not in plan
        counts = self.plan(world, lambda session: queries.counts(session, EVERYWHERE))
        assert self.INDEX in counts
        assert "SCAN ww_comment'" not in counts

    def page(self, search: Search, after: int, session: Session) -> object:
        return queries.queue(session, EVERYWHERE, search, after, 21)
