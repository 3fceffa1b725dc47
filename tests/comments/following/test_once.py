"""A letter that is cut off, raced for or overtaken: it comes once, and nothing is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from comments import outbox
from comments.database import writing
from comments.following import actions, queries, sending
from comments.following.models import Follow, News
from comments.mailing.sending import deliver
from comments.me import actions as me
from comments.me.moving import Move, move
from comments.outbox import LEASE

from ..databases import on_both_databases, until_somebody_waits
from ..host import DECK, SPOKE
from .crowd import DIA, EVE, FAY, Crowd, flat, task_of


@on_both_databases
@pytest.mark.parametrize("rhythm", ["hour", "day"])
def test_cut_off_after_sending_it_sends_the_same_letter_once_more(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch, rhythm: str
) -> None:
    crowd.follows(DIA, rhythm=rhythm)
    crowd.says(EVE)

    def cut(*given: Any) -> None:
        raise KeyboardInterrupt

    crowd.work() if rhythm == "day" else None
    crowd.later(hours=24)
    with monkeypatch.context() as patched:
        patched.setattr(actions, "close", cut)
        with pytest.raises(KeyboardInterrupt):
            crowd.work()
    crowd.later(seconds=LEASE.total_seconds())
    first, second = crowd.letters(DIA)
    assert first["Message-ID"] == second["Message-ID"]
    crowd.later(hours=30)
    assert len(crowd.letters(DIA)) == 2


@on_both_databases
def test_a_task_that_was_overtaken_sends_nothing(crowd: Crowd) -> None:
    crowd.follows(DIA)
    crowd.says(EVE)
    crowd.work()
    crowd.says(EVE)
    crowd.work()
    (job,) = crowd.jobs("letter")
    with writing(crowd.room.engine) as session:
        session.scalars(select(Follow)).one().letter_id = job.id + 1
    crowd.later(hours=2)
    assert len(crowd.letters(DIA)) == 1


@on_both_databases
def test_a_letter_that_was_given_up_hinders_no_later_one(crowd: Crowd) -> None:
    crowd.follows(DIA)
    crowd.says(EVE, "Een.")
    crowd.work()
    crowd.says(EVE, "Twee.")
    crowd.work()
    with writing(crowd.room.engine) as session:
        outbox.close(session.merge(crowd.jobs("letter")[0]), "given_up")
    crowd.later(hours=2)
    assert len(crowd.letters(DIA)) == 1
    crowd.says(EVE, "Drie.")
    assert crowd.told(DIA)[1:] == [["Twee.", "Drie."]]


@on_both_databases
@pytest.mark.parametrize("rhythm", ["hour", "day"])
def test_of_six_workers_one_sends_the_letter(crowd: Crowd, rhythm: str) -> None:
    for subject in (DECK, SPOKE):
        crowd.follows(DIA, rhythm=rhythm, subject=subject)
    for _ in range(4):
        crowd.says(EVE)
        crowd.says(EVE, subject=SPOKE)
    race(crowd)
    crowd.later(hours=24)
    race(crowd)
    told = crowd.told(DIA)
    if rhythm == "day":
        assert len(told) == 1
    else:
        assert len(told) <= 4
    assert len(flat(told)) == len(set(flat(told))) == 8


def race(crowd: Crowd) -> None:
    start = Barrier(6)

    def work() -> None:
        start.wait()
        crowd.comments.run_due()

    with ThreadPoolExecutor(6) as workers:
        for done in [workers.submit(work) for _ in range(6)]:
            done.result()


@on_both_databases
def test_news_that_comes_while_a_letter_is_sent_is_told_by_the_next(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd.follows(DIA)
    crowd.says(EVE, "Een.")
    usual = deliver

    def slowly(*given: Any, **more: Any) -> bool:
        monkeypatch.undo()
        sent = usual(*given, **more)
        crowd.says(EVE, "Twee.")
        (told,) = crowd.jobs("tell_followers")[-1:]
        crowd.comments.handlers["tell_followers"](task_of(told), crowd.room.clock())
        return sent

    monkeypatch.setattr(sending, "deliver", slowly)
    crowd.work()
    assert crowd.told(DIA) == [["Een."]]
    crowd.later(hours=2)
    assert crowd.told(DIA) == [["Een."], ["Twee."]]


@pytest.mark.parametrize(
    "engine", [pytest.param("postgresql", marks=pytest.mark.service)], indirect=True
)
@pytest.mark.parametrize("ends", [actions.stop_all, me.forget])
def test_who_stops_while_his_letter_is_told_of_waits_and_neither_fails(
    crowd: Crowd, ends: Callable[[Session, str], object]
) -> None:
    own = crowd.follows(DIA)
    crowd.says(EVE)
    crowd.work()
    crowd.says(EVE)
    crowd.comments.handlers["tell_followers"](
        task_of(crowd.jobs("tell_followers")[-1]), crowd.room.clock()
    )
    engine = crowd.room.engine

    def stops() -> None:
        with writing(engine) as session:
            ends(session, crowd.hash(DIA))

    with ThreadPoolExecutor(1) as pool:
        with writing(engine) as session:
            queries.held(session, Follow.id == own)  # as the end of a letter begins
            stopped = pool.submit(stops)
            until_somebody_waits(engine)
            session.execute(delete(News).where(News.follow_id == own))
        stopped.result()
    assert (crowd.all_follows(), crowd.news()) == ([], [])


@on_both_databases
@pytest.mark.parametrize("rhythm", ["hour", "day"])
@pytest.mark.parametrize("known", [True, False], ids=["has a mailbox", "has none"])
def test_who_moves_to_another_address_is_told_there(crowd: Crowd, rhythm: str, known: bool) -> None:
    crowd.follows(DIA, rhythm=rhythm)
    crowd.says(EVE, "Een.")
    crowd.work()
    crowd.later(hours=20)
    crowd.work()
    crowd.says(EVE, "Twee.")
    if rhythm == "day":
        crowd.work()
    if known:
        crowd.has_mailbox(FAY)
    found = Move(DIA, FAY, crowd.hash(DIA), crowd.hash(FAY))
    move(crowd.comments.site, found, "en", "a feed of his own", crowd.room.clock())
    crowd.later(hours=24)
    assert crowd.told(DIA) == [["Een."]]
    assert crowd.told(FAY) == [["Twee."]]
    assert crowd.jobs("letter", "digest") == []
