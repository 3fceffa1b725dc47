"""A form that is refused says why beside each field, and loses nothing."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from .conftest import Visit
from .discussion import (
    EMPTY,
    LONG,
    POST,
    WAITS,
    answer,
    check_nothing_before_sending,
    comment,
    fill_in,
    post,
    posting,
    read,
)
from .site import Site
from .visitor import Visitor

pytestmark = pytest.mark.browser

TEXT = "Twee regels,\nwaarvan *deze* met opmaak & een < teken."
SEEN = "waarvan deze met opmaak & een < teken"
FAULTS = {
    "every field empty": (("", "", ""), ["text", "name", "email"]),
    "an address that is none": ((TEXT, "Dia", "dia@lezers"), ["email"]),
    "one character too many": (("x" * 5001, "Dia", "dia@lezers.example"), ["text"]),
}

each_fault = pytest.mark.parametrize(
    ("typed", "fields"), [pytest.param(*fault, id=name) for name, fault in FAULTS.items()]
)


def refused(reader: Visitor, typed: tuple[str, str, str]) -> None:
    read(reader, EMPTY)
    fill_in(reader, *typed)
    check_nothing_before_sending(reader)
    assert post(reader).status == 422


@each_fault
def test_each_fault_is_said_at_the_head_and_beside_its_field(
    reader: Visitor, typed: tuple[str, str, str], fields: list[str]
) -> None:
    refused(reader, typed)
    summary = reader.page.get_by_role("alert")
    links = summary.get_by_role("link")
    expect(links).to_have_count(len(fields))
    assert {link.get_attribute("href") for link in links.all()} == {f"#ww-{f}" for f in fields}
    invalid = reader.page.locator("[aria-invalid=true]")
    assert {field.get_attribute("name") for field in invalid.all()} == {*fields}
    for field in invalid.all():
        said = reader.page.locator(f"#{(field.get_attribute('aria-describedby') or '').split()[0]}")
        expect(said).to_be_visible()
        assert said.inner_text() in summary.inner_text()


@each_fault
def test_nothing_that_was_typed_is_lost(
    reader: Visitor, typed: tuple[str, str, str], fields: list[str]
) -> None:
    refused(reader, typed)
    text, name, email = typed
    expect(reader.page.get_by_label("Je reactie")).to_have_value(text)
    expect(reader.page.get_by_label("Naam", exact=True)).to_have_value(name)
    expect(reader.page.get_by_label("E-mailadres")).to_have_value(email)


def test_the_page_says_what_it_is_and_the_way_back(reader: Visitor) -> None:
    refused(reader, ("", "", ""))
    expect(reader.page).to_have_title(re.compile(re.escape(EMPTY)))
    reader.headed("Je reactie is er bijna")
    reader.page.get_by_role("main").get_by_role("link", name=EMPTY).click()
    reader.headed(EMPTY)


def test_a_link_of_the_summary_leads_into_its_field(reader: Visitor) -> None:
    refused(reader, (TEXT, "Dia", "dia@lezers"))
    reader.page.get_by_role("alert").get_by_role("link").click()
    expect(reader.page.get_by_label("E-mailadres")).to_be_focused()
    expect(reader.page.get_by_label("E-mailadres")).to_be_in_viewport()


def test_what_was_mended_is_accepted(reader: Visitor) -> None:
    refused(reader, (TEXT, "Dia", "dia@lezers"))
    reader.page.get_by_label("E-mailadres").fill("dia@lezers.example")
    assert post(reader).status == 303
    expect(comment(reader, SEEN)).to_contain_text(WAITS)


def test_a_refused_answer_stays_an_answer(reader: Visitor) -> None:
    read(reader, LONG)
    answer(reader, "Ik ken haar, ze werkt overal.")
    fill_in(reader, TEXT, email="dia@lezers")
    check_nothing_before_sending(reader)
    post(reader)
    expect(reader.page.get_by_role("heading", name="Beantwoord Ada Verhoeven")).to_be_visible()
    fill_in(reader, TEXT)
    post(reader)
    above = comment(reader, SEEN).locator("xpath=ancestor::li[2]/article")
    expect(above).to_contain_text("Ik ken haar, ze werkt overal.")


def test_a_page_that_stood_open_for_two_days_takes_one_more_click(
    reader: Visitor, site: Site
) -> None:
    read(reader, EMPTY)
    old = site.comments.site.tokens.form(
        "wie-neemt-het-over", datetime.now(UTC) - timedelta(days=2)
    )
    token = reader.page.locator("#respond [name=token]")
    token.evaluate("(input, old) => { input.value = old; }", old)
    fill_in(reader, TEXT)
    assert post(reader).status == 422
    reader.sees("stond lang open", "alert")
    expect(reader.page.get_by_label("Je reactie")).to_have_value(TEXT)
    assert post(reader).status == 303
    expect(comment(reader, SEEN)).to_contain_text(WAITS)


def test_a_double_click_makes_one_comment(reader: Visitor, site: Site) -> None:
    read(reader, EMPTY)
    fill_in(reader, TEXT)
    posting(reader, reader.button(POST).dblclick)
    expect(comment(reader, SEEN)).to_have_count(1)
    assert site.rows("SELECT count(*) FROM ww_comment WHERE author_name = 'Dia Okonkwo'") == [(1,)]


def test_the_limit_is_announced_before_it_is_reached(visit: Visit) -> None:
    reader = visit()
    read(reader, EMPTY)
    text = reader.page.get_by_label("Je reactie")
    text.fill("x" * 4400)
    expect(reader.page.locator(".ww-count")).to_be_hidden()
    text.fill("x" * 4990)
    expect(reader.page.locator(".ww-count")).to_have_text("Tekens over: 10")
    text.fill("x" * 5003)
    expect(reader.page.locator(".ww-count")).to_have_text("Tekens te veel: 3")
