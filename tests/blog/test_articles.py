import re

import pytest

from blog.states import State
from tests.people import ADA, BOB, token_in


def test_an_article_is_read_at_its_slug(house):
    house.article(
        "draagvlak",
        title="Draagvlak < doel",
        html="<p>Eerst <em>luisteren</em>.</p>",
        words=221,
        tags=["Hub"],
    )
    page = house.client().get("/draagvlak/").text
    for part in (
        "Draagvlak &lt; doel",
        "<p>Eerst <em>luisteren</em>.</p>",
        "Bob Terpstra",
        "Utrecht",
        "Leestijd: ca. 2 minuten",
        'href="/tag/hub/"',
        "Over de auteur",
        'id="respond"',
    ):
        assert part in page


def test_a_slash_is_added(house):
    house.article()
    answer = house.client().get("/draagvlak?lang=en")
    assert answer.status_code == 308
    assert answer.location.endswith("/draagvlak/?lang=en")


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize(
    ("state", "status"), [(State.DRAFT, 404), (State.SUBMITTED, 404), (State.WITHDRAWN, 410)]
)
def test_what_is_not_published_is_not_read(house, state, status, method):
    house.article(state=state, html="<p>geheim</p>")
    answer = getattr(house.client(ADA), method)("/draagvlak/")
    assert answer.status_code == status
    assert "geheim" not in answer.text


@pytest.mark.parametrize("place", ["/nergens/", "/Draagvlak/", "/draagvlak%00/", "/dr%C3%A1gvlak/"])
def test_a_slug_that_nothing_has_is_not_there(house, place):
    house.article()
    assert house.client().get(place).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_an_article_is_only_read(house, method):
    house.article()
    answer = getattr(house.client(), method)("/draagvlak/")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    "place",
    [
        "comments/page/0/",
        "comments/page/2/",
        "comments/page/999999/",
        "comments/page/99999999999999999999/",
        "comments/77/replies/",
        "comments/0/replies/",
        "comments/77",
        "comments/9223372036854775808",
        f"comments/{'9' * 5000}",
    ],
)
def test_a_part_of_a_discussion_that_is_not_there_is_not_found(house, place):
    house.article()
    assert house.client().get(f"/draagvlak/{place}").status_code == 404


def test_the_first_page_of_a_discussion_is_the_article(house):
    house.article()
    answer = house.client().get("/draagvlak/comments/page/1/")
    assert answer.status_code == 308
    assert answer.location.endswith("/draagvlak/")


def test_a_page_from_the_cache_opens_no_session(house):
    house.article(tags=["hub"])
    client = house.client()
    client.get("/draagvlak/")
    assert house.queries(lambda: client.get("/draagvlak/")) == []


def test_a_page_is_found_when_the_raw_connection_is_lost(house):
    house.article()
    client = house.client()
    client.get("/draagvlak/")
    house.app.extensions["blog"].comments.site.versions.connection().close()
    assert client.get("/draagvlak/").status_code == 200


def test_a_change_is_seen_at_once_on_the_page_from_the_cache(house):
    number = house.article()
    client = house.client()
    assert "Nieuwe naam" not in client.get("/draagvlak/").text
    house.change(number, title="Nieuwe naam", version=2)
    assert "Nieuwe naam" in client.get("/draagvlak/").text


def test_the_public_page_sets_no_cookie_and_varies_as_the_cache_says(house):
    house.article()
    answer = house.client().get("/draagvlak/")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "public, no-cache"


def test_somebody_signed_in_gets_a_page_of_his_own(house):
    house.article()
    answer = house.client(BOB).get("/draagvlak/")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert 'href="/account"' in answer.text
    assert 'href="/account"' not in house.client().get("/draagvlak/").text


def test_a_correction_is_dated(house):
    house.article(updated_at=house.clock.now.replace(day=5))
    assert "Verbeterd op" in house.client().get("/draagvlak/").text


def test_a_closed_discussion_has_no_form(house):
    house.article(comments_open=False)
    assert "<textarea" not in house.client().get("/draagvlak/").text


def test_an_author_has_the_same_picture_above_and_in_the_discussion(house):
    house.article("gesprek")
    bob = house.client(BOB)
    token = token_in(bob.get("/gesprek/").text)
    bob.post(
        "/comments/gesprek",
        data={"csrf_token": token, "text": "Zo zit het."},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    pictures = re.findall(r"<svg class=\"avatar.*?</svg>", house.client().get("/gesprek/").text)
    assert len(pictures) == 2
    assert pictures[0] == pictures[1]
