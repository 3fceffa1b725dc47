import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import reading
from blog.addresses import SLUG


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("één woord", 2), ("hub-and-spoke", 1), ("foto's, 1 < 2", 3), ("— … !", 0)],
)
def test_words_are_counted_as_people_count_them(text, count):
    assert reading.words(text) == count


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (220, 1), (221, 2), (2200, 10)])
def test_reading_time_is_rounded_up_and_never_nothing(words, minutes):
    assert reading.minutes(words, 220) == minutes


def test_a_short_text_is_its_own_summary():
    assert reading.summary("Kort\n en  goed.") == "Kort en goed."


@given(st.text(min_size=300, max_size=2000))
def test_a_summary_is_never_longer_than_its_limit(text):
    assert len(reading.summary(text)) <= reading.SUMMARY_LIMIT


def test_a_summary_is_cut_between_words():
    assert reading.summary("een twee drie vier", 12) == "een twee…"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Waarom draagvlak géén doel is", "waarom-draagvlak-geen-doel-is"),
        ("Foto's & co.", "fotos-co"),
        ("Straße, Łódź, Ærø", "strasse-lodz-aero"),
        ("戦略", ""),
        ("  --  ", ""),
    ],
)
def test_a_slug_holds_what_an_address_can_hold(title, slug):
    assert reading.slugify(title) == slug


@given(st.text(max_size=300))
def test_a_slug_fits_the_route_or_is_empty(text):
    slug = reading.slugify(text)
    assert len(slug) <= reading.SLUG_LIMIT
    assert slug == "" or re.fullmatch(SLUG, slug)
    assert reading.slugify(slug) == slug


def test_tags_are_kept_once_in_the_order_of_typing():
    assert reading.tag_names("Hub,  korte   lijnen, hub,, !?") == ("Hub", "korte lijnen")
