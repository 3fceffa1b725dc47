"""A reader confirms his address and keeps his name; whoever borrows it is told kindly, and waits."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from ..comments.mailing.catcher import Catcher
from . import axe
from .discussion import EMPTY, LONG, WAITS, comment, fill_in, post, read
from .mail import follow_link
from .site import Site
from .visitor import Visitor, arrive

pytestmark = pytest.mark.browser

TELL = "Mail me als er over mijn reactie is beslist."
NAME = "Deze naam hoort voortaan bij mij"
REMEMBER = "Onthoud me in deze browser"
TEXT = "Wie het overneemt weet niemand."


@pytest.fixture
def dia(browser: Browser, posted: Site, scripts: bool) -> Iterator[Visitor]:
    visitor = arrive(browser, posted, scripts=scripts)
    yield visitor
    visitor.leave()


def says(visitor: Visitor, text: str = TEXT, **who: str) -> None:
    read(visitor, EMPTY)
    fill_in(visitor, text, **who)
    visitor.page.get_by_label(TELL).check()
    assert post(visitor).status == 303


def looked_at(visitor: Visitor, scripts: bool) -> None:
    """Axe finds nothing on the page, in light and in dark."""
    if scripts:
        assert axe.faults(visitor.page) == []
        visitor.page.emulate_media(color_scheme="dark")
        assert axe.faults(visitor.page, axe.COLOURS) == []
        visitor.page.emulate_media(color_scheme="light")


def test_the_letter_leads_to_a_page_and_its_button_confirms(
    dia: Visitor, catcher: Catcher, scripts: bool
) -> None:
    says(dia)
    link = follow_link(dia, catcher)
    dia.headed("Ben jij dit?")
    expect(dia.page.get_by_label(NAME)).to_be_checked()
    looked_at(dia, scripts)
    dia.page.get_by_label(REMEMBER).check()
    dia.button("Ja, dit ben ik").click()
    dia.headed("Bevestigd, dank je wel")
    looked_at(dia, scripts)
    assert dia.site.rows("SELECT name FROM ww_name") == [("Dia Okonkwo",)]
    dia.link(f"Naar de discussie onder {EMPTY}").click()
    expect(comment(dia, TEXT)).to_contain_text(WAITS)
    dia.go(link)
    dia.headed("Dit is al gebeurd")
    looked_at(dia, scripts)


def test_whoever_borrows_the_name_is_held_and_told(
    browser: Browser, dia: Visitor, catcher: Catcher, posted: Site, scripts: bool
) -> None:
    says(dia)
    follow_link(dia, catcher)
    dia.button("Ja, dit ben ik").click()
    dia.headed("Bevestigd, dank je wel")
    eve = arrive(browser, posted, scripts=scripts)
    says(eve, "Ik ben Dia, echt waar.", name="Díа Okоnkwo", email="eve@elders.example")
    own = comment(eve, "Ik ben Dia")
    expect(own).to_contain_text(WAITS)
    expect(eve.page.get_by_text("Iemand heeft deze naam hier al bevestigd").first).to_be_visible()
    looked_at(eve, scripts)
    eve.leave()


def test_the_name_of_one_of_us_is_turned_down_kindly(dia: Visitor, scripts: bool) -> None:
    read(dia, LONG)
    fill_in(dia, TEXT, name="АDA  verhoeven")
    assert post(dia).status == 422
    expect(dia.page.get_by_label("Naam", exact=True)).to_have_attribute("aria-invalid", "true")
    expect(dia.page.get_by_label("Je reactie")).to_have_value(TEXT)
    looked_at(dia, scripts)


def test_in_a_browser_that_remembers_him_no_second_letter_comes(
    dia: Visitor, catcher: Catcher
) -> None:
    says(dia)
    follow_link(dia, catcher)
    dia.page.get_by_label(REMEMBER).check()
    dia.button("Ja, dit ben ik").click()
    dia.headed("Bevestigd, dank je wel")
    says(dia, "Nog een gedachte.")
    dia.site.work()
    assert len(catcher.letters) == 1
    assert dia.site.rows("SELECT proved FROM ww_comment WHERE source = 'Nog een gedachte.'") == [
        (1,)
    ]


def test_an_old_link_says_what_to_do_now(dia: Visitor, scripts: bool) -> None:
    assert dia.go("/me/confirm/verlopen").status == 410
    dia.headed("Deze link werkt niet meer")
    looked_at(dia, scripts)
    dia.link("Vraag de link").click()
    dia.headed("Alles wat we van je bewaren")


def test_at_a_width_of_320_nothing_sticks_out(
    browser: Browser, posted: Site, catcher: Catcher
) -> None:
    dia = arrive(browser, posted, viewport={"width": 320, "height": 700})
    says(dia, name="Een Hele Lange Naam Zonder Einde Van Heb Ik Jou Daar")
    follow_link(dia, catcher)
    width = "document.documentElement.scrollWidth"
    assert dia.page.evaluate(width) <= 320
    dia.button("Ja, dit ben ik").press("Enter")
    dia.headed("Bevestigd, dank je wel")
    assert dia.page.evaluate(width) <= 320
    dia.leave()
