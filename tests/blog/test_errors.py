import pytest
from flask import abort
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import TooManyRequests

from blog.errors import WORDS

from .conftest import House

UNDER_TEST = [400, 403, 404, 405, 409, 410, 413, 415, 429, 500, 503]


def breaking(house: House, error: Exception) -> FlaskClient:
    """A client of a house where `/stuk` raises this."""

    def broken() -> str:
        raise error

    house.app.add_url_rule("/stuk", view_func=broken)
    return house.client()


@pytest.mark.parametrize("code", [*UNDER_TEST, 418, 501])
def test_every_error_has_a_page_of_the_house(house, code):
    house.app.add_url_rule("/stuk", view_func=lambda: abort(code))
    answer = house.client().get("/stuk")
    assert answer.status_code == code
    assert answer.text.startswith("<!doctype html>\n<html lang=")
    assert '<a class="brand" href="/">' in answer.text


def test_each_of_them_has_words_of_its_own():
    assert sorted(WORDS) == UNDER_TEST
    assert len({str(words.heading) for words in WORDS.values()}) == len(WORDS)


def test_the_words_are_in_the_reader_s_language(house):
    client = house.client()
    assert "Hier is niets" in client.get("/nergens/").text
    assert "There is nothing here" in client.get("/nergens/?lang=en").text


def test_what_breaks_tells_a_reader_nothing_of_the_inside(house):
    answer = breaking(house, ZeroDivisionError("het wachtwoord is geheim")).get("/stuk")
    assert answer.status_code == 500
    assert "geheim" not in answer.text
    assert "Traceback" not in answer.text


def test_a_database_that_does_not_answer_is_a_matter_of_time(house):
    error = OperationalError("SELECT 1", {}, Exception("database is locked"))
    answer = breaking(house, error).get("/stuk")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "locked" not in answer.text


def test_an_answer_that_asks_to_wait_says_how_long(house):
    answer = breaking(house, TooManyRequests(retry_after=7)).get("/stuk")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")


def test_where_even_the_page_fails_there_are_words(house):
    def fail(*_args):
        raise RuntimeError("no page")

    house.app.jinja_env.globals["url_for"] = fail
    answer = house.client().get("/nergens/")
    assert answer.status_code == 404
    assert "Hier is niets" in answer.text
    assert 'href="/"' in answer.text


def test_an_error_is_kept_by_no_cache(house):
    assert house.client().get("/nergens/").headers["Cache-Control"] == "no-store"


def test_an_error_page_holds_nothing_of_the_address(house):
    page = house.client().get("/nergens/%3Cscript%3Ealert(1)").text
    assert "alert(1)" not in page


def test_a_body_that_is_too_large_is_refused_before_it_is_read(house):
    client = house.client()
    answer = client.post("/login", data={"email": "x" * (3 * 2**20)})
    assert answer.status_code == 413


def test_ten_thousand_fields_are_refused(house):
    part = '--x\r\nContent-Disposition: form-data; name="veld"\r\n\r\n1\r\n'
    answer = house.client().post(
        "/login", data=part * 10_000 + "--x--\r\n", content_type="multipart/form-data; boundary=x"
    )
    assert answer.status_code == 413


@pytest.mark.parametrize("place", ["/", "/search", "/robots.txt", "/healthz", "/account"])
def test_a_page_that_is_only_read_says_what_it_takes(house, place):
    answer = house.client().post(place)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
