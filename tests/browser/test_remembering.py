"""A browser keeps something for a reader only where he asked for it, and forgets when he says so."""

import pytest
from playwright.sync_api import expect

from .discussion import EMPTY, LONG, WAITS, comment, fill_in, post, read
from .visitor import Visitor

pytestmark = pytest.mark.browser

REMEMBER = "Onthoud mij in deze browser voor de volgende keer."
TEXT = "Wie het overneemt weet niemand, dus doe ik het."


def said(reader: Visitor, remember: bool) -> None:
    read(reader, EMPTY)
    fill_in(reader, TEXT)
    reader.page.get_by_label(REMEMBER).set_checked(remember)
    assert post(reader).status == 303


def test_the_next_visit_finds_the_form_filled_in(reader: Visitor) -> None:
    said(reader, remember=True)
    read(reader, LONG)
    expect(reader.page.get_by_label("Naam", exact=True)).to_have_value("Dia Okonkwo")
    expect(reader.page.get_by_label("E-mailadres")).to_have_value("dia@lezers.example")
    expect(reader.page.get_by_label(REMEMBER)).to_be_checked()


def test_the_next_visit_finds_the_waiting_comment_without_a_receipt(reader: Visitor) -> None:
    said(reader, remember=True)
    read(reader, EMPTY)
    assert "receipt" not in reader.page.url
    expect(comment(reader, TEXT)).to_contain_text(WAITS)


def test_unticking_forgets(reader: Visitor) -> None:
    said(reader, remember=True)
    read(reader, LONG)
    reader.page.get_by_label(REMEMBER).uncheck()
    reader.page.get_by_label("Je reactie").fill("Nu liever niet meer.")
    post(reader)
    assert reader.context.cookies() == []
    read(reader, EMPTY)
    expect(reader.page.get_by_label("Naam", exact=True)).to_have_value("")
    expect(comment(reader, TEXT)).to_have_count(0)


def test_who_does_not_ask_for_it_gets_no_cookie(reader: Visitor) -> None:
    said(reader, remember=False)
    assert reader.context.cookies() == []
    read(reader, EMPTY)
    expect(comment(reader, TEXT)).to_have_count(0)


def last_visit(scripts: bool) -> list[str]:
    """His own browser remembers when he was last here; nobody is told."""
    return ["ww seen vijf-vormen-en-wat-ze-kosten"] if scripts else []


def test_who_only_reads_leaves_without_a_cookie(reader: Visitor, scripts: bool) -> None:
    read(reader, LONG)
    reader.page.get_by_role("navigation", name="Hoofdmenu").get_by_role(
        "link", name="Zoeken"
    ).click()
    reader.page.get_by_label("Woorden om te zoeken").fill("vormen")
    reader.button("Zoeken").click()
    reader.link(LONG).click()
    reader.page.get_by_role("article").get_by_role("link", name="Ada Verhoeven").first.click()
    reader.headed("Ada Verhoeven")
    reader.link("Privacy").click()
    expect(reader.page.get_by_role("heading", level=1)).to_be_visible()
    kept = reader.page.evaluate("[Object.keys(localStorage), sessionStorage.length]")
    assert (reader.context.cookies(), kept) == ([], [last_visit(scripts), 0])
