"""The reads of a page bring what their names say, in each order; the noise around them stays out."""

import pytest
from sqlalchemy import Engine, update

from comments.database import reading, writing
from comments.models import Alias, Comment
from comments.queries import in_thread
from comments.reading import queries
from comments.reading.order import Order
from comments.states import State

from ..databases import on_both_databases
from ..host import BOB, Room

pytestmark = on_both_databases


@pytest.fixture(autouse=True)
def noise(room: Room) -> list[int]:
    return room.noise()


def thread_id(room: Room) -> int:
    return room.thread().id


def ids(rows: object) -> list[int]:
    return [row.id for row in rows]  # type: ignore[attr-defined]


def test_roots_are_the_shown_ones_at_the_top_oldest_first(room: Room) -> None:
    roots = [room.says() for _ in range(5)]
    room.says(parent=roots[0])
    room.says(state=State.PENDING)
    with reading(room.engine) as session:
        assert ids(queries.roots(session, thread_id(room), 0, 9)) == roots
        assert ids(queries.roots(session, thread_id(room), 1, 3)) == roots[1:4]


def test_replies_are_the_first_under_each_root(room: Room) -> None:
    roots = [room.says(), room.says(), room.says()]
    room.says(parent=roots[0], state=State.SPAM)
    replies = {root: [room.says(parent=root) for _ in range(4)] for root in roots[:2]}
    with reading(room.engine) as session:
        found = queries.replies(session, roots, 3)
    assert ids(found) == [*replies[roots[0]][:3], *replies[roots[1]][:3]]


def test_replies_are_read_in_the_order_of_the_tree(room: Room) -> None:
    root = room.says()
    first, second = room.says(parent=root), room.says(parent=root)
    below_first = room.says(parent=first)
    with reading(room.engine) as session:
        assert ids(queries.replies(session, [root], 9)) == [first, below_first, second]
        assert ids(queries.replies(session, [root], 2)) == [first, below_first]
        assert ids(queries.branch(session, root, 0, 9)) == [first, below_first, second]
        assert ids(queries.branch(session, root, 1, 1)) == [below_first]


def test_replies_of_no_root_are_none(room: Room) -> None:
    root = room.says()
    room.says(parent=root)
    with reading(room.engine) as session:
        assert ids(queries.replies(session, [], 9)) == []


def test_comments_of_another_thread_are_not_some_of_this(room: Room, noise: list[int]) -> None:
    own = room.says(state=State.PENDING)
    with reading(room.engine) as session:
        assert ids(queries.some_of(session, thread_id(room), [*noise, own])) == [own]


def test_names_are_of_approved_comments_only(room: Room) -> None:
    told, hidden = room.says(), room.says(state=State.PENDING)
    with reading(room.engine) as session:
        assert queries.names_of(session, [told, hidden]) == {told: "Dia Okonkwo"}


def test_pings_are_approved_and_no_comments_of_people(room: Room) -> None:
    room.says()
    pings = [room.is_pinged(State.APPROVED), room.is_pinged(State.APPROVED)]
    room.is_pinged(State.PENDING)
    with reading(room.engine) as session:
        assert ids(queries.pings(session, thread_id(room), 9)) == pings
        assert ids(queries.pings(session, thread_id(room), 1)) == pings[:1]


def test_where_a_comment_stands_is_counted_among_the_shown(room: Room) -> None:
    room.says()
    room.says(state=State.SPAM)
    root = room.says()
    room.says(parent=root)
    room.says(parent=root, state=State.PENDING)
    reply = room.says(parent=root)
    with reading(room.engine) as session:
        at = queries.where(session, session.get_one(Comment, reply))
    assert at == queries.Where(root, roots_before=1, replies_before=1)


def test_an_old_id_of_an_import_finds_its_comment(room: Room, noise: list[int]) -> None:
    own = room.says()
    with writing(room.engine) as session:
        session.add(Alias(thread_id=thread_id(room), old_id=noise[0], comment_id=own))
        session.add(Alias(thread_id=thread_id(room), old_id=4711, comment_id=own))
    with reading(room.engine) as session:
        for asked in (own, 4711, noise[0]):
            found = in_thread(session, thread_id(room), asked)
            assert found is not None
            assert found.id == own
        assert queries.aliases_of(session, [own]).keys() == {own}


def test_a_path_sorts_by_its_bytes(room: Room, engine: Engine) -> None:
    """Digits before letters, whatever language the database sorts by."""
    root = room.says()
    paths = ["00000000000009", "0000000000000a", "0000000000000f", "00000000000010"]
    replies = [room.says(parent=root) for _ in paths]
    with writing(engine) as session:
        for reply, path in zip(replies, paths, strict=True):
            session.execute(update(Comment).where(Comment.id == reply).values(path=path))
    with reading(engine) as session:
        assert ids(queries.branch(session, root, 0, 9)) == replies


def test_staff_are_told_apart_by_their_key(room: Room) -> None:
    room.staff_says()
    with reading(room.engine) as session:
        (row,) = queries.roots(session, thread_id(room), 0, 9)
    assert row.person_key == BOB.key


# orders


def steered(room: Room, comment_id: int, **values: object) -> None:
    """As the desk or the ranks would have it."""
    with writing(room.engine) as session:
        session.execute(update(Comment).where(Comment.id == comment_id).values(**values))


def roots_in(room: Room, order: Order, offset: int = 0, limit: int = 9) -> list[int]:
    with reading(room.engine) as session:
        return ids(queries.roots(session, thread_id(room), offset, limit, order))


def test_roots_are_read_newest_first(room: Room) -> None:
    roots = [room.says() for _ in range(4)]
    room.says(parent=roots[0])
    assert roots_in(room, Order.NEWEST) == roots[::-1]
    assert roots_in(room, Order.NEWEST, 1, 2) == [roots[2], roots[1]]


def test_the_most_useful_stand_first_and_of_equal_ones_the_newer(room: Room) -> None:
    roots = [room.says() for _ in range(4)]
    steered(room, roots[1], useful_rank=0.3)
    steered(room, roots[2], useful_rank=1 / 3)
    assert roots_in(room, Order.USEFUL) == [roots[2], roots[1], roots[3], roots[0]]


def test_pinned_roots_are_read_apart_in_every_order(room: Room) -> None:
    roots = [room.says() for _ in range(4)]
    for pinned in (roots[3], roots[1]):
        steered(room, pinned, pinned=True)
    for order in Order:
        assert set(roots_in(room, order)) == {roots[0], roots[2]}
    with reading(room.engine) as session:
        assert ids(queries.pinned(session, thread_id(room))) == [roots[1], roots[3]]


def test_a_pinned_comment_that_nobody_sees_is_not_read(room: Room) -> None:
    own = room.says(state=State.PENDING)
    steered(room, own, pinned=True)
    with reading(room.engine) as session:
        assert ids(queries.pinned(session, thread_id(room))) == []


def test_what_is_featured_is_named_if_it_is_approved(room: Room) -> None:
    root = room.says()
    reply, hidden = room.says(parent=root), room.says(state=State.SPAM)
    for comment_id in (root, reply, hidden):
        steered(room, comment_id, featured=True)
    with reading(room.engine) as session:
        found = queries.featured(session, thread_id(room), 9)
        assert [tuple(row) for row in found] == [(root, "Dia Okonkwo"), (reply, "Dia Okonkwo")]
        assert len(queries.featured(session, thread_id(room), 1)) == 1


@pytest.mark.parametrize("order", Order)
def test_as_many_are_counted_before_a_comment_as_are_read_before_it(
    room: Room, order: Order
) -> None:
    roots = [room.says() for _ in range(5)]
    room.says(state=State.PENDING)
    for root, rank in zip(roots, (0.1, 0.7, 0.1, 0.0, 0.7), strict=True):
        steered(room, root, useful_rank=rank)
    steered(room, roots[4], pinned=True)
    shown = roots_in(room, order)
    with reading(room.engine) as session:
        for root in roots[:4]:
            at = queries.where(session, session.get_one(Comment, root), order)
            assert at.roots_before == shown.index(root)
        reply_of_pinned = room.says(parent=roots[4])
        at = queries.where(session, session.get_one(Comment, reply_of_pinned), order)
        assert at == queries.Where(roots[4], roots_before=0, replies_before=0)
