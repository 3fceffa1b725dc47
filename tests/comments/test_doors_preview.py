"""The preview through the door: exactly what would appear and what would be said of it; nothing is kept."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from comments.database import reading
from comments.draft import Draft, Outcome
from comments.extension import Comments
from comments.facts import Facts
from comments.models import Brake, Comment, Thread
from comments.states import State
from comments.wording import Wording

from .browser import FILLED, SAME_ORIGIN, body_of, form_in, posted_id, posts, sends_again, words_of
from .host import CAS, Clock, Room, SmallHost
from .small_site import small_site
from .test_doors_posting import TYPED, stored

PREVIEW = re.compile(r'<section class="ww-preview".*?</section>\s*<form', re.DOTALL)


def preview_in(html: str) -> str:
    found = PREVIEW.search(html)
    assert found, "there is no preview on this page"
    return found[0]


def body_alone(html: str) -> str:
    """What was said, apart from who and when."""
    return html.partition('<section class="ww-body"')[2].partition("</section>")[0]


def test_a_preview_is_shown_and_nothing_is_stored(client: FlaskClient, room: Room) -> None:
    page = posts(client, preview="1")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "Een <em>goed</em> stuk." in preview_in(page.text)
    with reading(room.engine) as session:
        for table in (Comment, Thread, Brake):
            assert session.scalar(select(func.count()).select_from(table)) == 0


@pytest.mark.parametrize("name", TYPED)
def test_it_is_exactly_what_will_appear(client: FlaskClient, name: str) -> None:
    page = posts(client, preview="1", text=TYPED[name])
    answer = sends_again(client, page)
    public = client.get(answer.location).text
    assert body_alone(preview_in(page.text)) == body_alone(body_of(public, posted_id(answer)))


def test_name_picture_and_website_are_those_that_will_stand_there(client: FlaskClient) -> None:
    typed = {"name": "Ðia <b>", "url": "https://dia.example/"}
    page = posts(client, preview="1", **typed)
    answer = sends_again(client, page)
    public = body_of(client.get(answer.location).text, posted_id(answer))
    for part in (r"<svg.*?</svg>", r"<h3 class=\"ww-name\".*?</h3>"):
        (previewed,) = re.findall(part, preview_in(page.text), re.DOTALL)
        assert previewed in public


def test_what_was_typed_is_in_the_form_and_one_click_posts_it(
    client: FlaskClient, room: Room
) -> None:
    page = posts(client, preview="1", url="https://dia.example/", remember="1")
    assert form_in(page.text).fields | {**FILLED, "remember": "1"} == form_in(page.text).fields
    assert sends_again(client, page).status_code == 303
    assert stored(room) == 1


def test_an_answer_says_whom_it_answers(client: FlaskClient, room: Room) -> None:
    own = room.says("Waar of niet?")
    page = posts(client, f"/dekschuit/?reply={own}", preview="1")
    assert "in reply to Dia Okonkwo" in words_of(preview_in(page.text))
    assert form_in(page.text).fields["parent"] == str(own)


def test_it_offers_nothing_that_only_a_comment_has(client: FlaskClient) -> None:
    shown = preview_in(posts(client, preview="1").text)
    assert re.findall(r'href="(.*?)"', shown) == ["#ww-preview"]


def test_staff_see_their_mark(client: FlaskClient, host: SmallHost) -> None:
    host.signed_in = CAS
    client.set_cookie("session", "")
    shown = preview_in(posts(client, preview="1").text)
    assert "Cas Wouters" in shown
    assert "is-staff" in shown


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ({}, "A person reads your comment before it appears."),
        ({"name": ""}, "Tell us your name; a first name is enough."),
        ({"email": "dia"}, "This e-mail address does not look right."),
        ({"text": "a" * 5001}, "Your comment may have at most"),
        ({"text": " "}, "Write your comment first."),
        ({"parent": "999"}, "is not here (any more)"),
    ],
)
def test_it_says_what_the_row_would_say(
    client: FlaskClient, typed: dict[str, str], hint: str
) -> None:
    page = posts(client, preview="1", **typed)
    assert page.status_code == 200
    assert hint in words_of(preview_in(page.text))


def test_each_hint_is_said_once(client: FlaskClient) -> None:
    page = posts(client, preview="1", name="", email="")
    hints = re.findall(r"<li>(.*?)</li>", preview_in(page.text))
    assert len(hints) == len(set(hints)) == 3


def test_a_text_that_makes_no_comment_shows_none(client: FlaskClient) -> None:
    assert "<article" not in preview_in(posts(client, preview="1", text="").text)


@pytest.fixture
def watched(host: SmallHost, clock: Clock) -> Iterator[tuple[FlaskClient, list[Facts]]]:
    """A site whose row notes the facts that it is given, and calls everything spam."""
    seen: list[Facts] = []

    def row(draft: Draft, facts: Facts) -> Draft:
        seen.append(facts)
        return draft.found("row", Outcome.SPAM, "found_out", word="casino")

    words: dict[str, Any] = {"found_out": Wording(lambda v: "A word was found.", lambda v: "")}
    app = small_site(host, clock, screen=row, wordings=words)
    yield app.test_client(), seen
    app.extensions["comments"].site.versions.close()


def test_the_row_is_told_that_it_is_only_a_trial(
    watched: tuple[FlaskClient, list[Facts]],
) -> None:
    client, seen = watched
    posts(client, preview="1")
    posts(client)
    assert [facts.trial for facts in seen] == [True, False]


def test_a_preview_teaches_nobody_how_to_pass_for_no_spam(
    watched: tuple[FlaskClient, list[Facts]],
) -> None:
    page = posts(watched[0], preview="1")
    assert "A word was found." not in page.text


def test_an_old_form_asks_for_one_more_click_before_it_previews(
    client: FlaskClient, clock: Clock
) -> None:
    form = form_in(client.get("/dekschuit/").text)
    clock.goes_on(hours=25)
    fields = {**form.fields, **FILLED, "preview": "1"}
    page = client.post(form.action, data=fields, headers=SAME_ORIGIN)
    assert page.status_code == 422
    assert PREVIEW.search(page.text) is None


def test_a_preview_of_an_unknown_discussion_is_not_found(
    app: Flask, comments: Comments, clock: Clock
) -> None:
    token = comments.site.tokens.form("nergens", clock())
    fields = {**FILLED, "token": token, "preview": "1"}
    page = app.test_client().post("/comments/nergens", data=fields, headers=SAME_ORIGIN)
    assert page.status_code == 404
    assert form_in(page.text).fields["text"] == FILLED["text"]


def test_the_preview_does_not_change_what_is_public(client: FlaskClient, room: Room) -> None:
    room.says(state=State.APPROVED)
    before = client.get("/dekschuit/")
    posts(client, preview="1")
    assert client.get("/dekschuit/").headers["ETag"] == before.headers["ETag"]
