"""What a browser is asked to keep for a reader: sealed, only if he asked, gone when he asks no more."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from comments.reader import COOKIE, RECEIPTS_KEPT
from comments.states import Action, State

from .browser import FILLED, SAME_ORIGIN, body_of, form_in, posted_id, posts
from .host import Clock, Room


def cookie_of(answer: TestResponse) -> str:
    found = [c for c in answer.headers.getlist("Set-Cookie") if c.startswith(f"{COOKIE}=")]
    return found[0] if found else ""


def test_nothing_is_kept_unless_it_is_asked_for(client: FlaskClient) -> None:
    assert posts(client).headers.getlist("Set-Cookie") == []


def test_what_is_kept_is_sealed_and_out_of_reach_of_scripts(client: FlaskClient) -> None:
    cookie = cookie_of(posts(client, remember="1"))
    assert "dia" not in cookie.lower()
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert f"Max-Age={365 * 24 * 3600}" in cookie
    assert "Secure" not in cookie


def test_over_a_secure_line_it_goes_over_no_other(client: FlaskClient) -> None:
    form = form_in(client.get("/dekschuit/").text)
    answer = client.post(
        form.action,
        data={**form.fields, **FILLED, "remember": "1"},
        headers=SAME_ORIGIN,
        base_url="https://localhost",
    )
    assert "Secure" in cookie_of(answer)


def test_the_form_is_filled_in_next_time(client: FlaskClient) -> None:
    posts(client, url="https://dia.example/", remember="1")
    fields = form_in(client.get("/spaak/").text).fields
    assert (fields["name"], fields["email"]) == (FILLED["name"], FILLED["email"])
    assert (fields["url"], fields["text"]) == ("https://dia.example/", "")
    assert fields["remember"] == "1"


def test_nobody_else_sees_what_is_kept(app: Flask, client: FlaskClient) -> None:
    posts(client, remember="1")
    client.get("/dekschuit/")
    other = app.test_client().get("/dekschuit/")
    assert FILLED["email"] not in other.text
    assert other.headers["Cache-Control"] == "public, no-cache"


def test_the_waiting_comment_is_shown_to_its_author_without_its_receipt(
    client: FlaskClient, room: Room
) -> None:
    own = posted_id(posts(client, remember="1"))
    assert "Awaiting approval" in body_of(client.get("/dekschuit/").text, own)
    room.moves(own, Action.APPROVE)
    assert "Awaiting approval" not in client.get("/dekschuit/").text


def test_it_is_not_shown_under_another_article(client: FlaskClient) -> None:
    posts(client, text="Nog niet gelezen.", remember="1")
    assert "Nog niet gelezen." not in client.get("/spaak/").text


def test_all_waiting_comments_are_shown(client: FlaskClient) -> None:
    texts = ["Het eerste.", "Het tweede.", "Het derde."]
    for text in texts:
        posts(client, text=text, remember="1")
    page = client.get("/dekschuit/").text
    assert [text for text in texts if page.count(text) != 1] == []


def test_no_more_is_kept_than_a_cookie_can_hold(client: FlaskClient, app: Flask) -> None:
    for number in range(RECEIPTS_KEPT + 2):
        answer = posts(
            client,
            text=f"Nummer {number}.",
            name="👩" * 80,
            url="https://dia.example/".ljust(500, "é"),
            remember="1",
        )
        assert len(cookie_of(answer)) < 4093
    page = client.get("/dekschuit/").text
    assert "Nummer 21." in page
    assert "Nummer 2." in page
    assert "Nummer 1." not in page


def test_sent_twice_it_is_kept_once(client: FlaskClient, app: Flask) -> None:
    form = form_in(client.get("/dekschuit/").text)
    for _ in range(2):
        client.post(
            form.action, data={**form.fields, **FILLED, "remember": "1"}, headers=SAME_ORIGIN
        )
    kept = client.get_cookie(COOKIE)
    assert kept is not None
    opened = app.extensions["comments"].site.keys.open(kept.decoded_value)
    assert len(json.loads(opened)["comments"]) == 1


def test_who_asks_no_more_is_forgotten(client: FlaskClient) -> None:
    posts(client, remember="1")
    form = form_in(client.get("/dekschuit/").text)
    fields = {**form.fields, **FILLED, "text": "Nog iets."}
    del fields["remember"]
    answer = client.post(form.action, data=fields, headers=SAME_ORIGIN)
    assert "Max-Age=0" in cookie_of(answer)
    assert client.get_cookie(COOKIE) is None
    assert form_in(client.get("/dekschuit/").text).fields["name"] == ""


def test_a_refused_comment_neither_keeps_nor_forgets(client: FlaskClient) -> None:
    posts(client, remember="1")
    assert cookie_of(posts(client, text="Iets anders.", name="")) == ""
    assert client.get_cookie(COOKIE) is not None


@pytest.mark.parametrize(
    "value", ["", "x", "1:x", "1:", "é", '{"name": "Eve"}', "1:gAAAAA" + "a" * 100]
)
def test_a_forged_cookie_is_an_empty_one(client: FlaskClient, room: Room, value: str) -> None:
    room.says("Nog niet gelezen.", state=State.PENDING)
    client.set_cookie(COOKIE, value)
    page = client.get("/dekschuit/")
    assert page.status_code == 200
    assert form_in(page.text).fields["name"] == ""
    assert "Nog niet gelezen." not in page.text


@pytest.mark.parametrize(
    "kept", ['{"name": "Dia", "since": 1}', "[1]", "1", '{"comments": 1}', "x"]
)
def test_a_cookie_of_another_version_is_an_empty_one(
    app: Flask, client: FlaskClient, kept: str
) -> None:
    client.set_cookie(COOKIE, app.extensions["comments"].site.keys.seal(kept))
    page = client.get("/dekschuit/")
    assert page.status_code == 200
    assert form_in(page.text).fields["name"] == ""


def test_the_receipt_of_another_reader_does_not_open_his_form(
    app: Flask, client: FlaskClient, clock: Clock
) -> None:
    answer = posts(client, remember="1")
    other = app.test_client().get(answer.location)
    assert form_in(other.text).fields["email"] == ""
    assert FILLED["email"] not in other.text
