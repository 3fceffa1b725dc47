from datetime import timedelta
from typing import Any

import pytest

from blog.states import State
from tests.people import ADA, BOB, CAS

from .conftest import START, House


def fill(house: House, number: int, **values: Any) -> None:
    for n in range(number):
        house.article(f"nummer-{n:03}", published_at=START + timedelta(minutes=n), **values)


def test_an_empty_house_has_a_front_page(house):
    assert house.client().get("/").status_code == 200


def test_the_newest_article_stands_first(house):
    fill(house, 2)
    page = house.client().get("/").text
    assert page.index("nummer-001") < page.index("nummer-000")


def test_a_sticky_article_stands_above_newer_ones(house):
    fill(house, 2)
    house.article("vast", sticky=True, published_at=START - timedelta(days=9))
    page = house.client().get("/").text
    assert page.index("/vast/") < page.index("nummer-001")


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.WITHDRAWN])
def test_a_list_shows_published_articles_only(house, state):
    house.article("verborgen", state=state, tags=["hub"])
    client = house.client()
    for place in ("/", "/tag/hub/", "/search?q=verborgen", "/sitemap.xml"):
        assert "/verborgen/" not in client.get(place).text


def test_a_page_of_the_site_is_no_article_in_a_list(house):
    house.article("colofon", kind="page")
    assert "/colofon/" not in house.client().get("/").text


def test_older_articles_are_a_page_further(make_house):
    house = make_house(per_page=2)
    fill(house, 3)
    first, second = (house.client().get(place).text for place in ("/", "/page/2/"))
    assert "nummer-000" not in first
    assert 'href="/page/2/"' in first
    assert "nummer-000" in second
    assert "nummer-002" not in second


@pytest.mark.parametrize(
    "place",
    [
        "/page/0/",
        "/page/2/",
        "/page/999999/",
        "/page/-1/",
        "/page/1.5/",
        "/page/9223372036854775808/",
        f"/page/{'9' * 5000}/",
        "/page/%D9%A1/",
        "/tag/nergens/",
        "/tag/hub/page/2/",
        "/author/niemand/",
        "/author/bob/page/2/",
    ],
)
def test_a_page_that_a_list_does_not_have_is_not_there(house, place):
    house.article(tags=["hub"])
    assert house.client().get(place).status_code == 404


@pytest.mark.parametrize("base", ["/", "/tag/hub/", "/author/bob/"])
def test_the_first_page_has_one_address(house, base):
    house.article(tags=["hub"])
    answer = house.client().get(f"{base}page/1/")
    assert answer.status_code == 308
    assert answer.location.endswith(base)


@pytest.mark.parametrize(
    ("number", "said"), [(0, "Nog geen reacties"), (1, "1 reactie<"), (2, "2 reacties<")]
)
@pytest.mark.parametrize("place", ["/", "/author/bob/", "/draagvlak/"])
def test_the_number_of_comments_is_said_in_right_dutch(house, place, number, said):
    house.article()
    house.comment_count("draagvlak", number)
    assert said in house.client().get(place).text


def test_a_tag_lists_its_articles(house):
    house.article("met", tags=["Korte lijnen"])
    house.article("zonder")
    page = house.client().get("/tag/korte-lijnen/").text
    assert "Korte lijnen" in page
    assert "/met/" in page
    assert "/zonder/" not in page


def test_an_author_has_a_page_with_what_he_wrote(house):
    house.article("van-bob", by=BOB)
    house.article("van-cas", by=CAS)
    page = house.client().get("/author/bob/").text
    assert "Bob Terpstra schrijft hier." in page
    assert "/van-bob/" in page
    assert "/van-cas/" not in page


def test_who_published_nothing_has_no_page(house):
    assert house.client().get("/author/dirk/").status_code == 404


def test_searching_finds_all_words_in_title_or_text(house):
    house.article("een", title="Korte lijnen", source="over de hub")
    house.article("twee", title="Lange lijnen", source="over de hub")
    page = house.client().get("/search?q=HUB+korte").text
    assert "/een/" in page
    assert "/twee/" not in page


@pytest.mark.parametrize("query", ["", "   ", "%", "_", "\0", "<script>", "x" * 5000, "a " * 400])
def test_an_odd_search_is_answered_with_a_page(house, query):
    house.article("een", title="Tekst")
    answer = house.client().get("/search", query_string={"q": query})
    assert answer.status_code == 200
    assert "<script>" not in answer.text
    assert "/een/" not in answer.text


def test_a_search_shows_no_more_than_fifty(house):
    fill(house, 51, source="overal")
    assert house.client().get("/search?q=overal").text.count("<article") == 50


@pytest.mark.parametrize("number", [1, 40])
def test_the_front_page_takes_four_queries_however_many_articles(make_house, number):
    house = make_house(per_page=100)
    fill(house, number, tags=["hub"])
    client = house.client()
    client.get("/")
    assert len(house.queries(lambda: client.get("/"))) <= 4


def test_a_list_is_the_same_bytes_for_every_reader(house):
    house.article()
    first, second = house.client().get("/"), house.client().get("/")
    assert first.data == second.data
    assert "Set-Cookie" not in first.headers
    assert first.headers["Cache-Control"] == "public, no-cache"


def test_who_has_the_list_already_gets_it_not_again(house):
    client = house.client()
    tag = client.get("/").headers["ETag"]
    answer = client.get("/", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.data) == (304, b"")


def test_a_list_for_somebody_signed_in_is_his_alone(house):
    answer = house.client(ADA).get("/")
    assert 'href="/desk/"' in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_page_speaks_english_when_asked(house):
    page = house.client().get("/?lang=en").text
    assert '<html lang="en">' in page
    assert "Articles" in page


@pytest.mark.parametrize("language", ["fr", "", "nl_NL.UTF-8", "../..", "x" * 500])
def test_an_unknown_language_is_the_site_s_own(house, language):
    page = house.client().get("/", query_string={"lang": language}).text
    assert '<html lang="nl">' in page
