"""A reader reports a comment; the desk reads why, decides, and he hears of it. With scripts and without."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.comments.mailing.catcher import Catcher, text_of

from . import desk
from .axe import faults
from .conftest import Visit
from .desk import card, come_to_desk
from .discussion import LONG, comment, posting, read
from .site import World, served
from .visitor import Visitor, arrive

pytestmark = pytest.mark.browser

BAD = "Printe en ophongen"
"""Words of a comment that somebody does not like."""
WHY = "Dit is *niet* te lezen,\nen het staat er al maanden."


def open_report(visitor: Visitor, title: str = LONG, words: str = BAD) -> None:
    read(visitor, title)
    comment(visitor, words).get_by_role("link", name="Melden").click()
    visitor.headed("Een reactie melden")


def fill_report(visitor: Visitor, kind: str = "Iets anders", why: str = WHY) -> None:
    visitor.page.get_by_label(kind, exact=True).check()
    visitor.page.get_by_label("Waarom hoort dit hier niet?").fill(why)


def send(visitor: Visitor) -> None:
    visitor.button("Melding versturen").click()
    visitor.page.wait_for_load_state()


def test_a_reader_reports_a_comment_and_is_thanked(reader: Visitor) -> None:
    open_report(reader)
    expect(reader.page.locator("blockquote")).to_contain_text(BAD)
    fill_report(reader)
    send(reader)
    reader.headed("Dank voor je melding")
    reader.link("Terug naar de discussie").click()
    expect(comment(reader, BAD)).to_be_visible()
    assert reader.context.cookies() == []


def test_what_is_missing_is_said_and_nothing_typed_is_lost(reader: Visitor) -> None:
    open_report(reader)
    fill_report(reader, "Het is strafbaar of verboden")
    send(reader)
    reader.sees("vink dan aan dat het klopt", "alert")
    expect(reader.page.get_by_label("Waarom hoort dit hier niet?")).to_have_value(WHY)
    expect(reader.page.get_by_label("Het is strafbaar of verboden")).to_be_checked()
    reader.page.get_by_label("Voor zover ik weet klopt").check()
    send(reader)
    reader.headed("Dank voor je melding")


def test_two_who_cannot_be_told_apart_are_both_heard(reader: Visitor) -> None:
    """Without an address: a whole office may share one line."""
    for _ in range(2):
        open_report(reader)
        fill_report(reader)
        send(reader)
        reader.headed("Dank voor je melding")


def test_the_whole_form_is_filled_in_by_keyboard(visit: Visit) -> None:
    reader = visit()
    open_report(reader)
    keyboard = reader.page.keyboard
    reader.page.get_by_label("Het is strafbaar of verboden").focus()
    for _ in range(3):
        keyboard.press("ArrowDown")
    expect(reader.page.get_by_label("Reclame of spam")).to_be_checked()
    keyboard.press("Tab")
    keyboard.type("Hier wordt iets verkocht.")
    for _ in range(4):
        keyboard.press("Tab")
    keyboard.press("Enter")
    reader.page.wait_for_load_state()
    reader.headed("Dank voor je melding")


def test_the_desk_reads_why_and_lets_it_stand_or_takes_it_down(
    reader: Visitor, visit: Visit, scripts: bool
) -> None:
    open_report(reader)
    fill_report(reader)
    send(reader)
    ada = visit(scripts=scripts)
    come_to_desk(ada, "ada")
    desk.show(ada, "Meldingen")
    found = card(ada, BAD)
    expect(found).to_contain_text("1 keer gemeld")
    expect(found).to_contain_text("en het staat er al maanden.")
    desk.decide(found, "Laten staan")
    ada.sees("1 reactie: laten staan.")
    expect(card(ada, BAD)).to_have_count(0)
    ada.button("Ongedaan maken").click()
    ada.sees("1 beslissing")
    desk.decide(card(ada, BAD), "Afwijzen")
    ada.sees("1 reactie: afgewezen.")
    reader.link("Terug naar de discussie").click()
    expect(comment(reader, BAD)).to_have_count(0)


def test_the_key_that_is_printed_lets_it_stand(visit: Visit) -> None:
    bob = visit()
    come_to_desk(bob, "bob")
    desk.show(bob, "Meldingen")
    expect(desk.cards(bob)).to_have_count(1)
    with bob.page.expect_navigation():
        bob.page.keyboard.press("l")
    bob.sees("1 reactie: laten staan.")


def test_nobody_lets_a_comment_stand_against_a_report_that_he_has_not_read(
    reader: Visitor, visit: Visit, scripts: bool
) -> None:
    words = "Twee collega's zijn na een antwoord thuis opgezocht"
    bob = visit(scripts=scripts)
    come_to_desk(bob, "bob")
    desk.show(bob, "Meldingen")
    open_report(reader, "Wie antwoordt mevrouw Terpstra?", words)
    fill_report(reader, why="Haal dit er nu af.")
    send(reader)
    said = posting(bob, bob.button("Laten staan").first.click)
    assert said.status == 409
    expect(card(bob, words)).to_contain_text("Haal dit er nu af.")
    expect(card(bob, words)).to_contain_text("3 keer gemeld")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_a_report_is_closed_to_anybody(visit: Visit, scheme: str) -> None:
    reader = visit(color_scheme=scheme)
    open_report(reader)
    assert faults(reader.page) == []
    fill_report(reader, "Het is strafbaar of verboden", "")
    reader.page.locator("#report").evaluate("form => { form.noValidate = true; }")
    send(reader)
    assert faults(reader.page) == []
    reader.page.get_by_label("Voor zover ik weet klopt").check()
    fill_report(reader)
    send(reader)
    reader.headed("Dank voor je melding")
    assert faults(reader.page) == []


def test_the_form_fits_on_the_narrowest_page(visit: Visit) -> None:
    reader = visit(viewport={"width": 320, "height": 600})
    open_report(reader)
    width = reader.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 320


def test_who_left_an_address_hears_that_it_came_and_what_became_of_it(
    browser: Browser, world: World, tmp_path: Path, catcher: Catcher, scripts: bool
) -> None:
    at_once = {"MAIL_URL": catcher.url, "COMMENTS_UNDO_SECONDS": "0"}
    with served(world, tmp_path, **at_once) as site:
        reader, ada = (arrive(browser, site, scripts=scripts) for _ in range(2))
        open_report(reader)
        fill_report(reader)
        reader.page.get_by_label("E-mailadres").fill("dia@lezers.example")
        send(reader)
        reader.sees("Je krijgt hiervan een bevestiging per mail.")
        open_report(reader)
        fill_report(reader)
        reader.page.get_by_label("E-mailadres").fill("dia@lezers.example")
        send(reader)
        reader.headed("Dit heb je al gemeld")
        site.work()
        (first,) = catcher.to("dia@lezers.example")
        assert first["Subject"] == f"Je melding is binnen: {LONG}"
        come_to_desk(ada, "ada")
        desk.show(ada, "Meldingen")
        desk.decide(card(ada, BAD), "Laten staan")
        ada.sees("1 reactie: laten staan.")
        site.work()
        assert "de reactie blijft staan" in text_of(catcher.to("dia@lezers.example")[1])
        for visitor in (reader, ada):
            visitor.leave()
