"""Who is shown and every counter agree with the rows, whatever is said, decided and taken back."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from comments import chain, queries
from comments.actions import Stale
from comments.database import reading, writing
from comments.models import Comment, Thread
from comments.shown import public_since
from comments.states import Action, IllegalMove, State
from comments.steering import actions as steering
from comments.steering.marks import Mark, Unfit

from .databases import emptied, on_both_databases
from .host import Clock, Room

Step = tuple[str, int, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["says", "moves", "undoes", "marks"]),
        st.integers(0, 99),
        st.integers(0, 99),
    ),
    min_size=1,
    max_size=14,
)
PLACES = {State.APPROVED: 3, State.PENDING: 1, State.SPAM: 1}
STATES = [state for state, weight in PLACES.items() for _ in range(weight)]


@dataclass(frozen=True)
class Picture:
    """What a reader could see of a discussion."""

    count: int
    comments: tuple[tuple[int, bool], ...]
    pings: tuple[int, ...]


def take(room: Room, step: Step, ids: list[int], rows: list[object]) -> None:
    what, pick, choice = step
    if what == "says" or not ids:
        parent = [*ids, None, None][pick % (len(ids) + 2)]
        ids.append(room.says(parent=parent, state=STATES[choice % len(STATES)]))
    elif what == "moves":
        with suppress(IllegalMove):
            rows.append(room.moves(ids[pick % len(ids)], list(Action)[choice % len(Action)]))
    elif what == "marks":
        with suppress(Unfit), writing(room.engine) as session:
            wanted = list(Mark)[choice % len(Mark)]
            steering.mark(session, ids[pick % len(ids)], wanted, "7", room.clock())
    elif rows:
        with suppress(Stale):
            rows.append(room.undoes(rows[pick % len(rows)]))  # type: ignore[arg-type]


def all_comments(room: Room) -> Sequence[Comment]:
    with reading(room.engine) as session:
        return session.scalars(select(Comment).order_by(Comment.id)).all()


def shown_by_the_rule(comments: Sequence[Comment]) -> set[int]:
    """Approved, or with something shown under it."""
    people = [c for c in comments if c.kind == "comment"]

    def shown(comment: Comment) -> bool:
        below = (child for child in people if child.parent_id == comment.id)
        return comment.state is State.APPROVED or any(map(shown, below))

    return {c.id for c in people if shown(c)}


def picture(comments: Sequence[Comment]) -> Picture:
    people = [c for c in comments if c.kind == "comment"]
    approved = {c.id for c in comments if c.state is State.APPROVED}
    shown = sorted(shown_by_the_rule(comments))
    return Picture(
        count=len([c for c in people if c.id in approved]),
        comments=tuple((id_, id_ in approved) for id_ in shown),
        pings=tuple(c.id for c in comments if c.kind != "comment" and c.id in approved),
    )


def check_counters(thread: Thread, comments: Sequence[Comment]) -> None:
    shown = shown_by_the_rule(comments)
    assert {c.id for c in comments if c.shown} == shown
    assert thread.comment_count == picture(comments).count
    assert thread.root_count == len([c for c in comments if c.id in shown and c.root_id is None])
    assert thread.pinned_count == len([c for c in comments if c.id in shown and c.pinned])
    approved = [c for c in comments if c.state is State.APPROVED]
    assert thread.featured_count == len([c for c in approved if c.featured])
    assert all(thread.spoken_at and thread.spoken_at >= public_since(c) for c in approved)
    for comment in comments:
        below = [c for c in comments if c.root_id == comment.id and c.id in shown]
        assert comment.reply_count == (len(below) if comment.root_id is None else 0)


def check_chain(room: Room) -> None:
    with reading(room.engine) as session:
        links = queries.chain_after(session, 0, 1000)
        assert chain.verify(links, queries.chain_head(session)) is None


def check_every_step(engine: Engine, steps: list[Step]) -> None:
    room = Room(emptied(engine), Clock())
    ids, rows = list[int](), list[object]()
    before, version = picture([]), 0
    for step in steps:
        take(room, step, ids, rows)
        comments, thread = all_comments(room), room.thread()
        check_counters(thread, comments)
        now = picture(comments)
        assert now == before or thread.version > version
        before, version = now, thread.version
    check_chain(room)


def trials(number: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The fixture's database is emptied for each example."""
    lenient = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(max_examples=number, deadline=None, suppress_health_check=lenient)


@trials(40)
@given(STEPS)
def test_counters_and_placeholders_agree_with_the_rows(engine: Engine, steps: list[Step]) -> None:
    check_every_step(engine, steps)


@pytest.mark.service
@trials(6)
@given(STEPS)
def test_counters_and_placeholders_agree_on_postgresql(
    postgresql: Engine, steps: list[Step]
) -> None:
    check_every_step(postgresql, steps)


@on_both_databases
def test_a_comment_that_is_taken_away_leaves_a_placeholder_while_it_has_replies(room: Room) -> None:
    root = room.says()
    reply = room.says(parent=root)
    room.moves(root, Action.REJECT)
    assert room.comment(root).shown
    assert (room.thread().comment_count, room.thread().root_count) == (1, 1)
    room.moves(reply, Action.REJECT)
    assert not room.comment(root).shown
    assert (room.thread().comment_count, room.thread().root_count) == (0, 0)


@on_both_databases
def test_a_placeholder_comes_back_for_a_reply_far_below(room: Room) -> None:
    root = room.says()
    middle = room.says(parent=root)
    leaf = room.says(parent=middle, state=State.PENDING)
    for comment_id in (middle, root):
        room.moves(comment_id, Action.SPAM)
    assert not room.comment(root).shown
    room.moves(leaf, Action.APPROVE)
    assert [room.comment(c).shown for c in (root, middle, leaf)] == [True, True, True]
    assert room.comment(root).reply_count == 2
    assert room.thread().comment_count == 1


@on_both_databases
def test_a_withdrawn_comment_leaves_a_placeholder_like_any_other(room: Room) -> None:
    root = room.says()
    room.says(parent=root)
    room.moves(root, Action.WITHDRAW)
    assert room.comment(root).shown
    assert room.thread().comment_count == 1


@on_both_databases
def test_a_decision_on_what_nobody_sees_makes_no_page_anew(room: Room) -> None:
    waiting = room.says(state=State.PENDING)
    version = room.thread().version
    room.moves(waiting, Action.SPAM)
    assert room.thread().version == version


@on_both_databases
def test_a_pingback_counts_as_no_reply_but_makes_the_page_anew(room: Room) -> None:
    room.says()
    version = room.thread().version
    ping = room.is_pinged(State.APPROVED)
    assert room.thread().version > version
    assert (room.thread().comment_count, room.thread().root_count) == (1, 1)
    room.moves(ping, Action.SPAM)
    assert room.thread().version > version + 1
    assert (room.thread().comment_count, room.thread().root_count) == (1, 1)
