"""Every SELECT brings what its name says; the noise around it would show in an answer that is too wide."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, update

from comments import queries, storing
from comments.database import reading, writing
from comments.facts import Parent
from comments.models import Alias, Comment
from comments.schema import ID_LIMIT
from comments.states import Action, State

from .databases import on_both_databases
from .host import BOB, SPOKE, Room

pytestmark = on_both_databases


@pytest.fixture(autouse=True)
def noise(room: Room) -> list[int]:
    """Another discussion with a bit of everything."""
    with writing(room.engine) as session:
        said = [
            storing.accept(
                session, room.draft(key=SPOKE.key), state, SPOKE, room.keys, room.settings
            )
            for state in (State.APPROVED, *State)
        ]
        return [comment.id for comment in said]


def thread_id(room: Room) -> int:
    return room.thread().id


def ids(rows: object) -> list[int]:
    return [row.id for row in rows]  # type: ignore[attr-defined]


def test_counts_are_of_approved_comments_by_thread(room: Room) -> None:
    room.says()
    room.says(state=State.PENDING)
    with reading(room.engine) as session:
        assert queries.counts_of(session, ["dekschuit", "nergens"]) == {"dekschuit": 1}


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
            found = queries.in_thread(session, thread_id(room), asked)
            assert found is not None
            assert found.id == own
        assert queries.aliases_of(session, [own]).keys() == {own}


@pytest.mark.parametrize("asked", [0, ID_LIMIT - 1, ID_LIMIT, 2**64, 10**40])
def test_a_number_that_no_comment_has_finds_nothing(room: Room, asked: int) -> None:
    room.says()
    with reading(room.engine) as session:
        assert queries.in_thread(session, thread_id(room), asked) is None


def test_a_parent_is_told_with_its_thread_and_state(room: Room) -> None:
    own = room.says(state=State.PENDING)
    with reading(room.engine) as session:
        found = queries.parent_of(session, own)
    assert found == Parent(own, "dekschuit", State.PENDING, "Dia Okonkwo")


def test_neither_a_pingback_nor_nothing_is_a_parent(room: Room) -> None:
    ping = room.is_pinged(State.APPROVED)
    with reading(room.engine) as session:
        assert queries.parent_of(session, ping) is None
        assert queries.parent_of(session, ID_LIMIT - 1) is None


@pytest.mark.parametrize(("minutes", "is_twin"), [(0, True), (9, True), (11, False)])
def test_a_twin_was_said_within_ten_minutes(room: Room, minutes: int, is_twin: bool) -> None:
    draft = room.draft("Twee keer.")
    first = room.accept(draft, State.PENDING)
    again = replace(draft, created_at=draft.created_at + timedelta(minutes=minutes))
    since = again.created_at - timedelta(minutes=storing.TWIN_MINUTES)
    with reading(room.engine) as session:
        found = queries.twin_of(session, storing.once(again, room.keys), since)
    assert (found == first) is is_twin


def test_the_last_decision_is_the_one_with_the_highest_number(room: Room) -> None:
    own, other = room.says(state=State.PENDING), room.says(state=State.PENDING)
    room.moves(own, Action.APPROVE)
    last = room.moves(own, Action.REJECT)
    room.moves(other, Action.SPAM)
    with reading(room.engine) as session:
        found = queries.last_decision(session, own)
        assert found is not None
        assert found.seq == last.seq
        assert queries.last_decision(session, 999) is None


def test_the_chain_is_read_in_portions(room: Room) -> None:
    own = room.says(state=State.PENDING)
    for action in (Action.SPAM, Action.HOLD, Action.APPROVE):
        room.moves(own, action)
    with reading(room.engine) as session:
        assert [link.seq for link in queries.chain_after(session, 0, 2)] == [1, 2]
        assert [link.seq for link in queries.chain_after(session, 2, 2)] == [3]
        assert queries.chain_head(session)[0] == 3


def test_jobs_that_have_not_ended_are_waiting(room: Room) -> None:
    with reading(room.engine) as session:
        before = queries.waiting_jobs(session)
    room.accept(replace(room.draft(), owed=("a", "b")), State.PENDING)
    with reading(room.engine) as session:
        assert queries.waiting_jobs(session) == before + 2


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


def test_there_is_an_id_for_every_comment(room: Room, noise: list[int]) -> None:
    with reading(room.engine) as session:
        assert list(queries.all_ids(session)) == noise
