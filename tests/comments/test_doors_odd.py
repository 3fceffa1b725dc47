"""Odd requests at the door: tokens that do not hold, bodies that are no form."""

from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from .browser import FILLED, SAME_ORIGIN, form_in, posts, sends_again
from .databases import on_both_databases
from .host import Clock, Room
from .test_doors_posting import stored
from .test_doors_refused import refused

# tokens


@pytest.mark.parametrize("token", ["", "x", "é", "WyJkZWtzY2h1aXQiLDFd.x", "a" * 5000])
def test_a_forged_token_keeps_the_text_and_takes_one_more_click(
    client: FlaskClient, room: Room, token: str
) -> None:
    page = posts(client, token=token)
    assert "stood open for long" in refused(page, 422)
    assert form_in(page.text).fields["text"] == FILLED["text"]
    assert stored(room) == 0
    assert sends_again(client, page).status_code == 303


def test_an_expired_token_keeps_the_text_and_takes_one_more_click(
    client: FlaskClient, clock: Clock, room: Room
) -> None:
    form = form_in(client.get("/dekschuit/").text)
    clock.goes_on(hours=25)
    page = client.post(form.action, data={**form.fields, **FILLED}, headers=SAME_ORIGIN)
    assert "stood open for long" in refused(page, 422)
    assert sends_again(client, page).status_code == 303


def test_a_token_of_another_discussion_does_not_hold(client: FlaskClient, room: Room) -> None:
    form = form_in(client.get("/spaak/").text)
    page = client.post("/comments/dekschuit", data={**form.fields, **FILLED}, headers=SAME_ORIGIN)
    refused(page, 422)
    assert stored(room) == 0


# bodies


def test_a_body_of_a_megabyte_is_too_large(client: FlaskClient, room: Room) -> None:
    assert posts(client, text="a" * 2**20).status_code == 413
    assert stored(room) == 0


def test_ten_thousand_fields_break_nothing(client: FlaskClient, room: Room) -> None:
    fields = {f"veld{number}": "x" for number in range(10_000)}
    assert posts(client, **fields).status_code == 303


def test_a_field_that_is_sent_twice_counts_once(client: FlaskClient, room: Room) -> None:
    form = form_in(client.get("/dekschuit/").text)
    fields = {**form.fields, **FILLED, "name": ["Dia", "Eve"]}
    assert client.post(form.action, data=fields, headers=SAME_ORIGIN).status_code == 303
    assert room.comment(1).author_name == "Dia"


@pytest.mark.parametrize("field", ["text", "name", "token", "remember"])
def test_a_file_in_place_of_a_field_is_an_empty_field(
    client: FlaskClient, room: Room, field: str
) -> None:
    form = form_in(client.get("/dekschuit/").text)
    fields: dict[str, Any] = {**form.fields, **FILLED}
    fields[field] = (BytesIO(b"\xff\xd8\xff"), "foto.jpg")
    answer = client.post(form.action, data=fields, headers=SAME_ORIGIN)
    assert answer.status_code == (303 if field == "remember" else 422)


@pytest.mark.parametrize("body", ["[1]", '{"text": ["a"]}', '{"text": 1}', "{", "null", '"x"'])
def test_json_is_an_empty_form(client: FlaskClient, body: str) -> None:
    answer = client.post(
        "/comments/dekschuit", data=body, content_type="application/json", headers=SAME_ORIGIN
    )
    refused(answer, 422)


def test_a_form_in_parts_is_taken_like_any_other(client: FlaskClient, room: Room) -> None:
    form = form_in(client.get("/dekschuit/").text)
    answer = client.post(
        form.action,
        data={**form.fields, **FILLED},
        content_type="multipart/form-data",
        headers=SAME_ORIGIN,
    )
    assert answer.status_code == 303


@pytest.mark.parametrize(
    "body",
    [b"text=%ED%A0%80", b"text=\xed\xa0\x80", b"text=%ff%fe", b"text=\xff", b"%ff=%ff", b"\0"],
)
def test_bytes_that_are_no_text_break_nothing(client: FlaskClient, room: Room, body: bytes) -> None:
    form = form_in(client.get("/dekschuit/").text)
    start = f"token={form.fields['token']}&name=Dia&email=dia%40lezers.example&".encode()
    answer = client.post(
        form.action,
        data=start + body,
        content_type="application/x-www-form-urlencoded",
        headers=SAME_ORIGIN,
    )
    assert answer.status_code in (303, 422)
    assert "\ud800" not in answer.text


@pytest.mark.parametrize(
    "path",
    ["/comments/a%00b", "/comments/a%00b/count", "/comments/a%00b.atom", "/me/feed/a%00b.atom"],
)
@on_both_databases
def test_a_zero_in_an_address_leads_nowhere(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_what_is_typed_into_an_address_is_on_no_page_for_all(
    client: FlaskClient, room: Room
) -> None:
    room.says()
    client.get("/dekschuit/?order=POISONED&x=POISONED")
    assert "POISONED" not in client.get("/dekschuit/").text
