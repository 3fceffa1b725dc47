"""Holding a discussion: what is written, what readers are shown anew, and who is named."""

import threading

import pytest
from sqlalchemy import select

from comments.database import reading, writing
from comments.facts import Mode
from comments.models import Comment, Thread
from comments.states import Action, State
from comments.steering import actions
from comments.steering.marks import PINS, Mark, Unfit
from comments.steering.models import Steered
from comments.steering.queries import mode_of
from tests.comments.databases import on_both_databases
from tests.comments.host import DECK, Room


def hold(room: Room, mode: Mode) -> bool:
    with writing(room.engine) as session:
        return actions.set_mode(session, DECK, mode, "7", room.clock())


def mark(room: Room, comment_id: int, wanted: Mark) -> None:
    with writing(room.engine) as session:
        actions.mark(session, comment_id, wanted, "7", room.clock())


def done(room: Room) -> list[tuple[str, int | None, dict[str, object]]]:
    with reading(room.engine) as session:
        rows = session.scalars(select(Steered).order_by(Steered.id)).all()
    assert {row.person_key for row in rows} <= {"7"}
    return [(row.what, row.comment_id, row.values) for row in rows]


@on_both_databases
def test_a_discussion_is_held_before_anybody_has_spoken(room: Room) -> None:
    assert hold(room, Mode(premoderated=True, slow_minutes=10))
    with reading(room.engine) as session:
        assert mode_of(session, "dekschuit") == Mode(False, True, 10)
    assert room.thread().title == "De dekschuit"
    assert done(room) == [("read_first", None, {}), ("slowed", None, {"minutes": 10})]


def test_one_that_was_never_touched_is_held_as_usual(room: Room) -> None:
    with reading(room.engine) as session:
        assert mode_of(session, "dekschuit") == Mode()


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        (Mode(), Mode(closed=True), "closed"),
        (Mode(closed=True), Mode(), "opened"),
        (Mode(), Mode(premoderated=True), "read_first"),
        (Mode(premoderated=True), Mode(), "not_read_first"),
        (Mode(slow_minutes=5), Mode(slow_minutes=9), "slowed"),
        (Mode(slow_minutes=5), Mode(), "slowed"),
    ],
)
def test_each_change_is_written_down_and_readers_are_shown_it(
    room: Room, before: Mode, after: Mode, what: str
) -> None:
    hold(room, before)
    version, acts = room.thread().version, len(done(room))
    assert hold(room, after)
    assert room.thread().version == version + 1
    assert [act[0] for act in done(room)[acts:]] == [what]


def test_what_is_so_already_is_neither_written_down_nor_shown_anew(room: Room) -> None:
    hold(room, Mode(slow_minutes=5))
    version, acts = room.thread().version, done(room)
    assert not hold(room, Mode(slow_minutes=5))
    assert (room.thread().version, done(room)) == (version, acts)


@on_both_databases
def test_a_comment_is_pinned_featured_and_locked_and_freed_again(room: Room) -> None:
    id_ = room.says()
    for on, off, name in (
        (Mark.PIN, Mark.UNPIN, "pinned"),
        (Mark.FEATURE, Mark.UNFEATURE, "featured"),
        (Mark.LOCK, Mark.UNLOCK, "locked"),
    ):
        version = room.thread().version
        mark(room, id_, on)
        assert getattr(room.comment(id_), name)
        mark(room, id_, off)
        assert not getattr(room.comment(id_), name)
        assert room.thread().version == version + 2
    thread = room.thread()
    assert (thread.pinned_count, thread.featured_count) == (0, 0)
    assert [(what, comment) for what, comment, _ in done(room)] == [(m.value, id_) for m in Mark]


def test_pressing_twice_marks_once(room: Room) -> None:
    id_ = room.says()
    for _ in range(2):
        mark(room, id_, Mark.PIN)
        mark(room, id_, Mark.FEATURE)
    thread = room.thread()
    assert (thread.pinned_count, thread.featured_count, len(done(room))) == (1, 1, 2)


def test_no_more_than_three_are_pinned(room: Room) -> None:
    for _ in range(PINS):
        mark(room, room.says(), Mark.PIN)
    with pytest.raises(Unfit) as refused:
        mark(room, room.says(), Mark.PIN)
    assert refused.value.full
    assert room.thread().pinned_count == PINS


@on_both_databases
def test_two_who_pin_at_once_do_not_pin_a_fourth(room: Room) -> None:
    for _ in range(PINS - 1):
        mark(room, room.says(), Mark.PIN)
    ids, start, full = [room.says(), room.says()], threading.Barrier(2), []

    def pin(id_: int) -> None:
        start.wait()
        try:
            mark(room, id_, Mark.PIN)
        except Unfit as unfit:
            full.append(unfit.full)

    both = [threading.Thread(target=pin, args=(id_,)) for id_ in ids]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert (full, room.thread().pinned_count) == ([True], PINS)


def test_a_reply_is_featured_but_neither_pinned_nor_locked(room: Room) -> None:
    id_ = room.says(parent=room.says())
    mark(room, id_, Mark.FEATURE)
    for wanted in (Mark.PIN, Mark.LOCK):
        with pytest.raises(Unfit):
            mark(room, id_, wanted)
    assert room.thread().featured_count == 1


@pytest.mark.parametrize("state", [s for s in State if s is not State.APPROVED])
@pytest.mark.parametrize("wanted", [Mark.PIN, Mark.FEATURE, Mark.LOCK])
def test_what_readers_do_not_see_is_not_marked(room: Room, state: State, wanted: Mark) -> None:
    id_ = room.says(state=state)
    with pytest.raises(Unfit):
        mark(room, id_, wanted)
    assert done(room) == []


def test_a_comment_that_never_was_is_not_marked(room: Room) -> None:
    with pytest.raises(Unfit):
        mark(room, 4711, Mark.PIN)


@pytest.mark.parametrize("answered", [True, False])
@pytest.mark.parametrize(
    "action", [Action.REJECT, Action.SPAM, Action.HOLD, Action.WITHDRAW], ids=str
)
@on_both_databases
def test_what_is_taken_off_the_page_is_pinned_and_featured_no_more(
    room: Room, action: Action, answered: bool
) -> None:
    """Also where its placeholder stays, because it was answered; and not when it comes back."""
    id_ = room.says()
    if answered:
        room.says(parent=id_)
    mark(room, id_, Mark.PIN)
    mark(room, id_, Mark.FEATURE)
    room.moves(id_, action)
    assert counts(room) == (0, 0)
    if action is not Action.WITHDRAW:
        room.moves(id_, Action.APPROVE)
    found = room.comment(id_)
    assert (counts(room), found.pinned, found.featured) == ((0, 0), False, False)
    assert counts(room) == counted(room)


def counts(room: Room) -> tuple[int, int]:
    thread = room.thread()
    return thread.pinned_count, thread.featured_count


def counted(room: Room) -> tuple[int, int]:
    """From the rows."""
    with reading(room.engine) as session:
        thread = session.scalars(select(Thread)).one()
        rows = session.scalars(select(Comment).where(Comment.thread_id == thread.id)).all()
    return (
        sum(row.pinned and row.shown for row in rows),
        sum(row.featured and row.state is State.APPROVED for row in rows),
    )
