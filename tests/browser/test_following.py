"""Following by mail, from the form to the last letter: a real mail server gets what is sent."""

import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

from ..comments.mailing.catcher import Catcher, html_of, text_of
from . import axe
from .conftest import Visit
from .desk import card, come_to_desk, decide
from .discussion import EMPTY, LONG, answer, comment, fill_in, post, read
from .site import Site, World, served
from .visitor import Visitor

pytestmark = pytest.mark.browser

DIA, EVE = "dia@lezers.example", "eve@elders.example"
NARROW = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture
def site(world: World, tmp_path: Path, catcher: Catcher) -> Iterator[Site]:
    """The world with mail, where what was decided is told at once."""
    settings = {"MAIL_URL": catcher.url, "COMMENTS_UNDO_SECONDS": "0"}
    with served(world, tmp_path, **settings) as found:
        yield found


def follow(reader: Visitor, title: str = EMPTY, scope: str = "alles wat er gezegd wordt") -> None:
    """By the small form under a discussion."""
    read(reader, title)
    reader.page.get_by_text("Volg deze discussie per mail", exact=True).click()
    reader.page.get_by_label("Adres voor de mails").fill(DIA)
    reader.page.get_by_label("Waarover we je mailen").select_option(label=scope)
    reader.button("Volgen").click()
    reader.headed("Kijk in je mail")


def confirm(reader: Visitor, catcher: Catcher) -> None:
    reader.site.work()
    reader.go(link_in(reader.site, catcher.to(DIA)[-1], "/me/confirm/"))
    reader.button("Ja, dit ben ik").click()
    reader.headed("Bevestigd, dank je wel")


def link_in(site: Site, letter: EmailMessage, begins: str) -> str:
    """The path of a link in the letter's text."""
    found = re.search(rf"{re.escape(site.url)}({re.escape(begins)}\S+)", text_of(letter))
    assert found, text_of(letter)
    return found[1]


def says(visit: Visit, title: str, text: str, to: str = "", email: str = EVE) -> Visitor:
    somebody = visit()
    read(somebody, title)
    if to:
        answer(somebody, to)
    fill_in(somebody, text, "Eve Adema", email)
    assert post(somebody).status == 303
    return somebody


def approve(visit: Visit, words: str) -> None:
    ada = visit()
    come_to_desk(ada, "ada")
    decide(card(ada, words), "Goedkeuren")
    expect(card(ada, words)).to_have_count(0)
    ada.site.work()


def no_more_is_owed(site: Site) -> None:
    assert (
        site.rows("SELECT id FROM ww_job WHERE ended = '' AND kind IN ('letter', 'digest')") == []
    )
    assert site.rows("SELECT comment_id FROM ww_news") == []


def one_click(letter: EmailMessage) -> int:
    """What a mail program does: one POST, without a cookie, from anywhere."""
    address = letter["List-Unsubscribe"].strip("<>")
    body = letter["List-Unsubscribe-Post"].encode()
    asked = Request(address, body, {"Sec-Fetch-Site": "cross-site"})  # noqa: S310
    with urlopen(asked) as answered:  # noqa: S310
        return int(answered.status)


def test_a_reader_follows_hears_of_a_reply_and_stops_by_one_click(
    reader: Visitor, visit: Visit, site: Site, catcher: Catcher
) -> None:
    follow(reader)
    assert site.rows("SELECT email_hash FROM ww_mailbox") == []
    confirm(reader, catcher)
    assert reader.context.cookies() == []
    says(visit, EMPTY, "Ik neem het *over*.")
    site.work()
    assert len(catcher.to(DIA)) == 1
    approve(visit, "Ik neem het over.")
    _, letter = catcher.to(DIA)
    assert letter["Subject"] == f"Nieuw onder ‘{EMPTY}’"
    assert letter["In-Reply-To"] == letter["References"] != letter["Message-ID"]
    assert letter["List-Id"]
    assert "> Ik neem het over." in text_of(letter)
    assert "<blockquote>Ik neem het over.</blockquote>" in html_of(letter)
    reader.go(link_in(site, letter, "/wie-neemt-het-over/comments/"))
    expect(comment(reader, "Ik neem het over.")).to_be_in_viewport()
    assert one_click(letter) == one_click(letter) == 200
    says(visit, EMPTY, "En ik help mee.")
    approve(visit, "En ik help mee.")
    assert len(catcher.to(DIA)) == 2
    no_more_is_owed(site)


def test_the_link_in_a_letter_asks_first_and_takes_it_back(
    reader: Visitor, visit: Visit, site: Site, catcher: Catcher, scripts: bool
) -> None:
    follow(reader, LONG)
    confirm(reader, catcher)
    says(visit, LONG, "Nog een vorm.")
    approve(visit, "Nog een vorm.")
    reader.go(link_in(site, catcher.to(DIA)[-1], "/me/stop/"))
    for heading, button in [
        ("Stop deze mails", "Stoppen"),
        ("De mails zijn gestopt", "Toch niet: weer volgen"),
        ("Je volgt het weer", "Stoppen"),
    ]:
        reader.headed(heading)
        if scripts:
            assert axe.faults(reader.page) == []
        reader.button(button).click()
    reader.headed("De mails zijn gestopt")
    assert site.rows("SELECT id FROM ww_follow") == []


def test_the_wish_in_the_comment_form_and_the_letter_on_what_was_decided(
    reader: Visitor, visit: Visit, site: Site, catcher: Catcher
) -> None:
    read(reader, EMPTY)
    fill_in(reader, "Wie durft?")
    reader.page.get_by_label("Mail me als er over mijn reactie is beslist").check()
    reader.page.get_by_label("Mail me over deze discussie").select_option("replies")
    post(reader)
    confirm(reader, catcher)
    approve(visit, "Wie durft?")
    assert [letter["Subject"] for letter in catcher.to(DIA)[1:]] == [
        f"Je reactie is geplaatst: {EMPTY}"
    ]
    reader.go(link_in(site, catcher.to(DIA)[-1], "/wie-neemt-het-over/comments/"))
    expect(comment(reader, "Wie durft?")).to_be_in_viewport()
    says(visit, EMPTY, "Ik durf.", "Wie durft?")
    approve(visit, "Ik durf.")
    says(visit, EMPTY, "Zomaar iets.", email="gijs@elders.example")
    approve(visit, "Zomaar iets.")
    letters = catcher.to(DIA)[2:]
    assert len(letters) == 1
    assert "Een antwoord aan jou, van Eve Adema" in text_of(letters[0])
    no_more_is_owed(site)


def test_who_is_turned_down_is_told_so_kindly(
    reader: Visitor, visit: Visit, site: Site, catcher: Catcher
) -> None:
    read(reader, EMPTY)
    fill_in(reader, "Dit is een rotstuk.")
    reader.page.get_by_label("Mail me als er over mijn reactie is beslist").check()
    post(reader)
    confirm(reader, catcher)
    ada = visit()
    come_to_desk(ada, "ada")
    decide(card(ada, "Dit is een rotstuk."), "Afwijzen")
    expect(card(ada, "Dit is een rotstuk.")).to_have_count(0)
    site.work()
    (letter,) = catcher.to(DIA)[1:]
    assert letter["Subject"] == f"Over je reactie: {EMPTY}"
    reader.go(link_in(site, letter, "/wie-neemt-het-over/?receipt="))
    expect(comment(reader, "Dit is een rotstuk.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_its_faults_and_its_answer_are_for_everybody(visit: Visit, scheme: str) -> None:
    reader = visit(color_scheme=scheme, **NARROW)
    read(reader, EMPTY)
    reader.page.get_by_text("Volg deze discussie per mail", exact=True).click()
    assert axe.faults(reader.page) == []
    form = reader.page.locator("form", has=reader.page.get_by_label("Adres voor de mails"))
    form.evaluate("form => { form.noValidate = true; }")
    reader.page.get_by_label("Adres voor de mails").fill("dia at lezers")
    reader.button("Volgen").click()
    reader.headed("Volg deze discussie")
    assert axe.faults(reader.page) == []
    expect(reader.page.get_by_label("Adres voor de mails")).to_have_value("dia at lezers")
    reader.page.get_by_label("Adres voor de mails").fill(DIA)
    reader.button("Volgen").click()
    reader.headed("Kijk in je mail")
    assert axe.faults(reader.page) == []
