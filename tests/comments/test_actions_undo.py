"""Undo takes the last decision back, with what it owed; never more than that, and never twice."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from comments import chain, outbox, queries
from comments.actions import Stale
from comments.database import reading
from comments.models import Job
from comments.outbox import Later, Task
from comments.states import Action, State

from .databases import on_both_databases
from .host import Room

pytestmark = on_both_databases


def jobs(room: Room) -> list[tuple[str, str]]:
    with reading(room.engine) as session:
        return [(job.kind, job.ended) for job in session.scalars(select(Job))]


def test_undo_restores_the_state_before(room: Room) -> None:
    comment_id = room.says(state=State.PENDING)
    room.undoes(room.moves(comment_id, Action.APPROVE))
    assert room.comment(comment_id).state is State.PENDING
    assert not room.comment(comment_id).shown
    assert room.thread().comment_count == 0


def test_undo_is_a_decision_of_its_own_in_the_log(room: Room) -> None:
    comment_id = room.says(state=State.PENDING)
    done = room.moves(comment_id, Action.APPROVE)
    undone = room.undoes(done)
    assert (undone.seq, undone.action, undone.reverses) == (done.seq + 1, "undo", done.seq)
    assert (undone.before, undone.after) == (State.APPROVED, State.PENDING)
    assert room.comment(comment_id).version == 3
    with reading(room.engine) as session:
        links = queries.chain_after(session, 0, 10)
        assert chain.verify(links, queries.chain_head(session)) is None


def test_undo_deletes_what_was_not_sent_yet(room: Room) -> None:
    row = room.moves(room.says(state=State.PENDING), Action.SPAM)
    room.undoes(row)
    assert jobs(room) == []


def test_what_is_undone_within_the_window_is_never_sent(room: Room) -> None:
    sent: list[Task] = []
    row = room.moves(room.says(state=State.PENDING), Action.SPAM)
    room.clock.goes_on(seconds=room.settings.undo_seconds - 1)
    outbox.run_due(room.engine, {"teach_spam": lambda task, now: sent.append(task)}, room.clock)
    room.undoes(row)
    room.clock.goes_on(days=1)
    outbox.run_due(room.engine, {"teach_spam": lambda task, now: sent.append(task)}, room.clock)
    assert sent == []


def test_what_was_sent_stays(room: Room) -> None:
    row = room.moves(room.says(state=State.PENDING), Action.SPAM)
    room.clock.goes_on(minutes=1)
    outbox.run_due(room.engine, {"teach_spam": lambda task, now: None}, room.clock)
    room.undoes(row)
    assert jobs(room) == [("teach_spam", "done")]


def test_what_is_being_sent_stays(room: Room) -> None:
    row = room.moves(room.says(state=State.PENDING), Action.SPAM)
    room.clock.goes_on(minutes=1)
    outbox.lease(room.engine, room.clock())
    room.undoes(row)
    assert jobs(room) == [("teach_spam", "")]


def test_what_could_not_be_sent_is_not_tried_again_after_undo(room: Room) -> None:
    def nobody_there(task: Task, now: object) -> None:
        raise Later("nobody there")

    row = room.moves(room.says(state=State.PENDING), Action.SPAM)
    room.clock.goes_on(minutes=1)
    assert outbox.run_due(room.engine, {"teach_spam": nobody_there}, room.clock) == 1
    room.undoes(row)
    assert jobs(room) == []


def test_what_another_decision_owes_stays(room: Room) -> None:
    other = room.moves(room.says(state=State.PENDING), Action.SPAM)
    row = room.moves(room.says(state=State.PENDING), Action.SPAM)
    room.undoes(row)
    with reading(room.engine) as session:
        assert [job.cause for job in session.scalars(select(Job))] == [other.seq]


def test_undoing_an_undo_is_refused(room: Room) -> None:
    undone = room.undoes(room.moves(room.says(state=State.PENDING), Action.APPROVE))
    with pytest.raises(Stale):
        room.undoes(undone)


def test_undoing_twice_is_refused(room: Room) -> None:
    row = room.moves(room.says(state=State.PENDING), Action.APPROVE)
    room.undoes(row)
    with pytest.raises(Stale) as stale:
        room.undoes(row)
    assert stale.value.last is not None
    assert stale.value.last.action == "undo"


def test_a_decision_that_another_followed_cannot_be_undone(room: Room) -> None:
    comment_id = room.says(state=State.PENDING)
    first = room.moves(comment_id, Action.APPROVE)
    room.moves(comment_id, Action.REJECT)
    with pytest.raises(Stale):
        room.undoes(first)
    assert room.comment(comment_id).state is State.REJECTED


def test_a_decision_that_was_never_taken_cannot_be_undone(room: Room) -> None:
    row = room.moves(room.says(state=State.PENDING), Action.APPROVE)
    row.seq = 999
    with pytest.raises(Stale):
        room.undoes(row)


def test_undo_stands_at_the_time_at_which_it_was_done(room: Room) -> None:
    row = room.moves(room.says(state=State.PENDING), Action.APPROVE)
    now = room.clock.goes_on(minutes=5)
    assert room.undoes(row).at == now == row.at + timedelta(minutes=5)
