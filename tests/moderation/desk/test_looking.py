"""Looking changes nothing: whoever follows every link of the desk leaves each row as it was."""

import re
from html import unescape
from typing import Any

import pytest
from sqlalchemy import select

from comments.schema import Base
from comments.states import Action
from tests.moderation.conftest import Make
from tests.moderation.world import CAST, World

LINK = re.compile(r'href="(/[^"#]*)')


def rows(world: World) -> dict[str, list[tuple[Any, ...]]]:
    with world.engine.connect() as connection:
        return {
            name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for name, table in Base.metadata.tables.items()
        }


def crawl(world: World, who: str) -> dict[str, int]:
    """The status of every address of this site that can be reached by links."""
    client, found, todo = world.client(who), {}, ["/desk/"]
    while todo:
        path = todo.pop()
        answer = client.get(path, buffered=True)
        found[path] = answer.status_code
        if answer.mimetype == "text/html" and path.startswith("/desk/"):
            links = {unescape(link) for link in LINK.findall(answer.text)}
            todo += [link for link in links if link not in found and link not in todo]
    return found


@pytest.fixture
def world(make: Make) -> World:
    """With comments in every state, answers, and a second page of some."""
    world = make(cards_per_page=2)
    parent = world.write(text="Eerst dit.", person=CAST["bob"])
    for action in (None, None, None, *Action, *Action, *Action):
        id_ = world.write(parent_id=parent if action is Action.SPAM else None)
        if action and action not in (Action.HOLD, Action.KEEP):
            world.move(id_, action)
    reported, edited = (world.write(person=CAST["bob"]) for _ in range(2))
    world.report(reported)
    world.edit(edited, "Anders gezegd.")
    return world


@pytest.mark.parametrize("who", ["hub", "bob"])
def test_whoever_follows_every_link_changes_no_row(world, who):
    before = rows(world)
    found = crawl(world, who)
    assert rows(world) == before
    assert len([path for path in found if re.fullmatch(r"/desk/\d+", path)]) >= 15
    assert len([path for path in found if "after=" in path]) >= 5


def test_no_link_of_the_desk_leads_to_an_error(world):
    own = {p: s for p, s in crawl(world, "hub").items() if not re.match(r"/(naaf|velg|spaak)/", p)}
    assert own == dict.fromkeys(own, 200)


def test_looking_at_the_way_to_undo_undoes_nothing(world):
    id_ = world.write()
    world.decide("hub", id_, "spam")
    before = rows(world)
    world.client("hub").get(f"/desk/?batch={world.log()[-1].batch}")
    assert rows(world) == before
