"""Moves: a decision on what was seen, logged in the chain, with what it causes; or nothing at all."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta, timezone
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from comments import actions, chain, queries
from comments.actions import Stale
from comments.database import reading, writing
from comments.models import Comment, Job, LogHead, LogRow
from comments.states import MOVES, Action, IllegalMove, State

from .databases import on_both_databases
from .host import BOB_DECIDES, MACHINE, Room

pytestmark = on_both_databases
TEXT = "Deze woorden staan nergens anders."


def jobs(room: Room) -> list[Job]:
    with reading(room.engine) as session:
        return list(session.scalars(select(Job).order_by(Job.id)))


def log(room: Room) -> list[LogRow]:
    with reading(room.engine) as session:
        return list(session.scalars(select(LogRow).order_by(LogRow.seq)))


def chain_holds(room: Room) -> bool:
    with reading(room.engine) as session:
        links = queries.chain_after(session, 0, 1000)
        return chain.verify(links, queries.chain_head(session)) is None


def decides(room: Room, comment_id: int, seen: int, action: Action = Action.APPROVE) -> LogRow:
    with writing(room.engine) as session:
        return actions.move(
            session, comment_id, action, seen, BOB_DECIDES, room.clock(), room.settings
        )


def test_a_move_changes_state_version_and_time_of_decision(room: Room) -> None:
    comment_id = room.says(state=State.PENDING)
    room.moves(comment_id, Action.APPROVE)
    found = room.comment(comment_id)
    assert (found.state, found.version) == (State.APPROVED, 2)
    assert found.decided_at == room.clock()


def test_a_move_is_logged_with_who_what_and_when(room: Room) -> None:
    comment_id = room.says(state=State.PENDING)
    room.moves(comment_id, Action.APPROVE)
    (row,) = log(room)
    assert (row.seq, row.comment_id, row.version) == (1, comment_id, 2)
    assert (row.action, row.before, row.after) == ("approve", State.PENDING, State.APPROVED)
    assert (row.actor_key, row.machine, row.unit_key) == ("7", False, "utrecht")
    assert (row.at, row.reverses) == (room.clock(), None)


def test_each_move_is_chained_to_the_one_before(room: Room) -> None:
    comment_id = room.says(state=State.PENDING)
    for action in (Action.SPAM, Action.HOLD, Action.APPROVE, Action.REJECT):
        room.moves(comment_id, action)
    assert len(log(room)) == 4
    assert chain_holds(room)


def test_a_row_that_was_altered_in_the_database_is_found(room: Room) -> None:
    comment_id = room.says(state=State.PENDING)
    room.moves(comment_id, Action.APPROVE)
    with writing(room.engine) as session:
        session.scalars(select(LogRow)).one().actor_key = "8"
    assert not chain_holds(room)


def test_a_clock_of_another_zone_makes_the_same_chain(room: Room) -> None:
    comment_id = room.says(state=State.PENDING)
    room.clock.now = room.clock.now.astimezone(timezone(timedelta(hours=2)))
    room.moves(comment_id, Action.APPROVE)
    assert chain_holds(room)


def test_log_rows_hold_no_text(room: Room) -> None:
    comment_id = room.says(TEXT, state=State.PENDING)
    room.moves(comment_id, Action.SPAM)
    values = [str(getattr(log(room)[0], column.key)) for column in LogRow.__table__.columns]
    assert not [v for v in values if TEXT in v or "Dia" in v or "lezers" in v]


def test_a_move_on_a_version_that_is_no_longer_says_who_was_first(room: Room) -> None:
    comment_id = room.says(state=State.PENDING)
    first = room.moves(comment_id, Action.REJECT)
    with pytest.raises(Stale) as stale:
        decides(room, comment_id, seen=1)
    assert stale.value.last is not None
    assert (stale.value.last.seq, stale.value.last.action) == (first.seq, "reject")
    assert stale.value.comment is not None
    assert stale.value.comment.state is State.REJECTED


def test_a_move_on_a_comment_that_does_not_exist_is_stale(room: Room) -> None:
    with pytest.raises(Stale) as stale:
        decides(room, 999, seen=1)
    assert (stale.value.comment, stale.value.last) == (None, None)


def test_a_stale_move_writes_nothing(room: Room) -> None:
    comment_id = room.says(state=State.PENDING)
    room.moves(comment_id, Action.REJECT)
    before, version = room.comment(comment_id), room.thread().version
    owed = [job.id for job in jobs(room)]
    with pytest.raises(Stale):
        decides(room, comment_id, seen=1)
    after = room.comment(comment_id)
    assert (after.state, after.version) == (before.state, before.version)
    assert (len(log(room)), room.thread().version) == (1, version)
    assert [job.id for job in jobs(room)] == owed


def test_an_illegal_move_writes_nothing(room: Room) -> None:
    comment_id = room.says(state=State.APPROVED)
    with pytest.raises(IllegalMove):
        decides(room, comment_id, seen=1)
    assert room.comment(comment_id).version == 1
    assert log(room) == []
    with reading(room.engine) as session:
        assert session.get_one(LogHead, 1).seq == 0


def test_a_decision_on_spam_teaches_when_it_can_no_longer_be_undone(room: Room) -> None:
    comment_id = room.says(state=State.PENDING)
    row = room.moves(comment_id, Action.SPAM)
    (job,) = jobs(room)
    assert (job.kind, job.comment_id, job.cause) == ("teach_spam", comment_id, row.seq)
    assert job.not_before == room.clock() + timedelta(seconds=room.settings.undo_seconds)


def test_a_decision_that_changes_nothing_outside_owes_nothing(room: Room) -> None:
    room.moves(room.says(state=State.REJECTED), Action.HOLD)
    assert jobs(room) == []


def test_a_comment_that_appears_is_told_of_when_that_can_no_longer_be_undone(room: Room) -> None:
    room.moves(room.says(state=State.PENDING), Action.APPROVE)
    window = timedelta(seconds=room.settings.undo_seconds)
    told = [(job.kind, job.not_before) for job in jobs(room)]
    due = room.clock.now + window
    assert told == [("tell_author", due), ("tell_followers", due)]


def test_a_machines_move_teaches_nothing(room: Room) -> None:
    row = room.moves(room.says(state=State.PENDING), Action.SPAM, MACHINE)
    assert (row.machine, row.actor_key) == (True, "akismet")
    assert jobs(room) == []


@pytest.mark.parametrize("state", [s for s in State if MOVES[s] and s is not State.PENDING])
def test_a_machine_does_not_touch_what_a_person_decided(room: Room, state: State) -> None:
    comment_id = room.says(state=state)
    action = next(iter(MOVES[state]))
    with pytest.raises(IllegalMove, match="a machine moves no comment"):
        room.moves(comment_id, action, MACHINE)
    assert room.comment(comment_id).state is state


def test_of_eight_decisions_at_once_on_the_same_comment_one_holds(room: Room) -> None:
    comment_id = room.says(state=State.PENDING)
    gate, held, stale = Barrier(8), list[str](), list[Stale]()

    def decide(action: Action) -> None:
        gate.wait()
        try:
            held.append(decides(room, comment_id, 1, action).action)
        except Stale as found:
            stale.append(found)

    pool = [Thread(target=decide, args=(a,)) for a in (Action.APPROVE, Action.REJECT) * 4]
    for thread in pool:
        thread.start()
    for thread in pool:
        thread.join()
    assert (len(held), len(stale)) == (1, 7)
    assert [found.last.action for found in stale if found.last] == held * 7
    assert [row.action for row in log(room)] == held


def test_a_comment_that_was_read_before_it_was_locked_is_judged_as_it_is_now(room: Room) -> None:
    """As the desk does: it reads what a person may see, and only then decides on it."""
    comment_id = room.says(state=State.PENDING)
    with reading(room.engine) as session:
        seen = session.get_one(Comment, comment_id)
        session.commit()
        room.moves(comment_id, Action.REJECT)
        with pytest.raises(Stale):
            actions.move(
                session, seen.id, Action.APPROVE, 1, BOB_DECIDES, room.clock(), room.settings
            )


def test_counters_that_were_read_before_the_lock_are_not_written_back(room: Room) -> None:
    root = room.says()
    first, second = (room.says(parent=root, state=State.PENDING) for _ in range(2))
    with reading(room.engine) as session:
        seen = [session.get_one(Comment, comment_id) for comment_id in (root, second)]
        thread = queries.thread_of(session, "dekschuit")
        session.commit()
        room.moves(first, Action.APPROVE)
        actions.move(session, second, Action.APPROVE, 1, BOB_DECIDES, room.clock(), room.settings)
        session.commit()
    assert [row.id for row in (*seen, thread) if row] == [root, second, room.thread().id]
    assert room.comment(root).reply_count == 2
    assert room.thread().comment_count == 3


def test_decisions_and_replies_at_once_never_wait_in_a_circle(room: Room) -> None:
    here, there = room.says(state=State.PENDING), room.says_elsewhere(state=State.PENDING)
    gate, failed = Barrier(4), list[Exception]()

    def repeat(work: Callable[[int], object]) -> None:
        gate.wait()
        for number in range(6):
            try:
                work(number)
            except Exception as error:
                failed.append(error)

    works: list[Callable[[int], object]] = [
        lambda n: flip(room, here, there),
        lambda n: flip(room, there, here),
        lambda n: room.staff_says(f"Het eerste antwoord, {n}.", here),
        lambda n: room.staff_says(f"Het tweede antwoord, {n}.", here),
    ]
    pool = [Thread(target=repeat, args=(work,)) for work in works]
    for thread in pool:
        thread.start()
    for thread in pool:
        thread.join()
    assert failed == []
    assert chain_holds(room)
    assert room.comment(here).reply_count == 12
    assert room.thread().comment_count == 12 + (room.comment(here).state is State.APPROVED)


def flip(room: Room, *comment_ids: int) -> None:
    """In one go: approves what waits and holds what is approved; who was first wins."""
    with writing(room.engine) as session:
        for comment_id in comment_ids:
            found = session.get_one(Comment, comment_id)
            action = Action.HOLD if found.state is State.APPROVED else Action.APPROVE
            with suppress(Stale):
                actions.move(
                    session,
                    comment_id,
                    action,
                    found.version,
                    BOB_DECIDES,
                    room.clock(),
                    room.settings,
                )
