"""Whatever goes wrong, all that was typed and ticked comes back in the form."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, text
from werkzeug.test import TestResponse

from comments.draft import Draft, Outcome
from comments.facts import Facts
from comments.states import State
from comments.wording import Wording

from .browser import SAME_ORIGIN, form_in, posted_id, sends_again
from .host import CAS, DECK, Clock, Room, SmallHost
from .mail_site import mail_site
from .small_site import small_site
from .test_doors_posting import stored

TYPED = {
    "name": "Ðia “O’Konkwo” <b>",
    "email": "dia@lezers.example",
    "url": "https://dia.example/?a=1&b=2",
    "text": "\n  Twee regels,\n> & <b>meer</b> 👩‍👩‍👧‍👦",
    "remember": "1",
    "tell": "1",
    "follow": "all",
}


def braked(draft: Draft, facts: Facts) -> Draft:
    """A row that asks everybody who is not staff to wait, until the clock has gone on."""
    if facts.now.minute < 30:
        return draft.found("unhurried", Outcome.REFUSE, "too_fast", seconds=540)
    return draft.found("unhurried", Outcome.HOLD, "waits_for_person")


@pytest.fixture
def app(host: SmallHost, clock: Clock, tmp_path: Path) -> Iterator[Flask]:
    found = mail_site(host, clock, tmp_path)
    yield found
    found.extensions["comments"].site.versions.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def parent(room: Room) -> int:
    return room.says("Waar of niet?")


@pytest.fixture
def send(client: FlaskClient, parent: int) -> Callable[..., TestResponse]:
    """Sends an answer from a form that was read before anything went wrong."""
    form = form_in(client.get(f"/dekschuit/?reply={parent}").text)

    def sent(headers: Any = SAME_ORIGIN, **typed: str) -> TestResponse:
        fields = {**form.fields, **TYPED, **typed}
        return client.post(form.action, data=fields, headers=headers)

    return sent


def given_back(page: TestResponse, parent: int | str, **other: str) -> None:
    fields = form_in(page.text).fields
    expected = {**TYPED, "parent": str(parent), **other}
    assert {name: fields.get(name) for name in expected} == expected


Send = Callable[..., TestResponse]


def test_after_a_mistake_in_the_form(send: Send, parent: int) -> None:
    page = send(email="dia")
    assert page.status_code == 422
    given_back(page, parent, email="dia")


def test_after_a_form_that_stood_open_too_long(
    send: Send, parent: int, clock: Clock, client: FlaskClient
) -> None:
    clock.goes_on(hours=25)
    page = send()
    assert page.status_code == 422
    given_back(page, parent)
    assert sends_again(client, page).status_code == 303


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}]
)
def test_after_it_seemed_to_come_from_another_site(
    send: Send, parent: int, client: FlaskClient, headers: dict[str, str]
) -> None:
    page = send(headers)
    assert page.status_code == 403
    given_back(page, parent)
    assert sends_again(client, page).status_code == 303


def test_after_the_discussion_was_closed(send: Send, parent: int, host: SmallHost) -> None:
    host.known["dekschuit"] = replace(DECK, open=False)
    page = send()
    assert page.status_code == 409
    given_back(page, parent)


def test_after_the_article_was_taken_away(send: Send, parent: int, host: SmallHost) -> None:
    del host.known["dekschuit"]
    page = send()
    assert page.status_code == 404
    given_back(page, parent)


def test_after_what_he_answers_went_away(send: Send, room: Room, parent: int) -> None:
    with room.engine.begin() as connection:
        connection.execute(
            text("UPDATE ww_comment SET state = 'rejected' WHERE id = :id"), {"id": parent}
        )
    page = send()
    assert page.status_code == 422
    given_back(page, "")
    assert room.comment(parent).state is State.REJECTED


def test_after_the_brake(
    host: SmallHost, clock: Clock, tmp_path: Path, parent: int, room: Room
) -> None:
    words = {"too_fast": Wording(lambda v: "Wait.", lambda v: "")}
    app = mail_site(host, clock, tmp_path, screen=braked, wordings=words)
    client = app.test_client()
    form = form_in(client.get(f"/dekschuit/?reply={parent}").text)
    page = client.post(form.action, data={**form.fields, **TYPED}, headers=SAME_ORIGIN)
    assert page.status_code == 429
    given_back(page, parent)
    clock.goes_on(minutes=45)
    assert room.comment(posted_id(sends_again(client, page))).parent_id == parent
    app.extensions["comments"].site.versions.close()


def test_after_a_restart_the_form_that_was_read_before_is_taken(
    send: Send, host: SmallHost, clock: Clock, tmp_path: Path, client: FlaskClient, parent: int
) -> None:
    """A new process with the same secret knows nothing of the one that made the form."""
    form = form_in(client.get(f"/dekschuit/?reply={parent}").text)
    app = mail_site(host, clock, tmp_path)
    answer = app.test_client().post(form.action, data={**form.fields, **TYPED}, headers=SAME_ORIGIN)
    assert answer.status_code == 303
    app.extensions["comments"].site.versions.close()


@pytest.fixture
def impatient(engine: Engine) -> None:
    event.listen(engine, "connect", lambda c, record: c.execute("PRAGMA busy_timeout=10"))


@pytest.mark.parametrize("engine", ["own"], indirect=True)
@pytest.mark.usefixtures("impatient")
def test_after_a_database_that_was_busy(
    app: Flask, send: Send, parent: int, engine: Engine, client: FlaskClient
) -> None:
    app.logger.disabled = True
    with engine.connect() as other:
        other.execute(text("BEGIN IMMEDIATE"))
        page = send()
    assert page.status_code == 503
    assert int(page.headers["Retry-After"]) > 0
    given_back(page, parent)
    assert sends_again(client, page).status_code == 303


def test_after_a_preview(send: Send, parent: int) -> None:
    given_back(send(preview="1"), parent)


def test_after_who_was_signed_in_no_longer_is(
    app: Flask, host: SmallHost, client: FlaskClient
) -> None:
    host.signed_in = CAS
    client.set_cookie("session", "")
    form = form_in(client.get("/dekschuit/").text)
    host.signed_in = None
    fields = {**form.fields, "text": TYPED["text"]}
    page = client.post(form.action, data=fields, headers=SAME_ORIGIN)
    assert page.status_code == 422
    assert form_in(page.text).fields["text"] == TYPED["text"]


# what is too large to be read


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_what_is_too_large_is_said_kindly_and_the_way_back_is_shown(
    send: Send, client: FlaskClient, room: Room, kind: str
) -> None:
    form = form_in(client.get("/dekschuit/").text)
    page = client.post(
        form.action,
        data={**form.fields, **TYPED, "text": "a" * 300 * 1024},
        content_type=kind,
        headers=SAME_ORIGIN,
    )
    assert page.status_code == 413
    assert '<h1 class="ww-title">That is too much at once</h1>' in page.text
    assert "Your text is still in your browser" in page.text
    assert '<html lang="en">' in page.text
    assert stored(room) == 1


# wishes


@pytest.mark.parametrize("follow", ["", "replies", "all"])
def test_wishes_go_along_with_the_comment(
    host: SmallHost, clock: Clock, tmp_path: Path, follow: str
) -> None:
    drafts: list[Draft] = []

    def row(draft: Draft, facts: Facts) -> Draft:
        drafts.append(draft)
        return draft.found("row", Outcome.HOLD, "waits_for_person")

    app = mail_site(host, clock, tmp_path, screen=row)
    client = app.test_client()
    form = form_in(client.get("/dekschuit/").text)
    fields = {**form.fields, **TYPED, "follow": follow}
    client.post(form.action, data=fields, headers=SAME_ORIGIN)
    del fields["tell"]
    client.post(form.action, data={**fields, "text": "Iets anders."}, headers=SAME_ORIGIN)
    assert [(draft.tell, draft.follow) for draft in drafts] == [(True, follow), (False, follow)]
    app.extensions["comments"].site.versions.close()


@pytest.mark.parametrize("odd", ["nothing", "ALL", "é", "a" * 5000, "\0"])
def test_an_odd_wish_is_none(send: Send, odd: str) -> None:
    assert form_in(send(name="", follow=odd).text).fields["follow"] == ""


def test_a_wish_is_kept_with_the_comment(send: Send, room: Room) -> None:
    assert room.comment(posted_id(send())).told
    assert not room.comment(posted_id(send(text="Iets anders.", tell=""))).told


def test_who_is_signed_in_is_not_asked(host: SmallHost, client: FlaskClient) -> None:
    host.signed_in = CAS
    client.set_cookie("session", "")
    assert not {"tell", "follow"} & set(form_in(client.get("/dekschuit/").text).fields)


def test_a_site_without_mail_asks_nobody_and_hears_no_wish(
    host: SmallHost, clock: Clock, room: Room
) -> None:
    app = small_site(host, clock)
    client = app.test_client()
    form = form_in(client.get("/dekschuit/").text)
    assert "Mail me" not in client.get("/dekschuit/").text
    fields = {**form.fields, **TYPED}
    answer = client.post(form.action, data=fields, headers=SAME_ORIGIN)
    assert not room.comment(posted_id(answer)).told
    app.extensions["comments"].site.versions.close()


# what is said before anybody has written


def test_the_form_says_beforehand_what_becomes_of_a_comment(client: FlaskClient) -> None:
    assert "A person reads your comment before it appears." in client.get("/dekschuit/").text


def test_and_how_it_may_be_laid_out(client: FlaskClient) -> None:
    page = client.get("/dekschuit/").text
    assert "<summary>Formatting</summary>" in page
    assert "<code>**bold**</code>" in page
