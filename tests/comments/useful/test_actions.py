"""A vote counts once, its count is that of the rows, and a ranking is owed while it has not been made."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, func, select

from comments import outbox
from comments.database import reading, writing
from comments.keeping.actions import forget_voters
from comments.models import Comment, Job
from comments.states import Action, State
from comments.useful import actions, queries
from comments.useful.models import Vote
from comments.useful.ranking import lower_bound

from ..databases import emptied, on_both_databases
from ..host import Clock, Room


def votes(room: Room, comment_id: int, who: str, wish: bool = True) -> int | None:
    act = actions.vote if wish else actions.unvote
    with writing(room.engine) as session:
        return act(session, comment_id, who, room.clock())


def owed(room: Room) -> list[Job]:
    with reading(room.engine) as session:
        return list(session.scalars(select(Job).where(Job.kind == "rank", Job.ended == "")))


def ranks(room: Room) -> None:
    with writing(room.engine) as session:
        actions.rank(session, room.thread().id)


@on_both_databases
def test_a_reader_counts_once_however_often_he_says_so(room: Room) -> None:
    own = room.says()
    assert [votes(room, own, who) for who in ("a", "a", "b")] == [1, 1, 2]
    assert room.comment(own).useful_count == 2


@on_both_databases
def test_what_is_taken_back_counts_no_more(room: Room) -> None:
    own = room.says()
    votes(room, own, "a")
    assert [votes(room, own, "a", wish=False) for _ in range(2)] == [0, 0]
    assert votes(room, own, "b", wish=False) == 0


@on_both_databases
def test_a_vote_makes_the_page_anew_and_one_that_changes_nothing_does_not(room: Room) -> None:
    own = room.says()
    before = room.thread().version
    votes(room, own, "a")
    once = room.thread().version
    votes(room, own, "a")
    assert (once > before, room.thread().version) == (True, once)


@on_both_databases
def test_only_an_approved_comment_of_a_person_is_found_useful(room: Room) -> None:
    waiting, ping = room.says(state=State.PENDING), room.is_pinged(State.APPROVED)
    gone = room.says()
    room.moves(gone, Action.REJECT)
    assert [votes(room, asked, "a") for asked in (waiting, ping, gone, 999)] == [None] * 4
    assert votes(room, gone, "a", wish=False) is None


@on_both_databases
def test_one_ranking_is_owed_for_many_votes(room: Room) -> None:
    first, second = room.says(), room.says()
    for comment_id in (first, second):
        votes(room, comment_id, "a")
    votes(room, room.says_elsewhere(), "a")
    assert sorted(job.values["thread"] for job in owed(room)) == [
        room.thread().id,
        room.thread("spaak").id,
    ]


@on_both_databases
def test_a_vote_while_the_ranking_is_being_made_owes_another(room: Room) -> None:
    own = room.says()
    votes(room, own, "a")
    room.clock.goes_on(minutes=2)
    while (task := outbox.lease(room.engine, room.clock())) and task.kind != actions.RANK:
        pass
    votes(room, own, "b")
    assert len(owed(room)) == 2


@on_both_databases
def test_ranks_are_made_from_the_votes_and_make_the_page_anew_where_they_change(room: Room) -> None:
    first, second, third = room.says(), room.says(), room.says()
    for who in "abc":
        votes(room, first, who)
    votes(room, second, "d")
    ranks(room)
    version = room.thread().version
    assert [room.comment(c).useful_rank for c in (first, second, third)] == [
        lower_bound(3, 4),
        lower_bound(1, 4),
        0,
    ]
    ranks(room)
    assert room.thread().version == version
    votes(room, second, "d", wish=False)
    ranks(room)
    assert room.comment(second).useful_rank == 0
    assert room.comment(first).useful_rank == lower_bound(3, 3)


@on_both_databases
def test_a_ranking_costs_the_same_however_many_comments_it_changes(room: Room) -> None:
    """It holds the thread, and on SQLite everybody who writes."""

    def cost() -> int:
        told: list[str] = []

        def count(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            told.append(statement)

        event.listen(room.engine, "before_cursor_execute", count)
        ranks(room)
        event.remove(room.engine, "before_cursor_execute", count)
        return len([said for said in told if said.startswith(("SELECT", "UPDATE"))])

    ids = [room.says() for _ in range(12)]
    for comment_id in ids[:2]:
        votes(room, comment_id, "a")
    few = cost()
    for comment_id in ids[2:]:
        votes(room, comment_id, "b")
    votes(room, ids[2], "c")
    assert cost() == few
    assert room.comment(ids[2]).useful_rank == lower_bound(2, 3)
    assert room.comment(ids[0]).useful_rank == lower_bound(1, 3)


@on_both_databases
def test_a_comment_that_waited_for_long_is_ranked_among_those_who_could_see_it(room: Room) -> None:
    early, held = room.says(), room.says(state=State.PENDING)
    for who in "abc":
        votes(room, early, who)
    room.clock.goes_on(hours=5)
    room.moves(held, Action.APPROVE)
    votes(room, held, "d")
    ranks(room)
    assert room.comment(held).useful_rank == lower_bound(1, 1)


@on_both_databases
def test_what_a_reader_found_useful_is_told_of_him_alone(room: Room) -> None:
    first, second = room.says(), room.says()
    votes(room, first, "a")
    votes(room, second, "b")
    with reading(room.engine) as session:
        assert queries.voted(session, "a", [first, second]) == {first}
        assert queries.voted(session, "a", [second]) == frozenset()
        assert queries.voted(session, "c", [first, second]) == frozenset()


def test_there_is_nothing_to_rank_where_the_discussion_is_gone(room: Room) -> None:
    with writing(room.engine) as session:
        actions.rank(session, 999)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["says", "votes", "votes", "votes", "takes back", "moves", "ranks"]),
        st.integers(0, 99),
        st.integers(0, 3),
    ),
    max_size=20,
)


def take(room: Room, step: tuple[str, int, int], ids: list[int]) -> None:
    what, pick, choice = step
    if what == "says" or not ids:
        ids.append(room.says())
    elif what == "moves":
        approved = room.comment(ids[pick % len(ids)]).state is State.APPROVED
        room.moves(ids[pick % len(ids)], Action.REJECT if approved else Action.APPROVE)
    elif what == "ranks":
        ranks(room)
    else:
        votes(room, ids[pick % len(ids)], "abcd"[choice], wish=what == "votes")


def check_every_step(engine: Engine, steps: list[tuple[str, int, int]]) -> None:
    room = Room(emptied(engine), Clock())
    ids: list[int] = []
    for step in steps:
        take(room, step, ids)
        with reading(room.engine) as session:
            rows = session.execute(select(Vote.comment_id, func.count()).group_by(Vote.comment_id))
            there: dict[int, Any] = {id_: number for id_, number in rows}
            for comment in session.scalars(select(Comment)):
                assert comment.useful_count == there.get(comment.id, 0)
                assert 0 <= comment.useful_rank <= 1


LENIENT = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=25, deadline=None, suppress_health_check=LENIENT)
@given(STEPS)
def test_the_count_is_that_of_the_rows(engine: Engine, steps: list[tuple[str, int, int]]) -> None:
    check_every_step(engine, steps)


@on_both_databases
def test_a_reader_who_is_forgotten_is_still_one_reader(room: Room) -> None:
    """His hash is gone, so he may be counted anew; the ranks stay what they were."""
    first, second = room.says(), room.says()
    for comment_id in (first, second):
        votes(room, comment_id, "a")
    votes(room, first, "b")
    ranks(room)
    before = [room.comment(c).useful_rank for c in (first, second)]
    with writing(room.engine) as session:
        assert forget_voters(session, room.clock.goes_on(days=1), 100) == 2
    ranks(room)
    assert [room.comment(c).useful_rank for c in (first, second)] == before
    with reading(room.engine) as session:
        assert queries.voted(session, "a", [first, second]) == frozenset()


@on_both_databases
def test_a_reader_is_forgotten_whole_however_small_the_portions(room: Room) -> None:
    """Cut in two he would be two readers, and the rank another."""
    found = [room.says() for _ in range(3)]
    for comment_id in found:
        for who in "ab":
            room.clock.goes_on(seconds=1)
            votes(room, comment_id, who)
    ranks(room)
    before = [room.comment(c).useful_rank for c in found]
    after = room.clock.goes_on(days=1)
    for forgotten in (1, 1, 0):
        with writing(room.engine) as session:
            assert forget_voters(session, after, 1) == forgotten
    ranks(room)
    assert [room.comment(c).useful_rank for c in found] == before
    with reading(room.engine) as session:
        assert len(set(session.scalars(select(Vote.who)))) == 2


@on_both_databases
def test_a_reader_who_goes_on_voting_in_a_discussion_stays_the_one_he_is_there(room: Room) -> None:
    first, second, elsewhere = room.says(), room.says(), room.says_elsewhere()
    votes(room, first, "a")
    votes(room, elsewhere, "a")
    then = room.clock.goes_on(days=1)
    votes(room, second, "a")
    with writing(room.engine) as session:
        assert forget_voters(session, then, 100) == 1
    with reading(room.engine) as session:
        asked = [first, second, elsewhere]
        assert queries.voted(session, "a", asked) == {first, second}


@on_both_databases
def test_votes_that_come_at_the_same_moment_are_all_counted_and_each_once(room: Room) -> None:
    own = room.says()
    readers = [*"abcd", *"abcd"]
    with ThreadPoolExecutor(len(readers)) as pool:
        list(pool.map(lambda who: votes(room, own, who), readers))
    assert room.comment(own).useful_count == 4
    assert len(owed(room)) == 1
