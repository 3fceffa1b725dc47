"""Every SELECT brings what its name says; the noise around it would show in an answer that is too wide."""

from dataclasses import replace
from datetime import timedelta

import pytest

from comments import queries, storing
from comments.database import reading
from comments.facts import Parent
from comments.schema import ID_LIMIT
from comments.states import Action, State

from .databases import on_both_databases
from .host import Room

pytestmark = on_both_databases


@pytest.fixture(autouse=True)
def noise(room: Room) -> list[int]:
    return room.noise()


def thread_id(room: Room) -> int:
    return room.thread().id


def ids(rows: object) -> list[int]:
    return [row.id for row in rows]  # type: ignore[attr-defined]


def test_counts_are_of_approved_comments_by_thread(room: Room) -> None:
    room.says()
    room.says(state=State.PENDING)
    with reading(room.engine) as session:
        assert queries.counts_of(session, ["dekschuit", "nergens"]) == {"dekschuit": 1}


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


def test_there_is_an_id_for_every_comment(room: Room, noise: list[int]) -> None:
    with reading(room.engine) as session:
        assert list(queries.all_ids(session)) == noise
