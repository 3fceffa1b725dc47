"""Who hears of a comment that became public: whom it concerns, once, in portions."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import event, insert, select

from comments.database import reading, writing
from comments.following import telling
from comments.following.models import Follow
from comments.models import Comment
from comments.outbox import Task
from comments.proof.models import Mailbox
from comments.states import Action, State

from ..databases import on_both_databases
from ..host import SPOKE, Clock, Room, SmallHost
from ..small_site import small_site
from .crowd import DIA, EVE, FAY, Crowd, flat


@on_both_databases
def test_who_follows_a_discussion_hears_what_others_say_in_it(crowd: Crowd) -> None:
    crowd.follows(DIA)
    crowd.says(EVE, "Iets nieuws.")
    assert crowd.told(DIA) == [["Iets nieuws."]]


@on_both_databases
def test_nobody_hears_of_his_own_comment(crowd: Crowd) -> None:
    crowd.follows(DIA)
    crowd.follows(EVE)
    crowd.says(DIA, "Van mijzelf.")
    assert crowd.told(DIA) == []
    assert crowd.told(EVE) == [["Van mijzelf."]]


def test_nobody_hears_of_another_discussion(crowd: Crowd) -> None:
    crowd.follows(DIA)
    crowd.says(EVE, subject=SPOKE)
    assert crowd.told(DIA) == []


@on_both_databases
def test_who_wants_replies_hears_only_those_to_himself(crowd: Crowd) -> None:
    own, other = crowd.says(DIA), crowd.says(EVE)
    crowd.work()
    crowd.follows(DIA, "replies")
    crowd.says(EVE, "Aan Dia.", own)
    crowd.says(FAY, "Aan Eve.", other)
    crowd.says(FAY, "Aan niemand.")
    assert flat(crowd.told(DIA)) == ["Aan Dia."]


def test_what_waits_is_told_to_nobody_until_it_is_approved(crowd: Crowd) -> None:
    crowd.follows(DIA)
    held = crowd.says(EVE, "Eerst wachten.", state=State.PENDING)
    assert crowd.told(DIA) == []
    crowd.approves(held)
    assert crowd.told(DIA) == [["Eerst wachten."]]


def test_what_is_undone_in_time_is_told_to_nobody(crowd: Crowd, room: Room) -> None:
    crowd.follows(DIA)
    held = crowd.says(EVE, state=State.PENDING)
    room.undoes(room.moves(held, Action.APPROVE))
    crowd.later(hours=2)
    assert crowd.told(DIA) == []


@on_both_databases
def test_what_is_held_and_approved_again_is_told_once(crowd: Crowd) -> None:
    crowd.follows(DIA)
    said = crowd.says(EVE, "Eén keer.")
    crowd.work()
    for _ in range(2):
        crowd.holds(said)
        crowd.later(hours=2)
        crowd.approves(said)
    crowd.later(hours=2)
    assert crowd.told(DIA) == [["Eén keer."]]


@on_both_databases
def test_what_was_held_before_its_letter_went_is_told_after_all(crowd: Crowd) -> None:
    crowd.follows(DIA)
    crowd.says(EVE, "De eerste.")
    crowd.work()
    said = crowd.says(EVE, "De tweede.")
    crowd.work()
    crowd.holds(said)
    crowd.later(hours=2)
    assert crowd.told(DIA) == [["De eerste."]]
    crowd.approves(said)
    assert crowd.told(DIA) == [["De eerste."], ["De tweede."]]


def test_an_edit_is_no_news(crowd: Crowd, room: Room) -> None:
    crowd.follows(DIA)
    said = crowd.says(EVE, "Zoals het was.")
    crowd.work()
    room.is_edited(said, "Zoals het is.")
    crowd.approves(said)
    crowd.later(hours=2)
    assert crowd.told(DIA) == [["Zoals het was."]]


def test_a_pingback_is_no_news(crowd: Crowd, room: Room) -> None:
    crowd.follows(DIA)
    room.is_pinged(State.APPROVED)
    crowd.later(hours=2)
    assert crowd.told(DIA) == []


def test_who_follows_from_now_on_hears_nothing_of_before(crowd: Crowd) -> None:
    crowd.says(EVE, "Van vroeger.")
    crowd.work()
    crowd.follows(DIA)
    crowd.later(hours=2)
    assert crowd.told(DIA) == []


def test_a_site_without_mail_piles_nothing_up(host: SmallHost, clock: Clock, room: Room) -> None:
    app = small_site(host, clock)
    crowd = Crowd(room, app.extensions["comments"], None)  # type: ignore[arg-type]
    crowd.follows(DIA)
    held = crowd.says(EVE, state=State.PENDING, tell=True)
    crowd.approves(held)
    crowd.work()
    assert crowd.news() == []
    assert crowd.jobs("tell_followers", "tell_author", "letter", "digest") == []
    crowd.comments.site.versions.close()


def many_follow(crowd: Crowd, count: int) -> None:
    first = crowd.follows(DIA)
    with writing(crowd.room.engine) as session:
        thread_id = session.get_one(Follow, first).thread_id
        now = crowd.room.clock()
        boxes = [
            {"email_hash": f"h{n}", "email_sealed": "", "feed_key": f"k{n}", "confirmed_at": now}
            for n in range(count - 1)
        ]
        session.execute(insert(Mailbox), [{**box, "language": ""} for box in boxes])
        follows = [
            {
                "email_hash": box["email_hash"],
                "thread_id": thread_id,
                "scope": "all",
                "rhythm": "day" if n % 2 else "hour",
                "created_at": now,
            }
            for n, box in enumerate(boxes)
        ]
        session.execute(insert(Follow), follows)


def tell(crowd: Crowd, comment_id: int) -> None:
    now = crowd.room.clock()
    task = Task(1, "tell_followers", comment_id, 1, {}, now)
    telling.tell_followers(crowd.comments.site, task, now)


@on_both_databases
def test_many_followers_are_told_in_portions_and_each_once(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "PORTION", 100)
    many_follow(crowd, 450)
    said = crowd.says(EVE)
    seen = [0]

    def note(*given: Any) -> None:
        seen.append(len(crowd.news()))

    event.listen(crowd.room.engine, "commit", note)
    try:
        tell(crowd, said)
    finally:
        event.remove(crowd.room.engine, "commit", note)
    assert max(later - earlier for earlier, later in pairwise(seen)) == 100
    for _ in range(2):
        assert len(crowd.news()) == 450
        assert len(crowd.jobs("letter")) + len(crowd.jobs("digest")) == 450
        tell(crowd, said)


class Cut(Exception):
    """The power goes."""


@on_both_databases
@pytest.mark.parametrize("commits", [1, 2, 5, 7, 9])
def test_cut_off_anywhere_it_goes_on_where_it_was(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch, commits: int
) -> None:
    monkeypatch.setattr(telling, "PORTION", 100)
    many_follow(crowd, 450)
    said = crowd.says(EVE)
    left = commits

    def cut(*given: Any) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Cut

    engine = crowd.room.engine
    event.listen(engine, "commit", cut)
    try:
        with pytest.raises(Cut):
            tell(crowd, said)
    finally:
        event.remove(engine, "commit", cut)
    with reading(engine) as session:
        hearing = set(
            session.scalars(select(Follow.id).join(Comment, Comment.told_to >= Follow.id))
        )
    assert {one.follow_id for one in crowd.news()} == hearing
    tell(crowd, said)
    assert len(crowd.news()) == 450
    assert len(crowd.jobs("letter")) + len(crowd.jobs("digest")) == 450


@on_both_databases
def test_six_at_once_tell_each_follower_once(crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "PORTION", 50)
    many_follow(crowd, 200)
    said = [crowd.says(EVE) for _ in range(2)]
    start = Barrier(6)

    def work(comment_id: int) -> None:
        start.wait()
        tell(crowd, comment_id)

    with ThreadPoolExecutor(6) as workers:
        for done in [workers.submit(work, said[n % 2]) for n in range(6)]:
            done.result()
    assert len(crowd.news()) == 400
    assert len(crowd.jobs("letter")) + len(crowd.jobs("digest")) == 200
