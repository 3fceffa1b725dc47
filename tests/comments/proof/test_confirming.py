"""An address is confirmed by pressing a button behind a mailed link, and by nothing else."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete

from comments.database import reading, writing
from comments.editing.withdrawing import withdraw
from comments.extension import Comments
from comments.following.models import Follow
from comments.models import Finding
from comments.proof.models import Mailbox, Name
from comments.reader import COOKIE
from comments.states import State

from ..browser import FILLED, words_of
from ..databases import on_both_databases
from ..host import Clock, Room
from ..mailing.catcher import Catcher, html_of, text_of
from .letters import DIA, Post, hash_of, jobs, mailbox, names, rows


@on_both_databases
def test_pressing_the_button_confirms_address_comment_and_name(post: Post, room: Room) -> None:
    own = post.says()
    answer = post.confirms(name="1")
    found = mailbox(room)
    assert found is not None
    assert room.keys.open(found.email_sealed) == DIA
    assert len(found.feed_key) == 43
    assert room.comment(own).proved
    assert names(room) == [FILLED["name"]]
    assert "Confirmed, thank you" in answer.text


def test_opening_the_link_changes_nothing(post: Post, room: Room) -> None:
    own = post.says()
    link = post.link()
    for _ in range(3):
        page = post.client.get(link)
        assert page.status_code == 200
    assert "Is this you?" in page.text
    assert FILLED["name"] in page.text
    assert not room.comment(own).proved
    assert (rows(room, Mailbox), rows(room, Name)) == (0, 0)


def test_the_page_is_for_one_reader_and_told_to_nobody(post: Post) -> None:
    post.says()
    page = post.client.get(post.link())
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "Set-Cookie" not in page.headers


def test_before_it_is_confirmed_the_address_is_kept_nowhere_but_with_the_comment(
    post: Post, room: Room
) -> None:
    post.says(follow="all")
    post.comments.run_due()
    (job,) = jobs(room, "mail_confirm")
    assert (job.ended, job.values) == ("done", {})
    assert (rows(room, Mailbox), rows(room, Follow)) == (0, 0)


def test_the_letter_says_nothing_of_what_was_typed(post: Post, catcher: Catcher) -> None:
    post.says(text="Koop goedkope pillen!", name="Koop Hier", url="https://pillen.example/")
    post.comments.run_due()
    (letter,) = catcher.letters
    for body in (text_of(letter), html_of(letter), letter["Subject"]):
        assert "pillen" not in body
        assert "Koop" not in body
    assert "De dekschuit" in text_of(letter)
    assert "https://weerwoord.example/me/confirm/" in html_of(letter)


def test_a_name_that_is_not_ticked_stays_anybodys(post: Post, room: Room) -> None:
    post.says()
    post.confirms()
    assert mailbox(room) is not None
    assert names(room) == []


@on_both_databases
def test_the_wish_to_follow_begins_with_the_confirmation(post: Post, room: Room) -> None:
    post.says(follow="all")
    link = post.link()
    assert "something new" in post.client.get(link).text
    post.presses(link)
    with reading(room.engine) as session:
        (follow,) = session.query(Follow).all()
    assert (follow.scope, follow.email_hash) == ("all", hash_of(room))


def test_used_again_the_link_says_that_it_is_done(post: Post, room: Room) -> None:
    post.says()
    link = post.link()
    post.presses(link)
    first = mailbox(room)
    for again in (post.client.get(link), post.presses(link, name="1")):
        assert again.status_code == 200
        assert "already done" in again.text
    assert names(room) == []
    second = mailbox(room)
    assert first is not None
    assert second is not None
    assert second.feed_key == first.feed_key


@pytest.mark.parametrize(("days", "status"), [(7, 200), (7.1, 410)])
def test_the_link_works_for_a_week(post: Post, clock: Clock, days: float, status: int) -> None:
    post.says()
    link = post.link()
    clock.goes_on(days=days)
    page = post.client.get(link)
    assert page.status_code == status
    assert ("no longer works" in page.text) is (status == 410)
    assert post.presses(link).status_code == status


@pytest.mark.parametrize("token", ["x", "WyJhIl0.x", "é", "a" * 5000, "%00", "[]"])
def test_a_forged_link_gets_a_kind_page(client: FlaskClient, room: Room, token: str) -> None:
    for answer in (client.get(f"/me/confirm/{token}"), client.post(f"/me/confirm/{token}")):
        assert answer.status_code == 410
        assert "no longer works" in answer.text
    assert rows(room, Mailbox) == 0


def test_a_link_for_one_thing_opens_no_other(post: Post, comments: Comments, clock: Clock) -> None:
    post.says()
    token = post.link().rpartition("/")[2]
    assert post.client.get(f"/me/{token}").status_code == 410
    own = comments.site.tokens.me(comments.site.keys.seal(DIA), clock())
    assert post.client.get(f"/me/confirm/{own}").status_code == 410


def test_another_site_cannot_press_the_button(post: Post, room: Room) -> None:
    post.says()
    answer = post.presses(post.link(), headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "press once more" in answer.text
    assert mailbox(room) is None


def test_a_comment_that_is_gone_cannot_be_confirmed(post: Post, room: Room) -> None:
    own = post.says()
    link = post.link()
    with writing(room.engine) as session:
        withdraw(session, post.comments.site, [own], room.clock())
    assert room.comment(own).state is State.WITHDRAWN
    assert post.client.get(link).status_code == 410
    assert post.presses(link).status_code == 410
    assert mailbox(room) is None


def test_only_who_ticks_it_is_remembered(post: Post, room: Room) -> None:
    post.says()
    post.confirms()
    assert post.client.get_cookie(COOKIE) is None
    post.says(text="Nog iets.")
    post.confirms(remember="1")
    post.says(text="En nog iets.", remember="1")
    assert post.letters() == 2


def test_in_a_browser_that_remembers_the_next_comment_is_proved(post: Post, room: Room) -> None:
    post.says()
    post.confirms(remember="1", name="1")
    own = post.says(text="Nog iets.", remember="1", follow="replies")
    assert room.comment(own).proved
    assert post.letters() == 1
    assert rows(room, Follow) == 1


def test_in_that_browser_another_address_is_not_proved(post: Post, room: Room) -> None:
    post.says()
    post.confirms(remember="1")
    own = post.says(text="Nog iets.", remember="1", email="eve@elders.example")
    assert not room.comment(own).proved
    assert post.letters("eve@elders.example") == 1


def test_in_another_browser_nothing_is_proved(post: Post, room: Room, app: Flask) -> None:
    post.says()
    post.confirms(remember="1")
    other = Post(app.test_client(), post.comments, post.catcher)
    own = other.says(text="Nog iets.")
    assert not room.comment(own).proved


def test_a_forgotten_address_is_proved_by_no_cookie(post: Post, room: Room) -> None:
    post.says()
    post.confirms(remember="1")
    with writing(room.engine) as session:
        session.execute(delete(Mailbox))
    assert not room.comment(post.says(text="Nog iets.", remember="1")).proved


def test_the_way_back_shows_him_his_own_waiting_comment(post: Post) -> None:
    own = post.says(text="Wie wacht er?")
    answer = post.confirms()
    link = answer.text.partition('href="/dekschuit/')[2].partition('"')[0]
    assert "Wie wacht er?" in post.client.get(f"/dekschuit/{link}").text
    assert f"#comment-{own}" in link


def test_it_waits_for_a_person_still(post: Post, room: Room) -> None:
    own = post.says()
    answer = post.confirms()
    assert room.comment(own).state is State.PENDING
    assert "One of us reads your comment" in words_of(answer.text)
    with reading(room.engine) as session:
        assert [row.code for row in session.query(Finding)] == ["waits_for_person"]
