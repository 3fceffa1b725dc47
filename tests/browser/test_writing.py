"""Writing: a preview that is what will appear, hints, wishes, and drafts that stay in the browser."""

import json
from typing import Any

import pytest
from playwright.sync_api import expect

from . import axe
from .conftest import Visit
from .discussion import EMPTY, LONG, POST, answer, comment, fill_in, post, read
from .site import Site
from .visitor import Visitor

pytestmark = pytest.mark.browser

TEXT = "Twee regels,\nwaarvan *deze* met opmaak & een < teken."
SEEN = "waarvan deze met opmaak & een < teken"
PREVIEW = "Voorbeeld"
DAY = 86_400_000


def previews(reader: Visitor) -> None:
    reader.button(PREVIEW).click()
    expect(reader.page.locator("#ww-preview")).to_be_visible()
    reader.page.wait_for_load_state()


def kept(reader: Visitor) -> dict[str, Any]:
    """What the browser keeps, by the last word of its name: the comment that is answered, or nothing."""
    found: list[list[str]] = reader.page.evaluate("Object.entries(localStorage)")
    drafts = [pair for pair in found if pair[0].startswith("ww-draft ")]
    return {name.rpartition(" ")[2]: json.loads(value) for name, value in drafts}


def writes(reader: Visitor, text: str) -> None:
    """Types, and waits until the browser has put it away."""
    reader.page.get_by_label("Je reactie").fill(text)
    reader.page.wait_for_function(
        "(text) => Object.values(localStorage).some((kept) => JSON.parse(kept).text === text)",
        arg=text,
    )


# preview


def test_a_preview_shows_what_will_appear_and_posts_nothing(reader: Visitor, site: Site) -> None:
    read(reader, EMPTY)
    fill_in(reader, TEXT)
    previews(reader)
    shown = reader.page.locator("#ww-preview article")
    expect(shown).to_contain_text(SEEN)
    expect(shown).to_contain_text("Dia Okonkwo")
    expect(reader.page.locator("#ww-preview")).to_contain_text("Een mens leest je reactie")
    assert site.rows("SELECT count(*) FROM ww_comment WHERE author_name = 'Dia Okonkwo'") == [(0,)]
    body = shown.locator(".ww-body").inner_html()
    assert post(reader).status == 303
    assert comment(reader, SEEN).locator(".ww-body").first.inner_html().strip() == body.strip()


def test_with_scripts_the_preview_comes_in_place_and_has_the_focus(visit: Visit) -> None:
    reader = visit()
    read(reader, EMPTY)
    where = reader.page.url
    fill_in(reader, TEXT)
    previews(reader)
    assert reader.page.url == where
    expect(reader.page.get_by_role("heading", name="Zo komt het eruit te zien")).to_be_focused()
    reader.page.get_by_label("Je reactie").fill("Toch anders.")
    previews(reader)
    expect(reader.page.locator("#ww-preview")).to_have_count(1)
    expect(reader.page.locator("#ww-preview article")).to_contain_text("Toch anders.")


def test_without_scripts_the_preview_comes_with_the_form_filled_in(visit: Visit) -> None:
    reader = visit(scripts=False)
    read(reader, LONG)
    answer(reader, "Monique is ook onze Monique.")
    fill_in(reader, TEXT)
    previews(reader)
    reader.headed("Voorbeeld van je reactie")
    expect(reader.page.get_by_label("Je reactie")).to_have_value(TEXT)
    expect(reader.page.locator("#ww-preview")).to_contain_text("in antwoord op")


def test_an_empty_form_can_be_previewed_too(reader: Visitor) -> None:
    read(reader, EMPTY)
    previews(reader)
    expect(reader.page.locator("#ww-preview")).to_contain_text("Schrijf eerst je reactie")


def test_where_no_preview_can_be_had_the_page_that_comes_says_why(visit: Visit) -> None:
    reader = visit()
    read(reader, EMPTY)
    reader.page.locator("#respond [name=token]").evaluate("input => { input.value = 'oud'; }")
    fill_in(reader, TEXT)
    reader.button(PREVIEW).click()
    reader.sees("stond lang open", "alert")
    expect(reader.page.get_by_label("Je reactie")).to_have_value(TEXT)
    reader.watch.faults = [f for f in reader.watch.faults if not f.startswith("422 ")]


def test_by_keyboard_a_preview_is_two_steps_from_the_text(visit: Visit) -> None:
    reader = visit()
    read(reader, EMPTY)
    fill_in(reader, TEXT)
    reader.button(POST).focus()
    reader.page.keyboard.press("Tab")
    expect(reader.button(PREVIEW)).to_be_focused()
    reader.page.keyboard.press("Enter")
    expect(reader.page.locator("#ww-preview article")).to_contain_text(SEEN)


# what is said while writing


def test_the_house_says_its_line_above_the_form_and_what_becomes_of_a_comment(
    reader: Visitor,
) -> None:
    read(reader, EMPTY)
    form = reader.page.locator("#respond")
    expect(form.locator(".ww-rule").last).to_contain_text("wees aardig voor elkaar")
    expect(form).to_contain_text("Een van ons leest je reactie")


def test_formatting_is_shown_by_example(reader: Visitor) -> None:
    read(reader, EMPTY)
    expect(reader.page.get_by_text("**vet**")).to_be_hidden()
    reader.page.get_by_text("Opmaak", exact=True).click()
    expect(reader.page.get_by_text("**vet**")).to_be_visible()


def test_links_are_hinted_at_from_the_second_on(visit: Visit) -> None:
    reader = visit()
    read(reader, EMPTY)
    hint = reader.page.get_by_text("Reacties met 2 of meer links wachten op een mens.").first
    text = reader.page.get_by_label("Je reactie")
    text.fill("Zie https://a.example")
    expect(reader.page.locator(".ww-links")).to_be_hidden()
    text.fill("Zie https://a.example en www.b.example")
    expect(hint).to_be_visible()
    text.fill("Toch niet.")
    expect(reader.page.locator(".ww-links")).to_be_hidden()


def test_wishes_are_kept_through_a_preview_and_go_along(reader: Visitor, site: Site) -> None:
    read(reader, EMPTY)
    fill_in(reader, TEXT)
    reader.page.get_by_label("Mail me als er over mijn reactie is beslist.").check()
    reader.page.get_by_label("Mail me over deze discussie").select_option("replies")
    previews(reader)
    expect(reader.page.get_by_label("Mail me over deze discussie")).to_have_value("replies")
    post(reader)
    expect(comment(reader, SEEN)).to_contain_text("We hebben je een mail gestuurd.")
    assert site.rows("SELECT told FROM ww_comment WHERE author_name = 'Dia Okonkwo'") == [(1,)]


# drafts


def test_a_draft_is_there_again_after_the_page_was_left(visit: Visit) -> None:
    reader = visit()
    read(reader, EMPTY)
    writes(reader, TEXT)
    read(reader, EMPTY)
    expect(reader.page.get_by_label("Je reactie")).to_have_value(TEXT)
    expect(reader.page.get_by_text("Je concept is teruggezet.").first).to_be_visible()
    assert axe.faults(reader.page) == []


def test_it_can_be_cleared_and_then_is_gone(visit: Visit) -> None:
    reader = visit()
    read(reader, EMPTY)
    writes(reader, TEXT)
    read(reader, EMPTY)
    reader.button("Wissen").click()
    expect(reader.page.get_by_label("Je reactie")).to_have_value("")
    expect(reader.page.get_by_label("Je reactie")).to_be_focused()
    assert kept(reader) == {}


def test_what_was_posted_is_no_draft_any_more(visit: Visit) -> None:
    reader = visit()
    read(reader, EMPTY)
    writes(reader, TEXT)
    fill_in(reader, TEXT)
    assert post(reader).status == 303
    expect(comment(reader, SEEN)).to_be_visible()
    assert kept(reader) == {}
    expect(reader.page.get_by_label("Je reactie")).to_have_value("")


def test_what_was_refused_still_is_one(visit: Visit) -> None:
    reader = visit()
    read(reader, EMPTY)
    fill_in(reader, TEXT, email="dia@lezers")
    assert post(reader).status == 422
    read(reader, EMPTY)
    expect(reader.page.get_by_label("Je reactie")).to_have_value(TEXT)


def test_a_draft_that_was_begun_after_posting_survives_a_look_at_the_receipt(visit: Visit) -> None:
    reader = visit()
    read(reader, EMPTY)
    fill_in(reader, TEXT)
    post(reader)
    writes(reader, "Nog iets.")
    reader.page.reload()
    expect(reader.page.get_by_label("Je reactie")).to_have_value("Nog iets.")


def test_each_answer_has_a_draft_of_its_own(visit: Visit) -> None:
    reader = visit()
    read(reader, LONG)
    answer(reader, "Monique is ook onze Monique.")
    writes(reader, "Een antwoord.")
    read(reader, LONG)
    expect(reader.page.get_by_label("Je reactie")).to_have_value("")
    answer(reader, "Monique is ook onze Monique.")
    expect(reader.page.get_by_label("Je reactie")).to_have_value("Een antwoord.")


def test_a_text_goes_along_to_where_it_is_to_be_said(visit: Visit) -> None:
    reader = visit()
    read(reader, LONG)
    writes(reader, "Toch een antwoord.")
    answer(reader, "Monique is ook onze Monique.")
    expect(reader.page.get_by_label("Je reactie")).to_have_value("Toch een antwoord.")
    (parent,) = kept(reader)
    assert parent.isdigit()


def test_only_the_text_is_kept_never_who_wrote_it(visit: Visit) -> None:
    reader = visit()
    read(reader, EMPTY)
    fill_in(reader, TEXT)
    writes(reader, TEXT)
    everything = reader.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "Okonkwo" not in everything
    assert "lezers.example" not in everything


def test_after_a_month_it_is_forgotten(visit: Visit) -> None:
    reader = visit()
    read(reader, EMPTY)
    writes(reader, TEXT)
    reader.page.evaluate(
        """(by) => { for (const [name, kept] of Object.entries(localStorage))
          localStorage.setItem(name, JSON.stringify({ ...JSON.parse(kept), at: Date.now() - by })); }""",
        31 * DAY,
    )
    read(reader, LONG)
    assert kept(reader) == {}


def test_whoever_is_signed_in_leaves_no_draft_on_a_shared_machine(visit: Visit) -> None:
    reader = visit()
    reader.come_as("bob")
    read(reader, EMPTY)
    reader.page.get_by_label("Je reactie").fill(TEXT)
    reader.page.wait_for_function("() => Object.keys(sessionStorage).length > 0")
    assert kept(reader) == {}


def test_a_browser_that_keeps_nothing_is_no_worse_off(visit: Visit) -> None:
    reader = visit()
    reader.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } });"
    )
    read(reader, EMPTY)
    fill_in(reader, TEXT)
    previews(reader)
    assert post(reader).status == 303


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_form_and_preview_fit_and_shut_nobody_out(visit: Visit, width: int) -> None:
    reader = visit(viewport={"width": width, "height": 800})
    read(reader, EMPTY)
    fill_in(reader, TEXT + " https://" + "a" * 200 + ".example")
    previews(reader)
    reader.page.get_by_text("Opmaak", exact=True).click()
    wide = reader.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width
    assert axe.faults(reader.page) == []
