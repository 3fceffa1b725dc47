"""The small form under a discussion, and the wish in the comment form: one letter asks, its link begins it."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from comments.proof.models import Mailbox

from ..browser import SAME_ORIGIN, Form, Reader, form_in, posts, words_of
from ..host import BOB, DECK, Clock, Room, SmallHost
from ..mailing.catcher import text_of
from ..proof.letters import Post, rows
from ..small_site import small_site
from .crowd import DIA, EVE, Crowd

PLACE = "/comments/dekschuit/follow"


def small_form(html: str) -> Form:
    (found,) = [form for form in Reader(html).forms if form.action.startswith(PLACE)]
    return found


def sends(client: FlaskClient, headers: Any = SAME_ORIGIN, **typed: str) -> TestResponse:
    form = small_form(client.get("/dekschuit/").text)
    fields = {**form.fields, "email": EVE, **typed}
    return client.post(form.action, data=fields, headers=headers)


def test_it_stands_under_a_discussion_the_same_for_all(client: FlaskClient) -> None:
    first = client.get("/dekschuit/")
    assert small_form(first.text).fields["scope"] == "all"
    assert first.data == client.get("/dekschuit/").data
    assert "Set-Cookie" not in first.headers


def test_without_mail_nothing_is_offered(host: SmallHost, clock: Clock) -> None:
    client = small_site(host, clock).test_client()
    assert PLACE not in client.get("/dekschuit/").text
    token = form_in(client.get("/dekschuit/").text).fields["token"]
    answer = client.post(PLACE, data={"token": token, "email": EVE}, headers=SAME_ORIGIN)
    assert answer.status_code == client.get(PLACE).status_code == 404


@pytest.mark.parametrize("scope", ["all", "replies"])
def test_its_letter_begins_it_and_before_that_nothing_is_kept(
    client: FlaskClient, post: Post, crowd: Crowd, room: Room, scope: str
) -> None:
    answer = sends(client, scope=scope)
    assert answer.status_code == 200
    assert "Look in your mail" in answer.text
    link = post.link(EVE)
    assert rows(room, Mailbox) == 0
    assert crowd.all_follows() == []
    assert post.presses(link).status_code == 200
    (one,) = crowd.all_follows()
    assert (one.email_hash, one.scope, one.rhythm) == (crowd.hash(EVE), scope, "hour")


def test_who_pressed_the_link_hears_of_what_comes(
    client: FlaskClient, post: Post, crowd: Crowd
) -> None:
    sends(client)
    post.presses(post.link(EVE))
    crowd.says(DIA, "Iets nieuws.")
    assert "> Iets nieuws." in text_of(crowd.letters(EVE)[-1])


def test_the_answer_is_the_same_whoever_it_is_and_however_often(
    client: FlaskClient, crowd: Crowd
) -> None:
    crowd.follows(EVE)
    answers = {words_of(sends(client).text) for _ in range(5)}
    assert len(answers) == 1
    assert len(crowd.letters(EVE)) == 3
    assert words_of(sends(client, email=DIA).text) == answers.pop().replace(EVE, DIA)


def test_an_odd_wish_is_the_whole_discussion(client: FlaskClient, post: Post, crowd: Crowd) -> None:
    sends(client, scope="everything, please")
    post.presses(post.link(EVE))
    assert crowd.all_follows()[0].scope == "all"


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ({"email": ""}, 422, "address"),
        ({"email": "eve at elders"}, 422, "address"),
        ({"email": "eve@elders.example\r\nBcc: x@y.example"}, 422, "address"),
        ({"token": "old"}, 422, "stood open for long"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_given_back(
    client: FlaskClient, crowd: Crowd, typed: dict[str, str], status: int, said: str
) -> None:
    answer = sends(client, scope="replies", **typed)
    assert answer.status_code == status
    assert said in answer.text
    again = small_form(answer.text).fields
    assert again["scope"] == "replies"
    assert again["email"] == typed.get("email", EVE)
    crowd.work()
    assert crowd.catcher.letters == []
    done = client.post(PLACE, data={**again, "email": EVE}, headers=SAME_ORIGIN)
    assert "Look in your mail" in done.text


def test_another_site_cannot_have_letters_sent(client: FlaskClient, crowd: Crowd) -> None:
    answer = sends(client, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    crowd.work()
    assert crowd.catcher.letters == []


def test_of_what_is_not_there_nobody_can_hear(client: FlaskClient) -> None:
    assert client.post("/comments/nergens/follow", headers=SAME_ORIGIN).status_code == 404


def test_too_large_a_wish_is_turned_away(client: FlaskClient) -> None:
    assert sends(client, email="x" * 20_000).status_code == 413


def test_where_it_is_closed_there_is_nothing_to_wait_for(
    client: FlaskClient, host: SmallHost
) -> None:
    host.known[DECK.key] = replace(DECK, open=False)
    assert PLACE not in client.get("/dekschuit/").text


def test_the_form_has_a_page_of_its_own(client: FlaskClient) -> None:
    page = client.get(PLACE)
    assert page.status_code == 200
    assert small_form(page.text).fields["scope"] == "all"


def test_the_wish_in_the_comment_form_begins_by_the_same_letter(
    post: Post, crowd: Crowd, room: Room
) -> None:
    own = post.says(tell="", follow="replies")
    assert crowd.all_follows() == []
    post.confirms()
    crowd.says(EVE, "Aan jou.", own)
    crowd.says(EVE, "Aan niemand.")
    assert "> Aan jou." in text_of(crowd.letters(DIA)[-1])
    assert "> Aan niemand." not in text_of(crowd.letters(DIA)[-1])


def test_who_has_proved_his_address_follows_at_once(post: Post, crowd: Crowd) -> None:
    post.says()
    post.confirms(remember="1")
    letters = post.letters()
    post.says(text="Nog iets.", tell="", follow="all")
    (one,) = crowd.all_follows()
    assert (one.email_hash, one.scope) == (crowd.hash(DIA), "all")
    assert post.letters() == letters


def test_one_of_the_house_has_the_small_form_as_well(
    app: Flask, host: SmallHost, client: FlaskClient
) -> None:
    host.signed_in = BOB
    client.set_cookie("session", "")
    assert "Look in your mail" in sends(client, email=BOB.email).text


def test_a_comment_with_a_wish_is_stored_like_any_other(client: FlaskClient) -> None:
    assert posts(client, follow="all").status_code == 303
