"""The data clock lets go of what is past its time, of nothing else, and winds itself up again."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from comments.database import reading, writing
from comments.draft import Origin as From
from comments.following.actions import follow
from comments.following.models import Follow, News
from comments.keeping import clock as data_clock
from comments.keeping.classes import Kind
from comments.models import Comment, Job, Origin, Revision
from comments.proof.models import Mailbox, Name
from comments.reporting.models import Report
from comments.site import Site
from comments.states import Action, State
from comments.useful.models import FORGOTTEN, Vote

from ..databases import on_both_databases
from ..host import Clock, Room

pytestmark = on_both_databases
DAYS = {
    Kind.ORIGIN: 30,
    Kind.ADDRESS: 365,
    Kind.EARLIER: 365,
    Kind.CONFIRMED: 730,
    Kind.REPORTS: 180,
    Kind.VOTES: 30,
    Kind.ERRANDS: 30,
    Kind.HASH: 1,
}


@pytest.fixture
def site(app: Flask) -> Site:
    found: Site = app.extensions["comments"].site
    return found


@pytest.fixture
def said(room: Room) -> int:
    """A comment with one of everything that the clock looks after."""
    origin = From("192.0.2.77", "Lezer/1.0")
    comment_id = room.accept(replace(room.draft("De eerste."), origin=origin))
    room.is_edited(comment_id, "Een betere.")
    room.is_reported(comment_id)
    room.moves(comment_id, Action.APPROVE)
    with writing(room.engine) as session:
        thread_id = session.get_one(Comment, comment_id).thread_id
        session.add_all(
            [
                Mailbox(
                    email_hash="h", email_sealed="1:s", feed_key="k", confirmed_at=room.clock()
                ),
                Vote(comment_id=comment_id, who="hash", thread_id=thread_id, at=room.clock()),
                Job(
                    kind="x",
                    values={},
                    created_at=room.clock(),
                    not_before=room.clock(),
                    ended="done",
                ),
            ]
        )
    return comment_id


def due(site: Site) -> Mapping[Kind, int]:
    return {kind: number for kind, number in data_clock.due(site, site.clock()).items() if number}


@pytest.mark.parametrize("kind", DAYS)
def test_each_kind_goes_on_its_own_day_and_not_before(
    site: Site, room: Room, said: int, clock: Clock, kind: Kind
) -> None:
    clock.goes_on(seconds=(timedelta(days=DAYS[kind]) - timedelta(minutes=1)).total_seconds())
    assert kind not in due(site)
    clock.goes_on(seconds=120)
    assert kind in due(site)


def run_after(site: Site, clock: Clock, days: int) -> None:
    clock.goes_on(seconds=timedelta(days=days).total_seconds())
    data_clock.run(site, site.clock())


def test_after_all_lives_only_what_is_public_is_left(
    site: Site, room: Room, said: int, clock: Clock
) -> None:
    run_after(site, clock, 731)
    comment = room.comment(said)
    assert (comment.source, comment.author_name) == ("Een betere.", "Dia Okonkwo")
    assert (comment.email_sealed, comment.once) == ("", None)
    with reading(room.engine) as session:
        for table in (Origin, Revision, Mailbox):
            assert session.scalar(select(func.count()).select_from(table)) == 0
        report = session.scalars(select(Report)).one()
        assert (report.why, report.name, report.email_sealed, report.outcome) == (
            "",
            "",
            "",
            "kept",
        )
        vote = session.scalars(select(Vote)).one()
        assert vote.who.startswith(FORGOTTEN)
    assert due(site) == {}


def test_a_text_that_waits_does_not_go(site: Site, room: Room, clock: Clock) -> None:
    comment_id = room.says()
    room.is_edited(comment_id, "Nog steeds beter.")
    run_after(site, clock, 800)
    room.moves(comment_id, Action.APPROVE)
    assert room.comment(comment_id).source == "Nog steeds beter."


def test_an_open_report_does_not_go(site: Site, room: Room, clock: Clock) -> None:
    room.is_reported(room.says(), "Dit is mijn adres.")
    run_after(site, clock, 800)
    with reading(room.engine) as session:
        assert session.scalars(select(Report.why)).all() == ["Dit is mijn adres."]


@pytest.mark.parametrize("use", ["name", "follow", "comment"])
def test_an_address_that_is_used_does_not_go(
    site: Site, room: Room, said: int, clock: Clock, use: str
) -> None:
    clock.goes_on(seconds=timedelta(days=729).total_seconds())
    with writing(room.engine) as session:
        comment = session.get_one(Comment, said)
        now = clock()
        if use == "name":
            session.add(Name(skeleton="dia", name="Dia", email_hash="h", confirmed_at=now))
        elif use == "follow":
            session.add(
                Follow(email_hash="h", thread_id=comment.thread_id, scope="all", created_at=now)
            )
        else:
            comment.email_hash, comment.created_at = "h", now
    run_after(site, clock, 2)
    with reading(room.engine) as session:
        assert session.get(Mailbox, "h") is not None


def test_what_a_task_waits_for_does_not_go(site: Site, room: Room, clock: Clock) -> None:
    room.says()
    run_after(site, clock, 800)
    with reading(room.engine) as session:
        assert session.scalars(select(Job.kind)).all() == ["tell_followers"]


def told_of(room: Room, *comment_ids: int) -> None:
    """Somebody who follows the discussion has these still to hear of."""
    now = room.clock()
    with writing(room.engine) as session:
        if session.get(Mailbox, "h") is None:
            session.add(Mailbox(email_hash="h", email_sealed="", feed_key="k", confirmed_at=now))
            session.flush()
        follow(session, "h", session.get_one(Comment, comment_ids[0]).thread_id, "all", now)
        (own,) = session.scalars(select(Follow.id))
        session.add_all(News(follow_id=own, comment_id=each, at=now) for each in comment_ids)


def untold(room: Room) -> list[int]:
    with reading(room.engine) as session:
        return list(session.scalars(select(News.comment_id).order_by(News.comment_id)))


def test_news_of_what_readers_do_not_see_goes_after_a_week(
    site: Site, room: Room, clock: Clock
) -> None:
    public = room.says()
    hidden = [room.says(state=state) for state in State if state is not State.APPROVED]
    told_of(room, public, *hidden)
    run_after(site, clock, 6)
    young = room.says(state=State.SPAM)
    told_of(room, young)
    assert untold(room) == [public, *hidden, young]
    clock.goes_on(days=1, seconds=1)
    assert due(site)[Kind.FOLLOWS] == len(hidden)
    run_after(site, clock, 0)
    assert untold(room) == [public, young]
    with reading(room.engine) as session:
        assert session.scalar(select(func.count()).select_from(Follow)) == 1


def test_many_go_in_portions(
    site: Site, room: Room, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from_here = From("192.0.2.77", "Lezer/1.0")
    for _ in range(5):
        room.accept(replace(room.draft(), origin=from_here))
    monkeypatch.setattr(data_clock, "PORTION", 2)
    clock.goes_on(seconds=timedelta(days=31).total_seconds())
    told: list[int] = []

    def hears(kind: Kind, number: int) -> None:
        if kind is Kind.ORIGIN:
            told.append(number)

    data_clock.run(site, site.clock(), hears)
    assert told == [2, 2, 1]


def test_the_worker_winds_the_clockonce_and_it_runs_once_a_day(
    app: Flask, room: Room, clock: Clock
) -> None:
    comments = app.extensions["comments"]
    for _ in range(3):
        comments.sweep()
    with reading(room.engine) as session:
        rows = session.scalars(select(Job).where(Job.kind == "clock").order_by(Job.id)).all()
    assert [(row.ended, row.not_before) for row in rows] == [
        ("done", clock.now),
        ("", clock.now + timedelta(days=1)),
    ]


def test_the_command_says_what_would_go_and_lets_it_go(
    app: Flask, room: Room, said: int, clock: Clock
) -> None:
    clock.goes_on(seconds=timedelta(days=31).total_seconds())
    runner = app.test_cli_runner()
    dry = runner.invoke(args=["comments", "forget", "--dry-run"]).stdout
    assert "origin: 1 would go" in dry
    assert "origin: 1 went" in runner.invoke(args=["comments", "forget"]).stdout
    assert "origin: 0 would go" in runner.invoke(args=["comments", "forget", "--dry-run"]).stdout
