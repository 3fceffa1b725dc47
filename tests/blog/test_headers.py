import pytest

from tests.people import ADA

PAGES = ["/", "/draagvlak/", "/login", "/nergens/", "/robots.txt", "/static/site.css", "/healthz"]


@pytest.mark.parametrize("place", PAGES)
def test_every_answer_forbids_what_the_site_does_not_need(house, place):
    house.article()
    headers = house.client().get(place, buffered=True).headers
    policy = headers["Content-Security-Policy"].split("; ")
    assert policy[0] == "default-src 'none'"
    assert "frame-ancestors 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_only_behind_tls_is_tls_demanded(house, make_house):
    secure = make_house(site_url="https://weerwoord.example")
    assert "Strict-Transport-Security" not in house.client().get("/").headers
    demand = secure.client().get("/").headers["Strict-Transport-Security"]
    assert int(demand.split(";")[0].removeprefix("max-age=")) >= 31_536_000


def test_an_answer_that_says_something_itself_keeps_its_word(house):
    @house.app.get("/embed.js")
    def embed():
        return "", {"Cross-Origin-Resource-Policy": "cross-origin"}

    headers = house.client().get("/embed.js").headers
    assert headers.getlist("Cross-Origin-Resource-Policy") == ["cross-origin"]


@pytest.mark.parametrize("place", ["/", "/draagvlak/", "/account", "/studio/", "/nergens/"])
def test_no_cache_keeps_a_page_of_somebody_signed_in(house, place):
    house.article()
    assert house.client(ADA).get(place).headers["Cache-Control"] == "private, no-store"


def test_no_cache_keeps_the_page_with_the_sign_in_form(house):
    assert house.client().get("/login").headers["Cache-Control"] == "private, no-store"


def test_files_are_the_same_for_everybody(house):
    headers = house.client(ADA).get("/static/site.css", buffered=True).headers
    assert "no-store" not in headers.get("Cache-Control", "")


@pytest.mark.parametrize("place", ["/nergens/", "/robots.txt", "/static/site.css", "/healthz"])
def test_a_reader_without_a_cookie_hears_nothing_of_cookies(house, place):
    headers = house.client().get(place, buffered=True).headers
    assert "Set-Cookie" not in headers
    assert "Cookie" not in headers.get("Vary", "")
