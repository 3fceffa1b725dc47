"""The feeds of comments at their doors: what is in them, what never is, and how cheaply they are asked for."""

from collections.abc import Iterator
from dataclasses import replace

import feedparser
import pytest
from defusedxml.ElementTree import fromstring
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from comments import newest
from comments.database import reading, writing
from comments.extension import Comments
from comments.models import Comment
from comments.states import Action, State

from .bulk import discussion
from .databases import on_both_databases
from .host import DECK, SPOKE, Clock, Room, SmallHost
from .small_site import small_site

ALL, ONE = "/comments.atom", "/comments/dekschuit.atom"
THREADS = "{http://purl.org/syndication/thread/1.0}"


def feed(client: FlaskClient, path: str = ALL) -> feedparser.FeedParserDict:
    answer = client.get(path)
    assert answer.status_code == 200
    found = feedparser.parse(answer.data)
    assert not found.bozo
    return found


def titles(client: FlaskClient, path: str = ALL) -> list[str]:
    return [entry.content[0].value for entry in feed(client, path).entries]


def test_the_newest_comments_of_all_discussions_are_told(client: FlaskClient, room: Room) -> None:
    room.says("Eerst.")
    room.says_elsewhere("Daarna, elders.")
    room.says("Nu.")
    assert titles(client) == ["<p>Nu.</p>", "<p>Daarna, elders.</p>", "<p>Eerst.</p>"]


def test_a_discussion_has_a_feed_of_its_own(client: FlaskClient, room: Room) -> None:
    room.says("Hier.")
    room.says_elsewhere("Daar.")
    assert titles(client, ONE) == ["<p>Hier.</p>"]
    assert titles(client, "/comments/spaak.atom") == ["<p>Daar.</p>"]


def test_an_entry_says_who_where_and_when(client: FlaskClient, room: Room) -> None:
    number = room.says("Hallo.")
    with writing(room.engine) as session:
        session.get_one(Comment, number).author_url = "https://dia.example/"
    [entry] = feed(client, ONE).entries
    assert entry.author_detail == {"name": "Dia Okonkwo", "href": "https://dia.example/"}
    assert entry.title == "Dia Okonkwo on De dekschuit"
    assert entry.link == f"http://localhost/dekschuit/comments/{number}"
    assert entry.published == entry.updated == f"{room.clock():%Y-%m-%dT%H:%M:%SZ}"


def test_an_edited_comment_is_told_as_changed(client: FlaskClient, room: Room) -> None:
    number, said = room.says("Halo."), room.clock()
    room.clock.goes_on(minutes=3)
    with writing(room.engine) as session:
        comment = session.get_one(Comment, number)
        comment.edited_at, comment.html = room.clock(), "<p>Hallo.</p>"
    [entry] = feed(client, ONE).entries
    assert entry.published == f"{said:%Y-%m-%dT%H:%M:%SZ}"
    assert entry.updated == f"{room.clock():%Y-%m-%dT%H:%M:%SZ}"


def test_a_reply_says_what_it_answers(client: FlaskClient, room: Room) -> None:
    root = room.says("Wie?")
    room.says("Ik.", parent=root)
    reply, asked = feed(client, ONE).entries
    answers = fromstring(client.get(ONE).data).findall(f".//{THREADS}in-reply-to")
    assert [found.get("ref") for found in answers] == [asked.id]
    assert answers[0].get("href") == asked.link
    assert reply.id != asked.id


def test_what_it_answers_is_not_told_once_it_is_gone(client: FlaskClient, room: Room) -> None:
    root = room.says("Wie?")
    room.says("Ik.", parent=root)
    room.moves(root, Action.REJECT)
    assert titles(client, ONE) == ["<p>Ik.</p>"]
    assert b"in-reply-to" not in client.get(ONE).data


@pytest.mark.parametrize("path", [ALL, ONE])
def test_nothing_but_what_is_approved_is_told(client: FlaskClient, room: Room, path: str) -> None:
    for state in State:
        room.says(f"Dit is {state}.", state=state)
    room.is_pinged(State.APPROVED)
    assert titles(client, path) == ["<p>Dit is approved.</p>"]


@pytest.mark.parametrize("path", [ALL, ONE])
def test_no_mail_address_is_ever_told(client: FlaskClient, room: Room, path: str) -> None:
    room.says("Schrijf me.")
    room.staff_says("Doe ik.")
    told = client.get(path).text
    assert "Bob Terpstra" in told
    assert "@" not in told


def test_who_waited_long_is_news_when_he_is_let_in(client: FlaskClient, room: Room) -> None:
    waited = room.says("Ik wachtte.", state=State.PENDING)
    for _ in range(3):
        room.says()
    room.clock.goes_on(days=2)
    room.moves(waited, Action.APPROVE)
    assert titles(client)[0] == titles(client, ONE)[0] == "<p>Ik wachtte.</p>"


def test_no_more_than_the_newest_fifty_are_told(client: FlaskClient, room: Room) -> None:
    for number in range(52):
        room.says(f"Nummer {number}.")
    assert len(titles(client)) == 50
    assert titles(client, ONE)[0] == "<p>Nummer 51.</p>"
    assert titles(client, ONE)[-1] == "<p>Nummer 2.</p>"


@pytest.mark.parametrize("path", [ALL, ONE])
def test_whoever_has_it_is_told_so(client: FlaskClient, room: Room, path: str) -> None:
    room.says()
    first = client.get(path)
    tag, time = first.headers["ETag"], first.headers["Last-Modified"]
    assert not tag.startswith("W/")
    for known in ({"If-None-Match": tag}, {"If-Modified-Since": time}):
        again = client.get(path, headers=known)
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == tag


@pytest.mark.parametrize("path", [ALL, ONE])
def test_whoever_has_an_older_one_gets_the_new(client: FlaskClient, room: Room, path: str) -> None:
    room.says()
    first = client.get(path)
    room.says("Nieuw.")
    tag, time = first.headers["ETag"], first.headers["Last-Modified"]
    for known in ({"If-None-Match": tag}, {"If-Modified-Since": time}):
        assert "Nieuw." in client.get(path, headers=known).text
    lies = {"If-None-Match": tag, "If-Modified-Since": "Fri, 31 Dec 2100 23:59:59 GMT"}
    assert client.get(path, headers=lies).status_code == 200


@pytest.mark.parametrize("path", [ALL, ONE])
def test_what_has_not_changed_keeps_its_time(client: FlaskClient, room: Room, path: str) -> None:
    room.says()
    time = client.get(path).headers["Last-Modified"]
    room.clock.goes_on(hours=2)
    assert client.get(path).headers["Last-Modified"] == time


@pytest.mark.parametrize("path", [ALL, ONE])
def test_a_feed_is_the_same_for_everybody(
    client: FlaskClient, room: Room, host: SmallHost, path: str
) -> None:
    room.says()
    guest = client.get(path)
    client.set_cookie("ww_reader", "of iets")
    host.signed_in = None
    other = client.get(f"{path}?utm_source=elders")
    assert guest.data == other.data
    assert "Set-Cookie" not in guest.headers
    assert guest.headers["Vary"] == "Accept-Encoding"
    assert guest.content_type == "application/atom+xml; charset=utf-8"


@pytest.mark.parametrize("path", [ALL, ONE])
def test_only_its_head_may_be_asked_for(client: FlaskClient, room: Room, path: str) -> None:
    room.says()
    whole, head = client.get(path), client.head(path)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == whole.headers["ETag"]


@pytest.mark.parametrize("path", [ALL, ONE])
def test_a_decision_is_seen_at_once(client: FlaskClient, room: Room, path: str) -> None:
    number = room.says("Even.")
    assert titles(client, path) == ["<p>Even.</p>"]
    room.moves(number, Action.SPAM)
    assert titles(client, path) == []


def test_a_subject_that_is_gone_takes_its_comments_along(
    client: FlaskClient, comments: Comments, room: Room, host: SmallHost
) -> None:
    room.says("Hier.")
    room.says_elsewhere("Daar.")
    assert len(titles(client)) == 2
    del host.known[DECK.key]
    comments.touch(DECK.key)
    assert titles(client) == ["<p>Daar.</p>"]
    assert client.get(ONE).status_code == 404


def test_a_new_title_is_told(
    client: FlaskClient, comments: Comments, room: Room, host: SmallHost
) -> None:
    room.says()
    assert "De dekschuit" in client.get(ALL).text
    host.known[DECK.key] = replace(DECK, title="De trekschuit")
    comments.touch(DECK.key)
    for path in (ALL, ONE):
        assert "De trekschuit" in client.get(path).text


@pytest.mark.parametrize("key", ["nergens", "%00", "a" * 3000, "'", ".atom", "é"])
def test_of_nothing_there_is_no_feed(client: FlaskClient, key: str) -> None:
    assert client.get(f"/comments/{key}.atom").status_code == 404


def test_a_feed_that_the_host_gives_an_address_of_its_own_names_that(
    client: FlaskClient, room: Room, host: SmallHost
) -> None:
    room.says()
    assert feed(client, ONE).feed.links[0].href == f"http://localhost{ONE}"
    host.known[DECK.key] = replace(DECK, feed_url="/dekschuit/feed", title="Zelf")
    assert feed(client, ONE).feed.links[0].href == "http://localhost/dekschuit/feed"
    assert 'href="/dekschuit/feed"' in client.get("/dekschuit/").text


def test_the_address_of_the_site_goes_before_the_one_that_was_asked(
    host: SmallHost, clock: Clock, room: Room
) -> None:
    room.says()
    app: Flask = small_site(host, clock, site_url="https://site.example/")
    found = feed(app.test_client())
    assert found.entries[0].link.startswith("https://site.example/dekschuit/comments/")
    assert found.entries[0].id.startswith("tag:site.example,2026-03-01:comment-")
    app.extensions["comments"].site.versions.close()


def test_what_one_host_name_was_told_is_not_told_to_another(
    client: FlaskClient, room: Room
) -> None:
    room.says()
    assert "evil.example" in client.get(ALL, base_url="http://evil.example").text
    assert "evil.example" not in client.get(ALL).text


def test_the_page_offers_the_feed_to_readers(client: FlaskClient, room: Room) -> None:
    page = client.get("/dekschuit/").text
    assert f'<a href="{ONE}" type="application/atom+xml">Follow with a feed reader</a>' in page


@pytest.fixture
def asked(engine: Engine) -> Iterator[list[str]]:
    found: list[str] = []

    def note(connection: object, cursor: object, statement: str, *more: object) -> None:
        found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("size", [1, 200, 10_000])
def test_a_feed_asks_the_same_whatever_the_size(
    client: FlaskClient, room: Room, asked: list[str], size: int
) -> None:
    discussion(room, [0] * size)
    for path, made, kept in ((ALL, 2, 1), (ONE, 1, 0)):
        asked.clear()
        client.get(path)
        assert len(asked) == made
        asked.clear()
        client.get(path)
        assert len(asked) == kept


@on_both_databases
def test_the_rows_of_a_feed_are_the_same_on_both_databases(room: Room) -> None:
    root = room.says("Eerst.")
    reply = room.says("Antwoord.", parent=root)
    room.says_elsewhere("Elders.", state=State.PENDING)
    with reading(room.engine) as session:
        rows = newest.newest(session, 2)
        assert [(row.id, row.parent_id, row.key) for row in rows] == [
            (reply, root, DECK.key),
            (root, None, DECK.key),
        ]
        assert rows[0].parent_created_at == rows[1].created_at
        assert newest.newest(session, 2, SPOKE.key) == []
        assert newest.newest(session, 1, DECK.key) == rows[:1]
        assert [mark[0] for mark in newest.marks(session, 2)] == [reply, root]


@on_both_databases
def test_each_discussion_says_when_it_last_grew(room: Room) -> None:
    room.says()
    waited = room.says(state=State.PENDING)
    said = room.clock()
    room.says_elsewhere(state=State.PENDING)
    with reading(room.engine) as session:
        assert newest.last_grown(session).keys() == {DECK.key}
    room.clock.goes_on(days=1)
    room.moves(waited, Action.APPROVE)
    with reading(room.engine) as session:
        assert newest.last_grown(session) == {DECK.key: room.clock()}
    assert room.clock() > said


def test_a_decision_that_leaves_it_there_makes_no_news_of_it(
    client: FlaskClient, room: Room
) -> None:
    first = room.says("Eerst.")
    room.says("Daarna.")
    with writing(room.engine) as session:
        session.get_one(Comment, first).report_count = 1
    room.moves(first, Action.KEEP)
    assert titles(client) == ["<p>Daarna.</p>", "<p>Eerst.</p>"]
    room.moves(first, Action.REJECT)
    room.clock.goes_on(minutes=1)
    room.moves(first, Action.APPROVE)
    assert titles(client) == ["<p>Eerst.</p>", "<p>Daarna.</p>"]
