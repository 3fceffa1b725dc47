"""By a mailed link a reader sees all that is kept of him, changes it, takes it along, and has it erased."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from ..comments.mailing.catcher import Catcher
from . import axe
from .discussion import EMPTY, LONG, comment, fill_in, post, read
from .mail import DIA, follow_link
from .site import Site
from .visitor import Visitor, arrive

pytestmark = pytest.mark.browser

FIRST, SECOND = "Wie het overneemt weet niemand.", "Bij ons heet ze Fenna."


@pytest.fixture
def dia(browser: Browser, posted: Site, scripts: bool) -> Iterator[Visitor]:
    visitor = arrive(browser, posted, scripts=scripts)
    yield visitor
    visitor.leave()


def says(visitor: Visitor, text: str, title: str = EMPTY) -> None:
    read(visitor, title)
    fill_in(visitor, text)
    assert post(visitor).status == 303


def come_home(visitor: Visitor, catcher: Catcher) -> None:
    """Asks for the link where the privacy page says so, and opens it."""
    visitor.link("Privacy").click()
    visitor.page.get_by_role("main").get_by_role(
        "link", name="Bekijk, verander of wis wat we van je bewaren."
    ).click()
    visitor.page.get_by_label("Het e-mailadres waarmee je schreef").fill(DIA)
    visitor.button("Stuur me de link").click()
    visitor.headed("Kijk in je mail")
    follow_link(visitor, catcher)
    visitor.headed("Alles wat we van je bewaren")


def looked_at(visitor: Visitor, scripts: bool) -> None:
    if scripts:
        assert axe.faults(visitor.page) == []
        visitor.page.emulate_media(color_scheme="dark")
        assert axe.faults(visitor.page, axe.COLOURS) == []
        visitor.page.emulate_media(color_scheme="light")


def part(visitor: Visitor, name: str) -> Locator:
    return visitor.page.get_by_role("region", name=name)


def test_all_he_wrote_is_there_and_leads_to_where_it_stands(
    dia: Visitor, catcher: Catcher, scripts: bool
) -> None:
    says(dia, FIRST)
    says(dia, SECOND, LONG)
    come_home(dia, catcher)
    looked_at(dia, scripts)
    lines = part(dia, "2 reacties").get_by_role("listitem")
    expect(lines.nth(0)).to_contain_text(SECOND)
    expect(lines.nth(0)).to_contain_text("wacht tot een van ons haar leest")
    lines.nth(1).get_by_role("link", name=EMPTY, exact=True).click()
    expect(comment(dia, FIRST)).to_be_visible()
    dia.page.go_back()
    lines.nth(1).get_by_role("link", name="Intrekken").click()
    expect(dia.page.get_by_role("main")).to_contain_text(FIRST)


def test_a_name_becomes_his_is_let_go_and_is_changed(
    dia: Visitor, catcher: Catcher, scripts: bool
) -> None:
    says(dia, FIRST)
    come_home(dia, catcher)
    dia.button("Maak ‘Dia Okonkwo’ van mij").click()
    dia.sees("De naam is nu van jou.")
    looked_at(dia, scripts)
    part(dia, "Jouw namen").get_by_role("button", name="Geef hem vrij").click()
    dia.sees("De naam is weer van iedereen.")
    dia.page.get_by_label("Een andere naam bij al je reacties").fill("Ada Verhoeven")
    dia.button("Verander mijn naam").click()
    dia.sees("Dit is de naam van een van ons", "alert")
    looked_at(dia, scripts)
    dia.page.get_by_label("Een andere naam bij al je reacties").fill("D. Okonkwo")
    dia.button("Verander mijn naam").click()
    dia.sees("Deze naam staat nu bij je reacties.")
    assert dia.site.rows("SELECT author_name FROM ww_comment WHERE source = :s", s=FIRST) == [
        ("D. Okonkwo",)
    ]


def test_what_he_follows_is_changed_and_ended(
    dia: Visitor, catcher: Catcher, scripts: bool
) -> None:
    read(dia, EMPTY)
    fill_in(dia, FIRST)
    dia.page.get_by_label("Mail me over deze discussie").select_option("all")
    assert post(dia).status == 303
    follow_link(dia, catcher)
    dia.button("Ja, dit ben ik").click()
    dia.headed("Bevestigd, dank je wel")
    come_home(dia, catcher)
    followed = part(dia, "Wat je volgt")
    followed.get_by_label("Hoe vaak hooguit").select_option("day")
    followed.get_by_role("button", name="Opslaan").click()
    dia.sees("Wat je volgt is aangepast.")
    expect(followed.get_by_label("Hoe vaak hooguit")).to_have_value("day")
    looked_at(dia, scripts)
    followed.get_by_role("button", name="Niet meer volgen").click()
    dia.sees("Je volgt dit niet meer.")
    expect(followed).to_contain_text("Je volgt geen discussie.")


def test_he_takes_it_along(dia: Visitor, catcher: Catcher, tmp_path: Path) -> None:
    says(dia, FIRST)
    come_home(dia, catcher)
    for name, file in (
        ("Voor een programma (JSON)", tmp_path / "mine.json"),
        ("Om te lezen (HTML)", tmp_path / "mine.html"),
    ):
        with dia.page.expect_download() as coming:
            dia.link(name).click()
        coming.value.save_as(file)
    (told,) = json.loads((tmp_path / "mine.json").read_text("utf-8"))["comments"]
    assert (told["text"], told["state"]) == (FIRST, "pending")
    assert FIRST in (tmp_path / "mine.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("choice", "head", "left"),
    [("Alles wissen", "Alles is gewist", 0), ("Alles anonimiseren", "Alles is geanonimiseerd", 1)],
)
def test_all_of_it_goes_at_once_with_a_receipt(
    dia: Visitor, catcher: Catcher, scripts: bool, choice: str, head: str, left: int
) -> None:
    says(dia, FIRST)
    come_home(dia, catcher)
    home = dia.page.url.removeprefix(dia.site.url)
    dia.link("Alles wissen of anonimiseren …").click()
    dia.headed("Wat moet ermee gebeuren?")
    looked_at(dia, scripts)
    dia.page.get_by_label(choice, exact=True).check()
    dia.page.get_by_label("Ik weet het zeker").check()
    dia.button("Doe het nu").click()
    dia.headed(head)
    looked_at(dia, scripts)
    expect(dia.page.locator("code")).to_have_count(1)
    assert dia.site.rows("SELECT count(*) FROM ww_comment WHERE source = :s", s=FIRST) == [(left,)]
    assert dia.site.rows("SELECT count(*) FROM ww_mailbox") == [(0,)]
    assert [cookie["name"] for cookie in dia.context.cookies()] == []
    dia.go(home)
    expect(dia.page.get_by_role("main")).to_contain_text("Er is niets (meer)")


def test_all_of_it_moves_to_another_address(dia: Visitor, catcher: Catcher, scripts: bool) -> None:
    says(dia, FIRST)
    come_home(dia, catcher)
    dia.page.get_by_label("Je nieuwe e-mailadres").fill("dia@nieuw.example")
    dia.button("Stuur daar de mail heen").click()
    dia.sees("Kijk in de mail van het nieuwe adres")
    follow_link(dia, catcher, "dia@nieuw.example")
    dia.headed("Verhuizen naar dit adres?")
    looked_at(dia, scripts)
    dia.button("Ja, verhuis alles").click()
    dia.headed("Alles is verhuisd")
    looked_at(dia, scripts)


def test_of_an_unknown_address_the_page_tells_nothing_and_no_letter_comes(
    dia: Visitor, catcher: Catcher, scripts: bool
) -> None:
    dia.go("/me/")
    looked_at(dia, scripts)
    dia.page.get_by_label("Het e-mailadres waarmee je schreef").fill("niemand@elders.example")
    dia.button("Stuur me de link").click()
    dia.headed("Kijk in je mail")
    looked_at(dia, scripts)
    dia.site.work()
    assert catcher.letters == []


def test_by_keyboard_on_a_phone_nothing_is_out_of_reach(
    browser: Browser, posted: Site, catcher: Catcher
) -> None:
    dia = arrive(browser, posted, viewport={"width": 320, "height": 700})
    says(dia, FIRST)
    dia.go("/me/")
    dia.page.get_by_label("Het e-mailadres waarmee je schreef").fill(DIA)
    dia.page.keyboard.press("Enter")
    dia.headed("Kijk in je mail")
    follow_link(dia, catcher)
    assert dia.page.evaluate("document.documentElement.scrollWidth") <= 320
    dia.link("Alles wissen of anonimiseren …").press("Enter")
    dia.headed("Wat moet ermee gebeuren?")
    assert dia.page.evaluate("document.documentElement.scrollWidth") <= 320
    dia.page.get_by_label("Alles wissen", exact=True).press("Space")
    dia.page.get_by_label("Ik weet het zeker").press("Space")
    dia.button("Doe het nu").press("Enter")
    dia.headed("Alles is gewist")
    dia.leave()
