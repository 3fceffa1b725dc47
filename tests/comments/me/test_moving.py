"""Whoever has the link to his page and a letter at a new address moves all that is kept of him there."""

from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, select

from comments.database import reading, writing
from comments.following.models import Follow
from comments.host import Subject
from comments.me import actions
from comments.proof.models import Mailbox, Name
from comments.reader import COOKIE
from comments.reporting.models import Report
from comments.states import State
from comments.useful import actions as useful
from comments.useful.models import Vote

from ..databases import on_both_databases
from ..host import DECK, SPOKE, Clock, Room
from ..mailing.catcher import text_of
from ..proof.letters import DIA, EVE, Post, hash_of, jobs, mailbox, names, rows
from .owner import Owner
from .test_leaving import kept_of, reported
from .test_page import confirmed, followed

NEW = "dia@nieuw.example"
CHANGES = "UPDATE ww_comment"


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


def eve_says(room: Room, subject: Subject) -> int:
    draft = replace(room.draft(key=subject.key), name="Eve", email=EVE)
    return room.accept(draft, subject=subject)


def voted(room: Room, comment_id: int, email: str, key: str = "dekschuit") -> None:
    """In a browser that has proved this address."""
    own = room.keys.digest("vote", f"{key}\0address\0{hash_of(room, email)}")
    with writing(room.engine) as session:
        assert useful.vote(session, comment_id, own, room.clock())


@on_both_databases
def test_what_he_found_useful_is_counted_once_for_both_addresses(
    owner: Owner, post: Post, room: Room
) -> None:
    room.says()
    once, twice, elsewhere = (eve_says(room, subject) for subject in (DECK, DECK, SPOKE))
    for comment_id, email in ((once, DIA), (twice, DIA), (twice, NEW), (twice, EVE)):
        voted(room, comment_id, email)
    voted(room, elsewhere, DIA, SPOKE.key)
    asks(owner)
    post.comments.run_due()
    version = room.thread().version
    post.presses(post.link(NEW))
    counts = [room.comment(each).useful_count for each in (once, twice, elsewhere)]
    assert counts == [1, 2, 1]
    assert (rows(room, Vote), room.thread().version) == (4, version + 1)
    moved = Owner(owner.client, owner.comments, NEW).exported()["found_useful"]
    assert [each["comment"] for each in moved] == [once, twice, elsewhere]
    assert owner.exported()["found_useful"] == []
    assert jobs(room, "rank")[-1].ended == ""


@pytest.mark.service
@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_threads_are_locked_in_one_order(owner: Owner, room: Room, engine: Engine) -> None:
    """Before any comment of theirs is changed; else two of these wait for each other."""
    room.says()
    room.says_elsewhere()
    box = actions.NewBox(hash_of(room, NEW), "", "en", "feed")
    said: list[str] = []

    def hears(*given: Any) -> None:
        said.append(given[2])

    event.listen(engine, "before_cursor_execute", hears)
    with writing(room.engine) as session:
        actions.rename(session, hash_of(room), "Dia O.", room.clock())
        actions.move_address(session, hash_of(room), box, [], room.clock())
    event.remove(engine, "before_cursor_execute", hears)
    locks = [each for each in said if "FOR UPDATE" in each]
    assert all("ORDER BY ww_thread.id FOR UPDATE" in each for each in locks)
    changes = [each in locks for each in said if each in locks or each.startswith(CHANGES)]
    assert changes == [True, False, True, False]


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
