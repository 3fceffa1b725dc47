"""The queue page by page, while comments come and go."""

import re

import pytest
from flask.testing import FlaskClient

from comments.states import Action
from tests.moderation.conftest import Make
from tests.moderation.world import World


@pytest.fixture
def world(make: Make) -> World:
    return make(cards_per_page=5)


def shown(page: str) -> list[int]:
    return [int(id_) for id_ in re.findall(r'id="card-(\d+)"', page)]


def next_of(page: str) -> str | None:
    found = re.search(r'<a href="([^"]+)">Further comments</a>', page)
    return found[1].replace("&amp;", "&") if found else None


def walk(client: FlaskClient, url: str, between=lambda: None) -> list[list[int]]:
    """The ids on each page, from the first to the last."""
    pages: list[list[int]] = []
    follow: str | None = url
    while follow:
        page = client.get(follow).text
        pages.append(shown(page))
        follow = next_of(page)
        between()
    return pages


def test_one_page_is_enough_for_what_fits_on_it(world):
    ids = [world.write() for _ in range(5)]
    assert walk(world.client("hub"), "/desk/") == [ids]


def test_who_waits_longest_comes_first(world):
    ids = [world.write() for _ in range(12)]
    assert walk(world.client("hub"), "/desk/") == [ids[:5], ids[5:10], ids[10:]]


def test_what_was_decided_comes_from_the_newest_on(world):
    ids = [world.write() for _ in range(7)]
    for id_ in ids:
        world.move(id_, Action.SPAM)
    assert walk(world.client("hub"), "/desk/?q=is:spam") == [ids[:1:-1], ids[1::-1]]


@pytest.mark.parametrize(("query", "action"), [("", None), ("?q=is:spam", Action.SPAM)])
def test_with_arrivals_in_between_each_comment_is_shown_once(world, query, action):
    def arrive() -> int:
        id_: int = world.write()
        if action:
            world.move(id_, action)
        return id_

    first = [arrive() for _ in range(12)]
    arrivals = iter(range(4))
    pages = walk(
        world.client("hub"), f"/desk/{query}", lambda: next(arrivals, None) is not None and arrive()
    )
    seen = [id_ for page in pages for id_ in page]
    assert len(seen) == len(set(seen))
    assert set(first) <= set(seen)


def test_with_decisions_in_between_no_comment_is_passed_over(world):
    ids = [world.write() for _ in range(12)]
    todo = iter(ids)
    pages = walk(world.client("hub"), "/desk/", lambda: world.move(next(todo), Action.APPROVE))
    assert [id_ for page in pages for id_ in page] == ids


def test_the_pages_hold_only_ones_own_scope(world):
    ids = [world.write("naaf" if number % 2 else "velg") for number in range(14)]
    assert walk(world.client("bob"), "/desk/") == [ids[1::2][:5], ids[1::2][5:]]
