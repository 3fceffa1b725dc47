"""The language of a page: the site's, the one in the address, or what the browser wishes where it may."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from blog import languages
from blog.discussion import Catalogue, SettingError
from blog.models import db
from comments.database import writing
from comments.models import Comment, Thread
from comments.shown import refresh
from comments.states import State

from .conftest import House

BOTH = ("nl", "en")


def lang(answer: TestResponse) -> list[str]:
    return re.findall(r'<html lang="([^"]+)"', answer.text)


@pytest.fixture
def free(make_house):
    """A site whose readers choose."""
    house = make_house(choose_language=True)
    house.article(title="Draagvlak", html="<p>Tekst.</p>")
    return house


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("", "nl"),
        ("en", "en"),
        ("en-GB,en;q=0.9,nl;q=0.8", "en"),
        ("de, en;q=0.5", "en"),
        ("de", "nl"),
        ("nl-BE", "nl"),
        ("en;q=0", "nl"),
        ("*", "nl"),
        ("en;q=kapot, ;;;=,", "nl"),
        ("x" * 5000, "nl"),
    ],
)
def test_a_browser_gets_the_best_of_what_it_wishes(header, code):
    assert languages.wished(header, BOTH) == code


@pytest.mark.parametrize(
    "path", ["/", "/draagvlak/", "/search", "/privacy", "/login", "/nergens/", "/page/2/"]
)
def test_where_readers_choose_their_browser_decides(free, path):
    wish = {"Accept-Language": "en-GB, nl;q=0.5"}
    client = free.client()
    english, dutch = client.get(path, headers=wish), client.get(path)
    assert (lang(english), lang(dutch)) == (["en"], ["nl"])
    assert "Accept-Language" in english.headers["Vary"]
    assert "Accept-Language" in dutch.headers["Vary"]


def test_a_page_from_the_cache_is_nobody_elses_language(free):
    client = free.client()
    for wish in ("en", "nl", "en", "de", "nl"):
        answer = client.get("/draagvlak/", headers={"Accept-Language": wish})
        assert lang(answer) == ["en" if wish == "en" else "nl"]
        assert ("Leave a reply" in answer.text) == (wish == "en")


def test_the_address_goes_before_the_browser(free):
    wish = {"Accept-Language": "en"}
    client = free.client()
    assert lang(client.get("/draagvlak/?lang=nl", headers=wish)) == ["nl"]
    assert lang(client.get("/draagvlak/?lang=klingon", headers=wish)) == ["en"]


def test_who_has_the_page_in_one_language_has_not_the_other(free):
    client = free.client()
    dutch = client.get("/draagvlak/")
    known = {"If-None-Match": dutch.headers["ETag"]}
    again = client.get("/draagvlak/", headers=known)
    assert again.status_code == 304
    assert "Accept-Language" in again.headers["Vary"]
    assert client.get("/draagvlak/", headers={**known, "Accept-Language": "en"}).status_code == 200


def test_styles_and_scripts_are_the_same_in_every_language(free):
    answer = free.client().get("/static/site.css", headers={"Accept-Language": "en"})
    assert "Accept-Language" not in answer.headers.get("Vary", "")
    answer.close()


def test_a_feed_speaks_the_language_that_is_asked_for(free):
    client = free.client()
    assert 'xml:lang="nl"' in client.get("/feed.atom").text
    english = client.get("/feed.atom", headers={"Accept-Language": "en"})
    assert "<title>Articles on Weerwoord</title>" in english.text


def test_without_leave_only_the_address_decides(house):
    house.article()
    client = house.client()
    wish = {"Accept-Language": "en"}
    answer = client.get("/draagvlak/", headers=wish)
    assert lang(answer) == ["nl"]
    assert "Accept-Language" not in answer.headers["Vary"]
    assert lang(client.get("/draagvlak/?lang=en", headers=wish)) == ["en"]


def test_a_switch_is_offered_only_where_readers_choose(free, house):
    page = free.client().get("/draagvlak/").text
    assert '<a href="?lang=en" lang="en" hreflang="en" rel="nofollow">English</a>' in page
    assert "Nederlands" not in page
    assert ">Nederlands</a>" in free.client().get("/draagvlak/?lang=en").text
    assert "hreflang" not in house.client().get("/").text


def test_the_switch_keeps_what_was_searched_for(free):
    page = free.client().get("/search?q=hub+%26+%22spaak%22").text
    assert 'href="?q=hub%20%26%20%22spaak%22&amp;lang=en"' in page


def test_the_switch_repeats_nothing_else_of_an_address(free):
    client = free.client()
    assert "elders" not in client.get("/draagvlak/?elders=1&lang=en").text
    assert "elders" not in client.get("/draagvlak/?lang=en").text


def test_what_is_written_here_is_marked_where_the_page_speaks_otherwise(house):
    house.article(summary="Kort.", html="<p>Tekst.</p>")
    client = house.client()
    english = client.get("/draagvlak/?lang=en").text
    assert '<h1 itemprop="headline" lang="nl" class="title">Draagvlak</h1>' in english
    assert 'itemprop="articleBody" lang="nl"><p>Tekst.</p>' in english
    assert '<h2 lang="nl"><a href="/draagvlak/">' in client.get("/?lang=en").text
    for path in ("/draagvlak/", "/"):
        assert ' lang="nl"' not in client.get(path).text.replace('<html lang="nl">', "").replace(
            'id="comments" lang="nl"', ""
        )


def test_a_comment_is_marked_where_it_was_written_in_another_language(house):
    house.article()
    client = house.client()
    says(client, "/draagvlak/", "Hallo allemaal.")
    says(client, "/draagvlak/?lang=en", "Hello everybody.")
    approve_all(house)
    dutch, english = client.get("/draagvlak/").text, client.get("/draagvlak/?lang=en").text
    assert bodies(dutch) == {"Hallo allemaal.": "", "Hello everybody.": "en"}
    assert bodies(english) == {"Hallo allemaal.": "nl", "Hello everybody.": ""}


def says(client: FlaskClient, path: str, text: str) -> None:
    page = client.get(path).text
    action = re.findall(r'<form class="ww-form"[^>]* action="([^"]+)"', page)[0]
    token = re.findall(r'name="token" value="([^"]+)"', page)[-1]
    fields = {"text": text, "name": "Dia", "email": "dia@lezers.example", "token": token}
    answer = client.post(action.replace("&amp;", "&"), data=fields)
    assert answer.status_code == 303, answer.text


def approve_all(house: House) -> None:
    """As if a person had; who that was is not what these tests are about."""
    with house.app.app_context(), writing(db.engine) as session:
        for comment, thread in session.execute(
            select(Comment, Thread).join_from(Comment, Thread)
        ).all():
            comment.state = State.APPROVED
            refresh(session, thread, comment, State.PENDING)


def bodies(page: str) -> dict[str, str]:
    found = re.findall(r'<section class="ww-body" itemprop="text"([^>]*)><p>([^<]+)</p>', page)
    return {text: "".join(re.findall(r'lang="(\w+)"', attributes)) for attributes, text in found}


@pytest.mark.parametrize(("code", "said"), [("nl", "2 maart 2026"), ("en", "2 March 2026")])
def test_a_day_is_said_as_the_language_says_it(house, code, said):
    house.article()
    for path in ("/", "/draagvlak/"):
        assert f">{said}</time>" in house.client().get(f"{path}?lang={code}").text


@pytest.mark.parametrize(("code", "said"), [("nl", "12.000 reacties"), ("en", "12,000 replies")])
def test_a_large_number_is_written_in_groups(house, code, said):
    house.article()
    house.comment_count("draagvlak", 12_000)
    for path in ("/", "/draagvlak/"):
        assert said in house.client().get(f"{path}?lang={code}").text


def test_a_language_without_texts_stops_the_start_and_says_which_there_are():
    with pytest.raises(SettingError, match="WEERWOORD_LANGUAGE is 'fr'; it may be en"):
        languages.spoken("fr", [Catalogue()])


def test_a_site_speaks_what_every_part_of_it_speaks(tmp_path):
    for part, codes in {"one": ("nl", "de", "fr"), "two": ("nl", "de")}.items():
        for code in codes:
            file = tmp_path / part / code / "LC_MESSAGES" / "messages.po"
            file.parent.mkdir(parents=True)
            file.write_text("")
    both = [Catalogue(tmp_path / "one"), Catalogue(tmp_path / "two")]
    assert languages.spoken("nl", both) == ("nl", "de", "en")
    with pytest.raises(SettingError, match="'fr'"):
        languages.spoken("fr", both)


@pytest.mark.parametrize(
    ("code", "name"), [("nl", "Nederlands"), ("en", "English"), ("fr", "Français")]
)
def test_a_language_is_called_what_its_speakers_call_it(code, name):
    assert languages.name_of(code) == name
