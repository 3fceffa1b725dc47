"""The blog's own feeds: its articles, and the discussion of one of them at its address."""

from datetime import timedelta

import feedparser
import pytest
from flask.testing import FlaskClient

from blog.reading import slugify
from blog.routing import reserved
from blog.states import State
from blog.wordpress.values import slug_in
from tests.people import ADA, BOB, token_in

from .conftest import START
from .test_studio import Writer


def feed(client: FlaskClient, path: str = "/feed.atom") -> feedparser.FeedParserDict:
    found = feedparser.parse(client.get(path).data)
    assert not found.bozo
    return found


def names(client: FlaskClient) -> list[str]:
    return [entry.title for entry in feed(client).entries]


def test_the_newest_articles_come_first_whatever_is_pinned(house):
    for days, slug in enumerate(("een", "twee", "drie")):
        at = START + timedelta(days=days)
        house.article(slug, published_at=at, updated_at=at, sticky=slug == "een")
    assert names(house.client()) == ["Drie", "Twee", "Een"]


def test_an_entry_holds_the_whole_article(house):
    house.article(
        title="Draagvlak < doel",
        summary="In het kort.",
        html='<p>Zie <a href="/over/">ons</a>.</p>',
        tags=["Hub"],
        updated_at=START + timedelta(days=1),
    )
    found = feed(house.client())
    assert (found.feed.title, found.feed.language) == ("Artikelen op Weerwoord", "nl")
    [entry] = found.entries
    assert entry.title == "Draagvlak < doel"
    assert entry.link == "http://127.0.0.1:8000/draagvlak/"
    assert entry.author == "Bob Terpstra"
    assert entry.summary == "In het kort."
    assert entry.content[0].value == '<p>Zie <a href="http://127.0.0.1:8000/over/">ons</a>.</p>'
    assert (entry.published, entry.updated) == ("2026-03-02T09:00:00Z", "2026-03-03T09:00:00Z")
    assert [tag.term for tag in entry.tags] == ["Hub"]


def test_an_article_keeps_its_name_when_its_address_changes(house):
    number = house.article()
    before = feed(house.client()).entries[0]
    house.change(number, slug="steun", title="Steun", version=2)
    after = feed(house.client()).entries[0]
    assert (before.title, after.title) == ("Draagvlak", "Steun")
    assert before.id == after.id == f"tag:127.0.0.1,2026-03-02:article-{number}"


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.WITHDRAWN])
def test_only_what_readers_may_see_is_told(house, state):
    house.article(state=state)
    house.article("colofon", kind="page")
    client = house.client()
    assert names(client) == []
    assert client.get("/draagvlak/comments.atom").status_code == 404


def test_no_more_than_the_newest_fifty_are_told(house):
    for number in range(51):
        at = START + timedelta(hours=number)
        house.article(f"nummer-{number}", published_at=at, updated_at=at)
    assert len(names(house.client())) == 50
    assert names(house.client())[-1] == "Nummer-1"


def test_whoever_has_the_feed_is_told_so_until_it_changes(house):
    number = house.article()
    client = house.client()
    first = client.get("/feed.atom")
    assert first.content_type == "application/atom+xml; charset=utf-8"
    known = {"If-None-Match": first.headers["ETag"]}
    assert client.get("/feed.atom", headers=known).status_code == 304
    house.change(number, html="<p>Beter.</p>", version=2)
    assert "Beter." in client.get("/feed.atom", headers=known).text


@pytest.mark.parametrize("size", [1, 30])
def test_a_feed_asks_the_same_whatever_the_size(house, size):
    for number in range(size):
        house.article(f"nummer-{number}", tags=["hub"])
    client = house.client()
    assert len(house.queries(lambda: client.get("/feed.atom"))) == 3
    assert len(house.queries(lambda: client.get("/feed.atom"))) == 1


def test_a_discussion_has_one_feed_at_two_addresses(house):
    house.article()
    client = house.client()
    at_the_article = client.get("/draagvlak/comments.atom")
    assert at_the_article.data == client.get("/comments/draagvlak.atom").data
    own = feed(client, "/comments/draagvlak.atom").feed.links[0]
    assert (own.rel, own.href) == ("self", "http://127.0.0.1:8000/draagvlak/comments.atom")


def says(client: FlaskClient, slug: str, text: str) -> None:
    """A comment of the house, which waits for nobody."""
    token = token_in(client.get(f"/{slug}/").text)
    headers = {"Sec-Fetch-Site": "same-origin"}
    data = {"csrf_token": token, "text": text}
    assert client.post(f"/comments/{slug}", data=data, headers=headers).status_code == 303


def test_an_article_that_is_withdrawn_takes_its_comments_out_of_the_feed(house):
    place = f"/studio/{house.article()}"
    client, ada = house.client(), Writer(house.client(ADA))
    says(ada.client, "draagvlak", "Mijn woord.")
    assert "Mijn woord." in client.get("/comments.atom").text
    assert ada.send("withdraw", place).status_code == 303
    assert "Mijn woord." not in client.get("/comments.atom").text
    assert client.get("/draagvlak/comments.atom").status_code == 404
    assert ada.send("publish", place).status_code == 303
    assert "Mijn woord." in client.get("/comments.atom").text


@pytest.mark.parametrize("taken", ["feed.atom", "comments.atom", "comments", "sitemap.xml"])
def test_no_article_can_stand_in_the_way_of_a_feed(house, taken):
    bob = Writer(house.client(BOB))
    assert bob.send("save", slug=taken).status_code == 422
    assert taken in reserved(house.app)


def test_pages_tell_feed_readers_where_the_feeds_are(house):
    house.article()
    everywhere = 'rel="alternate" type="application/atom+xml" href="/feed.atom"'
    own = 'rel="alternate" type="application/atom+xml" href="/draagvlak/comments.atom"'
    assert everywhere in house.client().get("/").text
    assert own not in house.client().get("/").text
    page = house.client().get("/draagvlak/").text
    assert everywhere in page
    assert own in page


@pytest.mark.parametrize("taken", ["feed.atom", "comments.atom"])
def test_an_import_cannot_bring_an_article_that_stands_in_the_way(taken):
    assert slug_in(taken) == slugify(taken) == taken.replace(".", "-")
