"""A permalink leads to a page on which the comment stands, whatever the shape of the discussion."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from comments import view
from comments.database import reading, writing
from comments.models import Alias
from comments.states import Action, State
from comments.view import Wanted

from .bulk import discussion
from .databases import emptied, on_both_databases
from .host import DECK, Clock, Room
from .test_view import ids, part


def address(room: Room, comment_id: int) -> str | None:
    with reading(room.engine) as session:
        return view.address(session, DECK, comment_id, room.settings)


def wanted(url: str) -> Wanted:
    """Which page an address of the plug-in asks for, read from its form alone."""
    path, _, query = url.partition("#")[0].removeprefix("/dekschuit/").partition("?page=")
    parts = path.strip("/").split("/")
    if parts[-1] == "replies":
        return Wanted(int(query or 1), int(parts[1]))
    return Wanted(int(parts[-1]) if parts[-1] else 1)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(0, 13), min_size=1, max_size=8))
def test_every_comment_stands_on_the_page_of_its_permalink(
    engine: Engine, replies: list[int]
) -> None:
    room = Room(emptied(engine), Clock())
    pages: dict[Wanted, list[int]] = {}
    for comment_id in discussion(room, replies):
        url = address(room, comment_id)
        assert url is not None
        assert url.endswith(f"#comment-{comment_id}")
        asked = wanted(url)
        if asked not in pages:
            pages[asked] = ids(part(room, asked.page, asked.branch).nodes)
        assert comment_id in pages[asked], url


@on_both_databases
def test_the_first_page_is_the_article_itself(room: Room) -> None:
    own = room.says()
    assert address(room, own) == f"/dekschuit/#comment-{own}"


@on_both_databases
def test_a_folded_reply_stands_in_its_branch(room: Room) -> None:
    found = discussion(room, [12])
    assert address(room, found[4]) == f"/dekschuit/#comment-{found[4]}"
    assert address(room, found[5]) == f"/dekschuit/comments/1/replies/#comment-{found[5]}"
    assert address(room, found[11]) == f"/dekschuit/comments/1/replies/?page=3#comment-{found[11]}"


@on_both_databases
def test_an_old_id_leads_to_the_comment_that_it_stands_for(room: Room) -> None:
    own = room.says()
    with writing(room.engine) as session:
        session.add(Alias(thread_id=room.thread().id, old_id=4711, comment_id=own))
    assert address(room, 4711) == f"/dekschuit/#comment-{own}"


@on_both_databases
def test_a_pingback_stands_on_the_first_page(room: Room) -> None:
    ping = room.is_pinged(State.APPROVED)
    assert address(room, ping) == f"/dekschuit/#comment-{ping}"
    room.moves(ping, Action.SPAM)
    assert address(room, ping) is None


@on_both_databases
def test_a_placeholder_has_its_permalink(room: Room) -> None:
    root = room.says()
    room.says(parent=root)
    room.moves(root, Action.REJECT)
    assert address(room, root) == f"/dekschuit/#comment-{root}"


@on_both_databases
@pytest.mark.parametrize("asked", [0, 999, 2**63 - 1, 2**63, 10**40])
def test_a_number_that_no_comment_has_leads_nowhere(room: Room, asked: int) -> None:
    room.says()
    assert address(room, asked) is None


@on_both_databases
def test_neither_what_waits_nor_what_is_elsewhere_has_a_permalink_here(room: Room) -> None:
    assert address(room, room.says(state=State.PENDING)) is None
    assert address(room, room.says_elsewhere()) is None


@on_both_databases
def test_a_discussion_without_a_comment_has_no_permalinks(room: Room) -> None:
    assert address(room, 1) is None
