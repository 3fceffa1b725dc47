"""Refused through the door: kind words, the text still in the form, and a status that says why."""

import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, text
from werkzeug.test import TestResponse

from comments.draft import Draft, Outcome
from comments.extension import Comments
from comments.facts import Facts
from comments.states import State
from comments.wording import Wording

from .browser import FILLED, SAME_ORIGIN, form_in, posts, sends_again, words_of
from .host import DECK, Clock, Room, SmallHost
from .small_site import small_site
from .test_doors_posting import stored

LIMITS = {"name": 80, "text": 5000}


def errors_beside(page: TestResponse) -> dict[str, str]:
    """What is said at each field, by the field's name."""
    names = re.findall(r'aria-describedby="ww-(\w+)-error', page.text)
    return {
        name: words_of(re.split(rf'id="ww-{name}-error">', page.text)[1].partition("</p>")[0])
        for name in names
    }


def refused(page: TestResponse, status: int) -> str:
    assert page.status_code == status
    assert page.headers["Cache-Control"] == "private, no-store"
    return words_of(page.text)


# faults of the form


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("name", "Tell us your name; a first name is enough."),
        ("email", "We need your e-mail address. It is not published."),
        ("text", "Write your comment first."),
    ],
)
@pytest.mark.parametrize("typed", ["", "   "])
def test_an_empty_field_is_said_beside_it(
    client: FlaskClient, room: Room, field: str, said: str, typed: str
) -> None:
    page = posts(client, **{field: typed})
    refused(page, 422)
    assert errors_beside(page) == {field: said}
    assert stored(room) == 0


def test_every_field_empty_is_said_at_once(client: FlaskClient) -> None:
    page = posts(client, name="", email="", url="", text="")
    refused(page, 422)
    assert set(errors_beside(page)) == {"name", "email", "text"}


@pytest.mark.parametrize("field", LIMITS)
def test_too_long_by_one_is_refused_and_given_back_whole(
    client: FlaskClient, room: Room, field: str
) -> None:
    longest = "a" * LIMITS[field]
    assert posts(client, **{"text": "Kort.", field: longest}).status_code == 303
    page = posts(client, **{field: longest + "a"})
    refused(page, 422)
    assert f"{LIMITS[field]:,}" in errors_beside(page)[field]
    assert form_in(page.text).fields[field] == longest + "a"


@pytest.mark.parametrize("field", ["name", "email", "url", "text"])
@pytest.mark.parametrize("odd", ["a\0b", "\x1b[31m", "a\x85b"])
def test_control_characters_are_refused(
    client: FlaskClient, room: Room, field: str, odd: str
) -> None:
    page = posts(client, **{field: odd})
    refused(page, 422)
    assert set(errors_beside(page)) == {field}
    assert stored(room) == 0


def test_a_wrong_website_is_said_beside_it(client: FlaskClient) -> None:
    page = posts(client, url="javascript:alert(1)")
    refused(page, 422)
    assert set(errors_beside(page)) == {"url"}


def test_a_page_with_errors_says_where_it_belongs_and_how_to_go_back(client: FlaskClient) -> None:
    page = posts(client, name="")
    assert "De dekschuit" in refused(page, 422)
    assert 'href="/dekschuit/"' in page.text
    assert "<title>Your comment · De dekschuit</title>" in page.text
    assert '<html lang="en">' in page.text


def test_a_page_with_errors_has_its_headline(client: FlaskClient) -> None:
    page = posts(client, name="")
    assert '<h1 class="ww-title">Your comment is almost there</h1>' in page.text


def test_what_was_typed_is_still_there_and_one_click_sends_it(
    client: FlaskClient, room: Room
) -> None:
    typed = {"url": "https://dia.example/", "text": "Mijn *hele* verhaal.", "remember": "1"}
    page = posts(client, email="dia", **typed)
    fields = form_in(page.text).fields
    assert {name: fields[name] for name in typed} == typed
    assert sends_again(client, page, email="dia@lezers.example").status_code == 303
    assert stored(room) == 1


def test_a_box_that_was_not_ticked_stays_so(client: FlaskClient) -> None:
    assert "remember" not in form_in(posts(client, name="").text).fields


# the discussion


def test_an_unknown_discussion_is_not_found(client: FlaskClient) -> None:
    answer = client.post("/comments/nergens", data=FILLED, headers=SAME_ORIGIN)
    assert "There is no discussion here" in refused(answer, 404)
    assert form_in(answer.text).fields["text"] == FILLED["text"]


def test_a_discussion_that_went_away_meanwhile_is_not_found(
    client: FlaskClient, host: SmallHost
) -> None:
    form = form_in(client.get("/dekschuit/").text)
    del host.known["dekschuit"]
    answer = client.post(form.action, data={**form.fields, **FILLED}, headers=SAME_ORIGIN)
    refused(answer, 404)
    assert form_in(answer.text).fields["text"] == FILLED["text"]


@pytest.mark.parametrize("closed", [{"open": False}, {"open_until": True}])
def test_a_discussion_that_closed_meanwhile_keeps_the_text(
    client: FlaskClient, host: SmallHost, clock: Clock, room: Room, closed: dict[str, Any]
) -> None:
    form = form_in(client.get("/dekschuit/").text)
    if "open_until" in closed:
        closed = {"open_until": clock()}
    host.known["dekschuit"] = replace(DECK, **closed)
    answer = client.post(form.action, data={**form.fields, **FILLED}, headers=SAME_ORIGIN)
    assert "The discussion was closed meanwhile." in refused(answer, 409)
    assert form_in(answer.text).fields["text"] == FILLED["text"]
    assert stored(room) == 0


@pytest.mark.parametrize("state", [s for s in State if s is not State.APPROVED])
def test_what_is_not_public_cannot_be_answered(
    client: FlaskClient, room: Room, state: State
) -> None:
    own = room.says("Geheim.", state=state)
    page = posts(client, parent=str(own))
    assert "is not here (any more)" in refused(page, 422)
    assert "Geheim." not in page.text
    assert errors_beside(page) == {}


def test_every_error_leads_to_its_field(client: FlaskClient) -> None:
    page = posts(client, name="", email="", text="", url="x", parent="999").text
    links = re.findall(r'href="#(ww-[\w-]+)"', page)
    assert set(links) == {"ww-name", "ww-email", "ww-url", "ww-text"}
    assert [link for link in links if f'id="{link}"' not in page] == []


@pytest.mark.parametrize(
    "parent", ["999", "0", "-1", "x", "1.5", "²", str(2**63), str(2**63 - 1), "1" * 5000, "1 OR 1"]
)
def test_what_does_not_exist_cannot_be_answered(
    client: FlaskClient, room: Room, parent: str
) -> None:
    assert "is not here (any more)" in refused(posts(client, parent=parent), 422)


def test_what_stands_elsewhere_cannot_be_answered_here(client: FlaskClient, room: Room) -> None:
    page = posts(client, parent=str(room.says_elsewhere("Van elders.")))
    refused(page, 422)
    assert "Van elders." not in page.text


def test_who_answered_what_went_away_can_post_it_as_a_comment_of_its_own(
    client: FlaskClient, room: Room
) -> None:
    page = posts(client, parent="999")
    assert sends_again(client, page).status_code == 303
    assert stored(room) == 1


def test_the_comment_that_is_answered_stands_with_the_errors(
    client: FlaskClient, room: Room
) -> None:
    own = room.says("Waar of niet?")
    page = posts(client, f"/dekschuit/?reply={own}", name="")
    assert "Waar of niet?" in refused(page, 422)
    assert form_in(page.text).fields["parent"] == str(own)


# brakes, and a database that is busy


def hurried(draft: Draft, facts: Facts) -> Draft:
    return draft.found("unhurried", Outcome.REFUSE, "too_fast", seconds=540, minutes=9)


def test_who_is_asked_to_wait_is_told_how_long(host: SmallHost, clock: Clock) -> None:
    words = Wording(lambda v: f"Wait for {v['minutes']} minutes.", lambda v: "")
    app = small_site(host, clock, screen=hurried, wordings={"too_fast": words})
    page = posts(app.test_client())
    assert "Wait for 9 minutes." in refused(page, 429)
    assert page.headers["Retry-After"] == "540"
    assert form_in(page.text).fields["text"] == FILLED["text"]
    app.extensions["comments"].site.versions.close()


def test_who_need_not_wait_is_told_no_time(client: FlaskClient) -> None:
    assert "Retry-After" not in posts(client, name="").headers


@pytest.fixture
def impatient(engine: Engine) -> None:
    event.listen(engine, "connect", lambda c, record: c.execute("PRAGMA busy_timeout=10"))


@pytest.mark.parametrize("engine", ["own"], indirect=True)
@pytest.mark.usefixtures("impatient")
def test_a_database_that_is_busy_keeps_the_text(
    app: Flask, client: FlaskClient, comments: Comments, engine: Engine, room: Room
) -> None:
    form = form_in(client.get("/dekschuit/").text)
    app.logger.disabled = True
    with engine.connect() as other:
        other.execute(text("BEGIN IMMEDIATE"))
        page = client.post(form.action, data={**form.fields, **FILLED}, headers=SAME_ORIGIN)
    assert "We could not store it just now. Try again." in refused(page, 503)
    assert stored(room) == 0
    assert sends_again(client, page).status_code == 303
