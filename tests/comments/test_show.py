"""A page with a discussion through the door: the same bytes for everybody, or made for one reader."""

from dataclasses import replace
from threading import Barrier, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import Babel
from werkzeug.test import TestResponse

from comments.extension import Comments
from comments.reader import COOKIE
from comments.states import Action, State

from .browser import body_of, form_in, posted_id, posts, words_of
from .bulk import discussion
from .host import DECK, Clock, Room, SmallHost
from .small_site import small_site

PUBLIC, PRIVATE = "public, no-cache", "private, no-store"


def cached(answer: TestResponse) -> str:
    return answer.headers["Cache-Control"]


def renders(app: Flask) -> list[str]:
    """Notes each time the discussion is rendered."""
    found: list[str] = []
    comments = app.extensions["comments"]
    rendered = comments.render

    def counted(key: str) -> object:
        found.append(key)
        return rendered(key)

    app.jinja_env.globals["comments"] = counted
    return found


# public bytes


def test_a_page_is_the_same_bytes_for_every_reader(app: Flask, client: FlaskClient) -> None:
    first, other = client.get("/dekschuit/"), app.test_client().get("/dekschuit/")
    assert first.data == other.data
    assert cached(first) == PUBLIC
    assert "Set-Cookie" not in first.headers
    assert "Set-Cookie" not in other.headers


def test_a_page_is_rendered_once_however_many_ask(app: Flask, comments: Comments) -> None:
    found, gate = renders(app), Barrier(8)

    def ask() -> None:
        gate.wait()
        assert app.test_client().get("/dekschuit/").status_code == 200
        comments.site.versions.close()

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["dekschuit"]


def test_a_new_comment_makes_new_bytes(client: FlaskClient, room: Room) -> None:
    before = client.get("/dekschuit/")
    own = room.says("Zojuist gezegd.")
    after = client.get("/dekschuit/")
    assert after.headers["ETag"] != before.headers["ETag"]
    assert "Zojuist gezegd." in body_of(after.text, own)


def test_a_decision_makes_new_bytes(client: FlaskClient, room: Room) -> None:
    own = room.says("Niet meer lang.")
    assert "Niet meer lang." in client.get("/dekschuit/").text
    room.moves(own, Action.REJECT)
    assert "Niet meer lang." not in client.get("/dekschuit/").text


def test_who_has_the_bytes_already_gets_none(client: FlaskClient, room: Room) -> None:
    etag = client.get("/dekschuit/").headers["ETag"]
    assert client.get("/dekschuit/", headers={"If-None-Match": etag}).status_code == 304
    room.says()
    assert client.get("/dekschuit/", headers={"If-None-Match": etag}).status_code == 200


def test_a_waiting_comment_does_not_change_a_byte(client: FlaskClient, room: Room) -> None:
    room.says()
    before = client.get("/dekschuit/").data
    room.says("Nog niet gelezen.", state=State.PENDING)
    assert client.get("/dekschuit/").data == before


def test_a_page_is_made_anew_in_the_next_hour(
    app: Flask, client: FlaskClient, clock: Clock
) -> None:
    found = renders(app)
    clock.goes_on(minutes=59, seconds=59)
    before = form_in(client.get("/dekschuit/").text).fields["token"]
    clock.goes_on(seconds=1)
    assert form_in(client.get("/dekschuit/").text).fields["token"] != before
    assert len(found) == 2


def test_a_page_is_made_anew_at_closing_time(
    client: FlaskClient, clock: Clock, host: SmallHost
) -> None:
    host.known["dekschuit"] = replace(DECK, open_until=clock.now.replace(minute=30))
    assert "<form" in client.get("/dekschuit/").text
    clock.goes_on(minutes=30)
    closed = client.get("/dekschuit/").text
    assert "<form" not in closed
    assert "The time for replies to this article is over." in closed


def test_a_new_title_makes_new_bytes(client: FlaskClient, host: SmallHost) -> None:
    before = client.get("/dekschuit/").headers["ETag"]
    host.known["dekschuit"] = replace(DECK, title="Nieuwe titel", open=False)
    assert client.get("/dekschuit/").headers["ETag"] != before


def test_a_touched_subject_makes_its_page_anew(
    client: FlaskClient, host: SmallHost, comments: Comments
) -> None:
    client.get("/dekschuit/")
    host.known["dekschuit"] = replace(DECK, open=False)
    comments.touch("dekschuit")
    assert "The discussion of this article is closed." in client.get("/dekschuit/").text


@pytest.mark.parametrize(
    "query", ["?utm_source=brief", "?page=2", "?page=x", "?lang=xx", "?" + "a=b&" * 50]
)
def test_what_a_page_does_not_know_makes_no_other_page(
    client: FlaskClient, comments: Comments, query: str
) -> None:
    first = client.get("/dekschuit/")
    assert client.get(f"/dekschuit/{query}").data == first.data
    assert len(comments.site.pages.kept) == 1


def test_each_page_of_a_branch_has_its_own_bytes(
    client: FlaskClient, room: Room, comments: Comments
) -> None:
    root = discussion(room, [7])[0]
    first = client.get(f"/dekschuit/comments/{root}/replies/")
    second = client.get(f"/dekschuit/comments/{root}/replies/?page=2")
    assert first.data != second.data
    assert len(comments.site.pages.kept) == 2


def test_each_language_has_its_own_bytes(host: SmallHost, clock: Clock) -> None:
    asked = ["nl"]
    app = speaking_site(host, clock, asked)
    dutch = app.test_client().get("/dekschuit/")
    asked[0] = "en"
    english = app.test_client().get("/dekschuit/")
    assert ('lang="nl"' in dutch.text, 'lang="en"' in english.text) == (True, True)
    app.extensions["comments"].site.versions.close()


def speaking_site(host: SmallHost, clock: Clock, asked: list[str]) -> Flask:
    """A site with a Babel of its own, which the plug-in leaves alone."""
    return small_site(host, clock, before=lambda app: Babel(app, locale_selector=lambda: asked[0]))


# pages that do not exist


@pytest.mark.parametrize(
    "path",
    [
        "/nergens/",
        "/dekschuit/comments/page/0/",
        "/dekschuit/comments/page/2/",
        f"/dekschuit/comments/page/{2**63}/",
        f"/dekschuit/comments/page/{10**40}/",
        "/dekschuit/comments/999/replies/",
        f"/dekschuit/comments/{2**63}/replies/",
        f"/dekschuit/comments/{10**40}/replies/",
        "/dekschuit/comments/1/replies/?page=0",
        "/dekschuit/comments/1/replies/?page=2",
        "/dekschuit/comments/1/replies/?page=x",
        "/dekschuit/comments/1/replies/?page=-1",
        "/dekschuit/comments/1/replies/?page=²",
        f"/dekschuit/comments/1/replies/?page={2**63}",
        f"/dekschuit/comments/1/replies/?page={'0' * 19}1{'9' * 5000}",
        "/dekschuit/?reply=x",
        f"/dekschuit/?reply={2**63}",
        f"/dekschuit/?reply={'1' * 5000}",
        "/dekschuit/comments/999",
        f"/dekschuit/comments/{2**63}",
        f"/dekschuit/comments/{10**40}",
    ],
)
def test_a_page_that_does_not_exist_is_not_found(
    client: FlaskClient, room: Room, path: str
) -> None:
    discussion(room, [1])
    assert client.get(path).status_code == 404


def test_every_permalink_leads_to_its_comment(client: FlaskClient, room: Room) -> None:
    for comment_id in discussion(room, [0, 9, 0, 2]):
        found = client.get(f"/dekschuit/comments/{comment_id}")
        assert found.status_code == 302
        assert body_of(client.get(found.location).text, comment_id)


# pages for one reader


def test_who_answers_gets_a_page_of_his_own(client: FlaskClient, room: Room) -> None:
    own = room.says("Waar of niet?")
    found = client.get(f"/dekschuit/?reply={own}")
    assert cached(found) == PRIVATE
    assert form_in(found.text).fields["parent"] == str(own)
    assert "Reply to Dia Okonkwo" in words_of(found.text)
    assert "Waar of niet?" in found.text.partition("<blockquote")[2].partition("</blockquote>")[0]


@pytest.mark.parametrize("state", [s for s in State if s is not State.APPROVED])
def test_what_cannot_be_answered_leaves_the_form_as_it_is(
    client: FlaskClient, room: Room, state: State
) -> None:
    own = room.says("Geheim.", state=state)
    found = client.get(f"/dekschuit/?reply={own}")
    assert form_in(found.text).fields["parent"] == ""
    assert "Geheim." not in found.text


def test_a_receipt_shows_the_waiting_comment_to_its_author_only(
    app: Flask, client: FlaskClient
) -> None:
    answer = posts(client, text="Nog niet gelezen.")
    own = posted_id(answer)
    mine = client.get(answer.location)
    assert "Awaiting approval" in body_of(mine.text, own)
    assert cached(mine) == PRIVATE
    assert "Nog niet gelezen." not in app.test_client().get("/dekschuit/").text
    assert "Nog niet gelezen." not in client.get("/dekschuit/").text


def test_a_receipt_shows_nothing_under_another_article(client: FlaskClient) -> None:
    receipt = posts(client, text="Nog niet gelezen.").location.partition("?")[2]
    assert "Nog niet gelezen." not in client.get(f"/spaak/?{receipt}").text


def test_a_receipt_that_is_too_old_shows_nothing(client: FlaskClient, clock: Clock) -> None:
    answer = posts(client, text="Nog niet gelezen.")
    clock.goes_on(days=31)
    assert "Nog niet gelezen." not in client.get(answer.location).text


@pytest.mark.parametrize("forged", ["", "x", "WzEsMV0.x", "é", "a" * 5000])
def test_a_forged_receipt_shows_nothing(client: FlaskClient, room: Room, forged: str) -> None:
    room.says("Nog niet gelezen.", state=State.PENDING)
    found = client.get("/dekschuit/", query_string={"receipt": forged})
    assert found.status_code == 200
    assert "Nog niet gelezen." not in found.text


def test_what_a_moderator_refused_says_so_to_its_author(client: FlaskClient, room: Room) -> None:
    answer = posts(client)
    room.moves(posted_id(answer), Action.REJECT)
    assert "Not published" in body_of(client.get(answer.location).text, posted_id(answer))


@pytest.mark.parametrize("cookie", [COOKIE, "session"])
def test_a_reader_with_a_cookie_gets_a_page_of_his_own(client: FlaskClient, cookie: str) -> None:
    client.set_cookie(cookie, "wat dan ook")
    assert cached(client.get("/dekschuit/")) == PRIVATE


def test_a_cookie_of_somebody_else_changes_nothing(client: FlaskClient) -> None:
    client.set_cookie("_ga", "wat dan ook")
    assert cached(client.get("/dekschuit/")) == PUBLIC
