"""Dates, slugs and terms, one by one."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.wordpress.values import SLUG, moment, read_term, slug_in

NINE = datetime(2011, 12, 13, 9, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2011-12-13 09:15:00",
        "2011-12-13T09:15:00Z",
        "2011-12-13T10:15:00+01:00",
        "Tue, 13 Dec 2011 09:15:00 +0000",
        "Tue, 13 Dec 2011 10:15:00 +0100",
        "13 Dec 2011 09:15:00 GMT",
    ],
)
def test_a_date_is_read_as_a_moment_in_utc(text):
    assert moment(text) == NINE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0000-00-00 00:00:00",
        "-0001-11-30 00:00:00",
        "Mon, 30 Nov -0001 00:00:00 +0000",
        "0001-01-01 00:00:00+05:00",
        "9999-12-31 23:59:59-05:00",
        "2011-13-01 00:00:00",
        "Tue, 99 Dec 2011 09:15:00 +0000",
        "gisteren",
    ],
)
def test_what_is_no_date_is_none(text):
    assert moment(text) is None


@given(st.text())
def test_any_text_is_a_moment_in_utc_or_none(text):
    found = moment(text)
    assert found is None or found.tzinfo is UTC


@given(st.text())
def test_a_slug_is_always_fit_for_an_address_or_empty(text):
    assert slug_in(text) == "" or SLUG.fullmatch(slug_in(text))


@pytest.mark.parametrize("slug", ["hub-en-spoke", "snake_case", "2011", "שלום"])
def test_a_slug_stays_as_it_is(slug):
    assert slug_in(slug) == slug


def test_a_term_without_any_letter_is_no_term():
    assert read_term("post_tag", "", "?!") is None


def test_a_term_without_a_slug_gets_one_from_its_name():
    found = read_term("post_tag", "", "Hub &amp; spoke")
    assert found is not None
    assert (found.slug, found.name) == ("hub-spoke", "Hub & spoke")
