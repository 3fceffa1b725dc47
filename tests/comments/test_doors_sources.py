"""Who sent it: this site's own page, another site, or a client that does not say; and who is signed in."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_wtf import CSRFProtect
from werkzeug.test import TestResponse

from comments.states import State

from .browser import FILLED, form_in, posted_id, posts, sends_again, words_of
from .host import BOB, Clock, Room, SmallHost
from .small_site import in_english, small_site
from .test_doors_posting import stored

OWN = [
    {"Sec-Fetch-Site": "same-origin"},
    {"Origin": "http://localhost"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "https://elders.example"},
]
ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "something new"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Origin": "https://elders.example"},
    {"Origin": "http://localhost:8001"},
    {"Origin": "http://localhost.elders.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://["},
]
SILENT: list[dict[str, str]] = [{}, {"Sec-Fetch-Site": "none"}]


@pytest.fixture
def staff(client: FlaskClient, host: SmallHost) -> FlaskClient:
    """Bob's browser: he is signed in, and the session has its cookie."""
    host.signed_in = BOB
    client.set_cookie("session", "")
    client.get("/dekschuit/")
    return client


def sent_without_token(client: FlaskClient, headers: dict[str, str]) -> TestResponse:
    return client.post("/comments/dekschuit", data=FILLED, headers=headers)


@pytest.mark.parametrize("headers", [*OWN, *SILENT])
def test_a_guest_may_post_from_here_or_without_saying_from_where(
    client: FlaskClient, room: Room, headers: dict[str, str]
) -> None:
    assert posts(client, headers=headers).status_code == 303


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_what_another_site_sent_is_shown_and_not_stored(
    client: FlaskClient, room: Room, headers: dict[str, str]
) -> None:
    page = posts(client, headers=headers)
    assert page.status_code == 403
    assert "Another site sent this text here." in words_of(page.text)
    assert form_in(page.text).fields["text"] == FILLED["text"]
    assert stored(room) == 0
    assert sends_again(client, page).status_code == 303


@pytest.mark.parametrize("headers", [*OWN, *ELSEWHERE, *SILENT])
def test_without_a_token_nothing_is_stored_wherever_it_comes_from(
    client: FlaskClient, room: Room, headers: dict[str, str]
) -> None:
    assert sent_without_token(client, headers).status_code in (403, 422)
    assert stored(room) == 0


@pytest.mark.parametrize("headers", OWN)
def test_staff_post_with_the_token_of_their_session(
    staff: FlaskClient, room: Room, headers: dict[str, str]
) -> None:
    own = room.comment(posted_id(posts(staff, headers=headers)))
    assert (own.state, own.person_key) == (State.APPROVED, BOB.key)


def test_staff_are_asked_for_their_text_only(staff: FlaskClient) -> None:
    page = staff.get("/dekschuit/")
    assert set(form_in(page.text).fields) == {"csrf_token", "parent", "text"}
    assert "You are replying as Bob Terpstra." in words_of(page.text)
    assert BOB.email not in page.text


@pytest.mark.parametrize("headers", OWN)
@pytest.mark.parametrize("token", ["", "x"])
def test_staff_without_the_token_of_their_session_are_asked_once_more(
    staff: FlaskClient, room: Room, headers: dict[str, str], token: str
) -> None:
    page = posts(staff, headers=headers, csrf_token=token)
    assert page.status_code == 422
    assert form_in(page.text).fields["text"] == FILLED["text"]
    assert stored(room) == 0
    assert sends_again(staff, page).status_code == 303


def test_a_guests_token_does_not_do_for_staff(
    app: Flask, staff: FlaskClient, host: SmallHost, room: Room
) -> None:
    host.signed_in = None
    guests = form_in(app.test_client().get("/dekschuit/").text).fields
    host.signed_in = BOB
    page = staff.post("/comments/dekschuit", data={**guests, **FILLED}, headers=OWN[0])
    assert page.status_code == 422
    assert stored(room) == 0


@pytest.mark.parametrize("headers", [*ELSEWHERE, *SILENT])
def test_nobody_speaks_in_the_name_of_staff_from_elsewhere(
    staff: FlaskClient, room: Room, headers: dict[str, str]
) -> None:
    """Their session goes along with the request, and is not looked at."""
    page = posts(staff, headers=headers)
    assert page.status_code in (403, 422)
    assert stored(room) == 0


def test_where_nothing_says_from_where_staff_post_as_guests(
    app: Flask, staff: FlaskClient, host: SmallHost, room: Room
) -> None:
    guests = form_in(app.test_client().get("/dekschuit/").text).fields
    answer = staff.post("/comments/dekschuit", data={**guests, **FILLED})
    own = room.comment(posted_id(answer))
    assert (own.state, own.person_key) == (State.PENDING, "")


def test_staff_are_not_remembered_as_readers(staff: FlaskClient) -> None:
    answer = posts(staff, remember="1")
    assert "ww_reader" not in "".join(answer.headers.getlist("Set-Cookie"))


def test_a_host_that_guards_every_form_lets_the_plug_ins_own_through(
    host: SmallHost, clock: Clock, room: Room
) -> None:
    app = small_site(host, clock, before=lambda app: (in_english(app), CSRFProtect(app)))
    answer = posts(app.test_client())
    app.extensions["comments"].site.versions.close()
    assert answer.status_code == 303


def test_a_host_that_switched_its_guard_off_does_not_switch_off_ours(
    host: SmallHost, clock: Clock, room: Room
) -> None:
    app = small_site(host, clock)
    app.config["WTF_CSRF_ENABLED"] = False
    assert sent_without_token(app.test_client(), {}).status_code == 422
    assert stored(room) == 0
