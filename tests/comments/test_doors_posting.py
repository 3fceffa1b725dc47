"""Posting a comment through the door: what is taken, what is kept of it, and where the reader goes."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from comments.database import reading
from comments.extension import Comments
from comments.models import Comment, Finding, Origin
from comments.states import State

from .browser import FILLED, SAME_ORIGIN, body_of, form_in, posted_id, posts
from .host import CAS, DECK, Clock, Room, SmallHost

TYPED = {
    "quotes": 'Zij zei: "\'t is zo", en ‘hij’ — “nee”.',
    "backslashes": "C:\\map\\nieuw \\* \\\\ \\n",
    "less than": "1 < 2 en 3 > 2 & a&amp;b",
    "markup": "<script>alert(1)</script> <b>vet</b> <!-- x -->",
    "emoji": "👩‍👩‍👧‍👦 🇳🇱 👍🏽 ☺️",
    "right to left": "שלום עולם, مرحبا بالعالم",
    "combining": "e\u0301 a\u0308 Z\u0351\u0309 한",
    "a leading newline": "\n\nEerst niets, dan dit.",
    "spaces within": "een   twee\t drie",
    "wide": "日本語 \u3000 ａｂｃ",
    "a template": "{{ 7 * 7 }} {% raw %} ${x} %(num)s %s",
    "a percent sign": "100% zeker, %41 %zz +",
}


def stored(room: Room) -> int:
    with reading(room.engine) as session:
        return session.scalar(select(func.count()).select_from(Comment)) or 0


def test_a_first_comment_waits_for_a_person(client: FlaskClient, room: Room) -> None:
    answer = posts(client)
    assert answer.status_code == 303
    assert room.comment(posted_id(answer)).state is State.PENDING
    assert answer.location.startswith("/dekschuit/?receipt=")
    assert answer.headers["Cache-Control"] == "no-store"


def test_every_reason_to_wait_is_kept(client: FlaskClient, room: Room) -> None:
    own = posted_id(posts(client))
    with reading(room.engine) as session:
        found = session.scalars(select(Finding).where(Finding.comment_id == own)).all()
    assert [(f.check, f.code) for f in found] == [("hold_all", "waits_for_person")]


@pytest.mark.parametrize("name", TYPED)
def test_exactly_what_was_typed_is_kept(client: FlaskClient, room: Room, name: str) -> None:
    own = posted_id(posts(client, text=TYPED[name]))
    assert room.comment(own).source == TYPED[name].strip()


@pytest.mark.parametrize("name", TYPED)
def test_exactly_what_was_typed_comes_back_in_the_form(
    client: FlaskClient, room: Room, name: str
) -> None:
    answer = posts(client, text=TYPED[name], name="")
    assert answer.status_code == 422
    assert form_in(answer.text).fields["text"] == TYPED[name]


def test_a_name_and_an_address_are_kept_as_typed(client: FlaskClient, room: Room) -> None:
    typed = {"name": "  Ðia “O’Konkwo” <b> ", "email": " dia@lezers.example ", "url": " "}
    found = room.comment(posted_id(posts(client, **typed)))
    assert (found.author_name, found.author_url) == ("Ðia “O’Konkwo” <b>", "")
    assert room.keys.open(found.email_sealed) == "dia@lezers.example"


def test_no_cookie_and_no_script_is_needed(app: Flask, comments: Comments, room: Room) -> None:
    client = app.test_client(use_cookies=False)
    form = form_in(client.get("/dekschuit/").text)
    answer = client.post(form.action, data={**form.fields, **FILLED})
    assert stored(room) == 1
    assert "Set-Cookie" not in answer.headers


def test_only_the_network_of_the_reader_is_kept(client: FlaskClient, room: Room) -> None:
    form = form_in(client.get("/dekschuit/").text)
    answer = client.post(
        form.action,
        data={**form.fields, **FILLED},
        headers={**SAME_ORIGIN, "User-Agent": "Lynx"},
        environ_overrides={"REMOTE_ADDR": "192.0.2.77"},
    )
    with reading(room.engine) as session:
        found = session.get_one(Origin, posted_id(answer))
    assert (found.network, found.agent) == ("192.0.2.0", "Lynx")


def test_a_link_local_address_with_its_zone_is_taken(client: FlaskClient, room: Room) -> None:
    form = form_in(client.get("/dekschuit/").text)
    answer = client.post(
        form.action,
        data={**form.fields, **FILLED},
        environ_overrides={"REMOTE_ADDR": "fe80::1%eth0"},
    )
    assert answer.status_code == 303


def test_sent_twice_it_is_stored_once_and_both_lead_to_it(client: FlaskClient, room: Room) -> None:
    form = form_in(client.get("/dekschuit/").text)
    sent = [
        client.post(form.action, data={**form.fields, **FILLED}, headers=SAME_ORIGIN)
        for _ in range(2)
    ]
    assert [answer.status_code for answer in sent] == [303, 303]
    assert sent[0].location == sent[1].location
    assert stored(room) == 1


def test_a_reply_stands_under_what_it_answers(client: FlaskClient, room: Room) -> None:
    parent = room.says()
    found = room.comment(posted_id(posts(client, f"/dekschuit/?reply={parent}")))
    assert found.parent_id == parent


def test_staff_are_published_at_once_under_their_own_name(
    client: FlaskClient, host: SmallHost, room: Room
) -> None:
    host.signed_in = CAS
    client.set_cookie("session", "")
    answer = posts(client, name="Bob Terpstra")
    found = room.comment(posted_id(answer))
    assert (found.state, found.author_name) == (State.APPROVED, CAS.name)
    assert "Awaiting approval" not in body_of(client.get(answer.location).text, found.id)


def test_an_address_of_the_form_needs_no_plain_key(
    client: FlaskClient, host: SmallHost, room: Room
) -> None:
    odd = replace(DECK, key="a b?c&é", url="/odd/")
    host.known[odd.key] = odd
    page = client.get("/a%20b%3Fc%26%C3%A9/")
    form = form_in(page.text)
    answer = client.post(form.action, data={**form.fields, **FILLED}, headers=SAME_ORIGIN)
    assert answer.status_code == 303
    assert room.thread(odd.key).title == DECK.title


def test_a_reload_of_the_forms_address_leads_back_to_the_article(client: FlaskClient) -> None:
    answer = client.get("/comments/dekschuit")
    assert (answer.status_code, answer.location) == (302, "/dekschuit/#respond")
    assert client.get("/comments/nergens").status_code == 404


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_the_address_takes_no_other_method(client: FlaskClient, method: str) -> None:
    assert getattr(client, method)("/comments/dekschuit").status_code == 405


def test_a_form_that_was_open_for_a_day_is_taken(
    client: FlaskClient, clock: Clock, room: Room
) -> None:
    form = form_in(client.get("/dekschuit/").text)
    clock.goes_on(hours=24)
    answer = client.post(form.action, data={**form.fields, **FILLED}, headers=SAME_ORIGIN)
    assert answer.status_code == 303
