"""What a page says of itself: where it is to be found, what stands on it, and what no index may hold."""

import re
from datetime import timedelta
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from sqlalchemy import insert
from werkzeug.test import TestResponse

from blog import machines
from blog.models import Article, db
from blog.states import State
from comments import storing
from comments.database import writing
from comments.draft import Draft
from comments.states import State as Said
from tests.comments.microdata import read
from tests.people import BOB

from .conftest import START, House

ROOT = "http://127.0.0.1:8000"
FOLDED = 25
"""Replies under one comment: more than are shown before the fold."""


def links(page: str, rel: str) -> list[str]:
    return re.findall(rf'<link rel="{rel}" href="([^"]+)"', page)


def said(page: str, name: str) -> list[str]:
    return re.findall(rf'<meta (?:name|property)="{name}" content="([^"]*)"', page)


def say(house: House, slug: str, *parents: int | None, state: Said = Said.APPROVED) -> list[int]:
    """A comment for each of these places of what is answered (None: nothing), a minute apart; their ids."""
    made: list[int] = []
    with house.app.app_context(), writing(db.engine) as session:
        site = house.app.extensions["comments"].site
        subject = site.host.subject(slug)
        for parent in parents or (None,):
            house.clock.later(minutes=1)
            draft = Draft(
                thread_key=slug,
                text=f"Gezegd om {house.clock.now}.",
                html="<p>Zo.</p>",
                created_at=house.clock.now,
                name="Dia",
                email="dia@lezers.example",
                parent_id=None if parent is None else made[parent],
            )
            stored = storing.accept(session, draft, state, subject, site.keys, site.settings)
            made.append(stored.id)
    return made


@pytest.fixture
def talk(house):
    """An article with two pages of a discussion, and a branch that goes on on a page of its own."""
    house.article("gesprek", title="Gesprek", summary="In het kort.", tags=["Hub"])
    return say(house, "gesprek", None, *[0] * FOLDED, *[None] * 30)[0]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("/", "/"),
        ("/?lang=en", "/"),
        ("/page/2/", "/page/2/"),
        ("/page/2/?utm_source=x", "/page/2/"),
        ("/tag/hub/", "/tag/hub/"),
        ("/author/bob/?lang=en", "/author/bob/"),
        ("/gesprek/", "/gesprek/"),
        ("/gesprek/?order=newest", "/gesprek/"),
        ("/gesprek/?lang=en&order=useful", "/gesprek/"),
        ("/gesprek/?receipt=abc", "/gesprek/"),
        ("/gesprek/?reply={first}", "/gesprek/"),
        ("/gesprek/comments/page/2/", "/gesprek/comments/page/2/"),
        ("/gesprek/comments/page/2/?order=newest&x=1", "/gesprek/comments/page/2/"),
        ("/gesprek/comments/{first}/replies/", "/gesprek/comments/{first}/replies/"),
        ("/gesprek/comments/{first}/replies/?page=1", "/gesprek/comments/{first}/replies/"),
    ],
)
def test_a_page_is_to_be_found_at_one_address_however_it_was_asked_for(house, talk, asked, found):
    for number in range(10):
        house.article(f"nog-een-{number}")
    answer = house.client().get(asked.format(first=talk))
    assert answer.status_code == 200
    assert links(answer.text, "canonical") == [ROOT + found.format(first=talk)]
    assert said(answer.text, "robots") == []


def test_what_is_done_with_data_is_to_be_found(house):
    page = house.client().get("/privacy?lang=en").text
    assert links(page, "canonical") == ["/privacy"]
    assert said(page, "robots") == []


def test_pages_that_follow_each_other_say_so(house, talk):
    for number in range(20):
        house.article(f"nog-een-{number}")
    client = house.client()
    for before, here, after in (
        (None, "/", "/page/2/"),
        ("/", "/page/2/", "/page/3/"),
        ("/page/2/", "/page/3/", None),
        (None, "/gesprek/", "/gesprek/comments/page/2/"),
        ("/gesprek/", "/gesprek/comments/page/2/", None),
        ("/gesprek/", "/gesprek/comments/page/2/?order=newest", None),
    ):
        page = client.get(here).text
        assert links(page, "prev") == [ROOT + path for path in (before,) if path]
        assert links(page, "next") == [ROOT + path for path in (after,) if path]


@pytest.mark.parametrize(
    ("actor", "path"),
    [
        (None, "/search"),
        (None, "/search?q=hub"),
        (None, "/login"),
        (None, "/nergens/"),
        (BOB, "/account"),
        (BOB, "/studio/"),
        (BOB, "/studio/new"),
    ],
)
def test_what_is_for_nobodys_index_says_so(house, actor, path):
    page = house.client(actor).get(path).text
    assert said(page, "robots") == ["noindex"]
    assert links(page, "canonical") == []


@pytest.mark.parametrize("query", ["?receipt=abc", "?reply=1"])
def test_a_page_for_one_reader_is_for_nobodys_index(house, query):
    house.article()
    answer = house.client().get(f"/draagvlak/{query}")
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in house.client().get("/draagvlak/").headers


def test_the_page_of_the_form_is_for_nobodys_index(house):
    house.article()
    answer = house.client().post("/comments/draagvlak", data={"text": "Zonder naam."})
    assert answer.status_code == 422
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert said(answer.text, "robots") == ["noindex"]


def test_each_page_of_a_discussion_has_a_title_of_its_own(house, talk):
    client = house.client()
    paths = ("", "comments/page/2/", f"comments/{talk}/replies/")
    pages = [client.get(f"/gesprek/{path}").text for path in paths]
    titles = [re.findall("<title>(.*)</title>", page)[0] for page in pages]
    assert titles == [
        "Gesprek · Weerwoord",
        "Gesprek · Pagina 2 van 2 · Weerwoord",
        "Gesprek · Het gesprek onder de reactie van Dia · Weerwoord",
    ]


def test_a_page_that_is_shared_shows_what_it_is(house):
    house.article(title='Draagvlak "nu"', summary="Kort & goed.", updated_at=START + timedelta(1))
    page = house.client().get("/draagvlak/").text
    expected = {
        "description": "Kort &amp; goed.",
        "og:description": "Kort &amp; goed.",
        "og:title": "Draagvlak &#34;nu&#34;",
        "og:type": "article",
        "og:url": f"{ROOT}/draagvlak/",
        "og:site_name": "Weerwoord",
        "og:image": f"{ROOT}/static/share.png",
        "article:published_time": "2026-03-02T09:00:00+00:00",
        "article:modified_time": "2026-03-03T09:00:00+00:00",
        "author": "Bob Terpstra",
    }
    assert {name: said(page, name) for name in expected} == {k: [v] for k, v in expected.items()}


def test_the_picture_that_is_shared_is_there(house):
    answer = house.client().get("/static/share.png")
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    answer.close()


def test_the_front_page_says_what_the_site_is(house):
    page = house.client().get("/").text
    assert said(page, "og:type") == ["website"]
    assert said(page, "description") == ["Over strategie, met tegenspraak"]


# what stands on it


def test_an_article_is_told_with_its_discussion(house, talk):
    house.client()
    found = read(house.client().get("/gesprek/").text)
    assert found.astray == []
    [article] = found.found
    assert article.kind == "https://schema.org/BlogPosting"
    assert article.text("headline") == "Gesprek"
    assert article.text("url") == f"{ROOT}/gesprek/"
    assert article.text("articleBody") == "Tekst."
    assert article.text("commentCount") == str(1 + FOLDED + 30)
    assert article.text("datePublished") == article.text("dateModified") == START.isoformat()
    [author] = article.items("author")
    assert (author.text("name"), author.text("url")) == ("Bob Terpstra", "/author/bob/")
    assert len(article.items("comment")) == 30
    assert len(article.items("comment")[0].items("comment")) == 20


def test_a_corrected_article_says_when_it_was(house):
    house.article(updated_at=START + timedelta(days=3))
    [article] = read(house.client().get("/draagvlak/").text).found
    assert article.text("datePublished") == "2026-03-02T09:00:00+00:00"
    assert article.text("dateModified") == "2026-03-05T09:00:00+00:00"


def test_a_page_is_no_blog_posting(house):
    house.article("colofon", kind="page")
    [article] = read(house.client().get("/colofon/").text).found
    assert article.kind == "https://schema.org/Article"


def test_further_pages_name_the_article_that_they_belong_to(house, talk):
    for path in ("comments/page/2/", f"comments/{talk}/replies/"):
        [article] = read(house.client().get(f"/gesprek/{path}").text).found
        assert article.text("url") == f"{ROOT}/gesprek/"
        assert article.items("comment")


# the sitemap


def places(answer: TestResponse) -> dict[str | None, str | None]:
    assert answer.mimetype == "application/xml"
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    root: Element = fromstring(answer.data)
    return {
        one.findtext("s:loc", namespaces=names): one.findtext("s:lastmod", namespaces=names)
        for one in root
    }


def test_an_article_changes_with_its_newest_comment(house):
    house.article()
    house.article("stil")
    say(house, "draagvlak")
    at = house.clock.now
    say(house, "draagvlak", state=Said.PENDING)
    say(house, "stil", state=Said.SPAM)
    assert places(house.client().get("/sitemap.xml")) == {
        f"{ROOT}/draagvlak/": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        f"{ROOT}/stil/": f"{START:%Y-%m-%dT%H:%M:%SZ}",
    }


def test_an_article_changes_when_it_is_corrected_after_its_last_comment(house):
    number = house.article()
    say(house, "draagvlak")
    later = house.clock.now + timedelta(days=1)
    house.change(number, updated_at=later, version=2)
    assert places(house.client().get("/sitemap.xml")) == {
        f"{ROOT}/draagvlak/": f"{later:%Y-%m-%dT%H:%M:%SZ}"
    }


def test_a_site_without_articles_has_an_empty_sitemap(house):
    house.article(state=State.WITHDRAWN)
    assert places(house.client().get("/sitemap.xml")) == {}
    assert places(house.client().get("/sitemap-1.xml")) == {}


@pytest.mark.parametrize("part", ["0", "2", "x", "-1", "9" * 40])
def test_a_part_that_there_is_not_is_not_found(house, part):
    house.article()
    assert house.client().get(f"/sitemap-{part}.xml").status_code == 404


def test_more_than_one_file_may_hold_are_told_in_parts(house):
    number = house.article("nummer-0")
    row = {c.name: c for c in Article.__table__.columns}
    stored = house.stored(number)
    common = {name: getattr(stored, name) for name in row if name not in ("id", "slug")}
    count = machines.SITEMAP_LIMIT
    newest = START + timedelta(days=400)
    with house.app.app_context():
        rows = [
            {**common, "slug": f"nummer-{n}", "imported_from": None} for n in range(1, count + 1)
        ]
        rows[-1]["updated_at"] = newest
        db.session.execute(insert(Article), rows)
        db.session.commit()
    client = house.client()
    assert places(client.get("/sitemap.xml")) == {
        f"{ROOT}/sitemap-1.xml": f"{START:%Y-%m-%dT%H:%M:%SZ}",
        f"{ROOT}/sitemap-2.xml": f"{newest:%Y-%m-%dT%H:%M:%SZ}",
    }
    assert len(places(client.get("/sitemap-1.xml"))) == count
    assert list(places(client.get("/sitemap-2.xml"))) == [f"{ROOT}/nummer-{count}/"]
    assert client.get("/sitemap-3.xml").status_code == 404


@pytest.mark.parametrize("size", [1, 20])
def test_the_sitemap_asks_the_same_whatever_the_size(house, size):
    for number in range(size):
        house.article(f"nummer-{number}")
        say(house, f"nummer-{number}")
    client = house.client()
    assert len(house.queries(lambda: client.get("/sitemap.xml"))) == 2
