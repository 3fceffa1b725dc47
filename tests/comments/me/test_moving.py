"""Whoever has the link to his page and a letter at a new address moves all that is kept of him there."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from comments.database import reading
from comments.following.models import Follow
from comments.proof.models import Mailbox, Name
from comments.reader import COOKIE
from comments.reporting.models import Report
from comments.states import State

from ..databases import on_both_databases
from ..host import Clock, Room
from ..mailing.catcher import text_of
from ..proof.letters import DIA, Post, hash_of, mailbox, names, rows
from .owner import Owner
from .test_leaving import kept_of, reported
from .test_page import confirmed, followed

NEW = "dia@nieuw.example"


def asks(owner: Owner, email: str = NEW) -> None:
    assert "Look in the mail of the new address" in owner.done("address", email=email)


@on_both_databases
def test_all_of_it_is_kept_of_the_new_address(owner: Owner, post: Post, room: Room) -> None:
    own = [room.says(state=state) for state in State]
    confirmed(room, DIA, "Dia Okonkwo")
    followed(room)
    reported(room, own[1])
    before = mailbox(room)
    asks(owner)
    page = post.presses(post.link(NEW))
    assert "All of it has moved" in page.text
    assert kept_of(room, hash_of(room)) == []
    assert {room.comment(each).email_hash for each in own} == {hash_of(room, NEW)}
    assert room.keys.open(room.comment(own[0]).email_sealed) == NEW
    assert names(room, NEW) == ["Dia Okonkwo"]
    after = mailbox(room, NEW)
    assert before is not None
    assert after is not None
    assert after.feed_key == before.feed_key
    with reading(room.engine) as session:
        assert session.scalars(select(Follow.email_hash)).all() == [hash_of(room, NEW)]
        assert session.scalars(select(Report.email_hash)).all() == [hash_of(room, NEW)]
    assert "do not know this address" in owner.looks().text
    assert f"{len(own)} comments" in Owner(owner.client, owner.comments, NEW).looks().text


@on_both_databases
def test_what_the_new_address_has_already_stays(owner: Owner, post: Post, room: Room) -> None:
    room.says()
    confirmed(room, DIA, "Dia Okonkwo")
    confirmed(room, NEW, "D. Nieuw")
    followed(room)
    followed(room, NEW)
    asks(owner)
    post.presses(post.link(NEW))
    assert names(room, NEW) == ["Dia Okonkwo", "D. Nieuw"]
    assert (rows(room, Follow), rows(room, Mailbox), rows(room, Name)) == (1, 1, 2)
    found = mailbox(room, NEW)
    assert found is not None
    assert found.feed_key == f"the feed of {NEW}"


def test_opening_the_link_moves_nothing(owner: Owner, post: Post, room: Room) -> None:
    own = room.says()
    asks(owner)
    page = post.client.get(post.link(NEW))
    assert DIA in page.text
    assert NEW in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    assert room.comment(own).email_hash == hash_of(room)


def test_the_letter_names_nobody(owner: Owner, post: Post, room: Room) -> None:
    room.says()
    asks(owner)
    post.comments.run_due()
    (letter,) = post.catcher.letters
    assert letter["To"] == NEW
    assert DIA not in text_of(letter)
    assert "Okonkwo" not in text_of(letter)


def test_pressed_again_there_is_nothing_left_to_move(owner: Owner, post: Post, room: Room) -> None:
    room.says()
    asks(owner)
    link = post.link(NEW)
    assert post.presses(link).status_code == 200
    assert post.presses(link).status_code == 410
    assert post.client.get(link).status_code == 410


def test_another_site_moves_nothing(owner: Owner, post: Post, room: Room) -> None:
    own = room.says()
    asks(owner)
    answer = post.presses(post.link(NEW), headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert room.comment(own).email_hash == hash_of(room)


def test_the_link_ends_after_a_day(owner: Owner, post: Post, room: Room, clock: Clock) -> None:
    room.says()
    asks(owner)
    link = post.link(NEW)
    clock.goes_on(hours=25)
    assert post.presses(link).status_code == 410


@pytest.mark.parametrize("email", ["", "x", DIA, DIA.upper(), "a@b"])
def test_an_odd_address_is_turned_down(owner: Owner, room: Room, email: str) -> None:
    room.says()
    answer = owner.does("address", email=email)
    assert answer.status_code == 422
    assert "does not look right" in answer.text


def test_no_address_gets_more_than_three_such_letters(owner: Owner, post: Post, room: Room) -> None:
    room.says()
    for _ in range(5):
        asks(owner)
    assert post.letters(NEW) == 3


@pytest.mark.parametrize("token", ["x", "W10.x", "é"])
def test_a_forged_link_moves_nothing(client: FlaskClient, token: str) -> None:
    assert client.get(f"/me/move/{token}").status_code == 410
    assert client.post(f"/me/move/{token}").status_code == 410


def test_the_browser_no_longer_fills_in_the_old_address(
    owner: Owner, post: Post, room: Room
) -> None:
    post.says(remember="1")
    asks(owner)
    post.presses(post.link(NEW))
    assert post.client.get_cookie(COOKIE) is None
