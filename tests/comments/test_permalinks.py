"""A permalink leads to a page on which the comment stands, whatever the shape of the discussion."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select, update

from comments import view
from comments.database import reading, writing
from comments.models import Alias, Comment, Thread
from comments.reading.order import Order
from comments.states import Action, State
from comments.view import Wanted

from .bulk import discussion
from .databases import emptied, on_both_databases
from .host import DECK, Clock, Room
from .test_view import ids, part


def address(room: Room, comment_id: int, order: Order = Order.OLDEST) -> str | None:
    with reading(room.engine) as session:
        return view.address(session, DECK, comment_id, room.settings, order)


def wanted(url: str) -> Wanted:
    """Which page an address of the plug-in asks for, read from its form alone."""
    asked = urlsplit(url.removeprefix("/dekschuit/"))
    query = dict(parse_qsl(asked.query))
    order = Order(query.get("order", "oldest"))
    parts = asked.path.strip("/").split("/")
    if parts[-1] == "replies":
        return Wanted(int(query.get("page", 1)), int(parts[1]), order=order)
    return Wanted(int(parts[-1]) if parts[-1] else 1, order=order)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.integers(0, 13), min_size=1, max_size=8),
    st.sampled_from(Order),
    st.lists(st.sampled_from([0.0, 0.1, 1 / 3, 0.7]), min_size=8, max_size=8),
    st.sets(st.integers(0, 7), max_size=3),
)
def test_every_comment_stands_on_the_page_of_its_permalink(
    engine: Engine, replies: list[int], order: Order, ranks: list[float], pinned: set[int]
) -> None:
    room = Room(emptied(engine), Clock())
    found = discussion(room, replies)
    steer(room, ranks, pinned)
    pages: dict[Wanted, list[int]] = {}
    for comment_id in found:
        url = address(room, comment_id, order)
        assert url is not None
        assert url.endswith(f"#comment-{comment_id}")
        asked = wanted(url)
        if asked not in pages:
            pages[asked] = ids(part(room, asked.page, asked.branch, order=asked.order).nodes)
        assert comment_id in pages[asked], url


def steer(room: Room, ranks: list[float], pinned: set[int]) -> None:
    """Gives the roots these ranks, and pins those at these places."""
    with writing(room.engine) as session:
        thread = session.get_one(Thread, room.thread().id)
        roots = session.scalars(select(Comment).where(Comment.parent_id.is_(None)))
        for number, root in enumerate(roots.all()):
            root.useful_rank, root.pinned = ranks[number], number in pinned
            thread.pinned_count += root.pinned


@on_both_databases
@pytest.mark.parametrize("order", Order)
def test_among_ten_thousand_it_is_the_right_page(room: Room, order: Order) -> None:
    """Every root has another rank, so that no order is that of another."""
    found = discussion(room, [0] * 10_000)
    with writing(room.engine) as session:
        session.execute(update(Comment).values(useful_rank=(Comment.id * 7919) % 10_007 / 10_007.0))
    for comment_id in (found[0], found[4_999], found[-1]):
        url = address(room, comment_id, order)
        assert url is not None
        asked = wanted(url)
        assert comment_id in ids(part(room, asked.page, order=order).nodes)


@on_both_databases
def test_a_pinned_comment_stands_on_the_first_page_in_every_order(room: Room) -> None:
    found = discussion(room, [0] * 10)
    steer(room, [0.0] * 10, {4})
    for order in Order:
        assert wanted(address(room, found[4], order) or "").page == 1
        assert ids(part(room, order=order).nodes)[0] == found[4]


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
