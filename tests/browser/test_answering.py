"""The main road: a reader answers, sees it waiting, a moderator decides, everybody sees it."""

import re

import pytest
from playwright.sync_api import expect

from . import desk, discussion
from .conftest import Visit
from .desk import come_to_desk
from .discussion import LONG, WAITS, answer, comment, count_of, fill_in, post, read
from .visitor import Visitor

pytestmark = pytest.mark.browser

ANSWERED = "Ik ken haar, ze werkt overal."
OWN = "Bij ons heet Monique *Mohammed*, en hij gaat in mei naar Portugal."
SEEN = "Bij ons heet Monique Mohammed"


def test_the_form_moves_under_the_comment_and_the_cursor_stands_in_it(visit: Visit) -> None:
    reader = visit()
    read(reader, LONG)
    answer(reader, ANSWERED)
    form = reader.page.locator("#respond")
    expect(form.get_by_role("heading")).to_have_text("Beantwoord Ada Verhoeven")
    expect(reader.page.get_by_label("Je reactie")).to_be_focused()
    expect(form.locator("xpath=preceding-sibling::article[1]")).to_contain_text(ANSWERED)
    expect(form).to_be_in_viewport()
    expect(reader.page).to_have_url(re.compile(r"/vijf-vormen-en-wat-ze-kosten/$"))


@pytest.mark.parametrize("way", ["Escape", "link"])
def test_who_does_not_answer_after_all_is_back_where_he_was(visit: Visit, way: str) -> None:
    reader = visit()
    read(reader, LONG)
    answer(reader, ANSWERED)
    if way == "Escape":
        reader.page.keyboard.press("Escape")
    else:
        reader.link("Toch niet beantwoorden").click()
    form = reader.page.locator("#respond")
    expect(form.get_by_role("heading")).to_have_text("Laat een antwoord achter")
    expect(reader.page.locator(".ww-thread #respond")).to_have_count(0)
    expect(comment(reader, ANSWERED).locator(".ww-reply")).to_be_focused()


def test_without_scripts_answering_is_a_page_of_its_own(visit: Visit) -> None:
    reader = visit(scripts=False)
    read(reader, LONG)
    answer(reader, ANSWERED)
    expect(reader.page).to_have_url(
        re.compile(r"/vijf-vormen-en-wat-ze-kosten/\?reply=\d+#respond$")
    )
    form = reader.page.locator("#respond")
    expect(form.get_by_role("heading")).to_have_text("Beantwoord Ada Verhoeven")
    expect(form.locator("blockquote")).to_contain_text(ANSWERED)
    expect(form.get_by_role("heading")).to_be_in_viewport()
    reader.link("Toch niet beantwoorden").click()
    expect(form.get_by_role("heading")).to_have_text("Laat een antwoord achter")


def answered(reader: Visitor) -> None:
    read(reader, LONG)
    answer(reader, ANSWERED)
    fill_in(reader, OWN)
    assert post(reader).status == 303
    expect(comment(reader, SEEN)).to_be_visible()


def test_an_answer_stands_in_its_place_and_waits(reader: Visitor) -> None:
    answered(reader)
    own = comment(reader, SEEN)
    expect(own).to_contain_text(WAITS)
    expect(own.locator("em")).to_have_text("Mohammed")
    expect(own).to_be_in_viewport()
    expect(own.locator("xpath=ancestor::li[2]/article")).to_contain_text(ANSWERED)


def test_a_waiting_answer_is_still_there_after_a_reload(reader: Visitor) -> None:
    answered(reader)
    reader.page.reload()
    expect(comment(reader, SEEN)).to_contain_text(WAITS)


def test_a_waiting_answer_is_seen_by_nobody_else(
    reader: Visitor, visit: Visit, scripts: bool
) -> None:
    answered(reader)
    other = visit(scripts=scripts)
    read(other, LONG)
    expect(comment(other, SEEN)).to_have_count(0)
    assert count_of(other) == count_of(reader)


def test_the_moderator_finds_all_that_he_needs_to_decide(
    reader: Visitor, visit: Visit, scripts: bool
) -> None:
    answered(reader)
    ada = visit(scripts=scripts)
    ada.go("/")
    ada.sign_in("ada")
    ada.link("Desk").click()
    card = desk.card(ada, SEEN)
    expect(card.locator(".ww-parent")).to_contain_text("Ada Verhoeven schreef:")
    expect(card.locator(".ww-parent")).to_contain_text(ANSWERED)
    expect(card.locator(".ww-why")).to_contain_text("adres")
    expect(card.locator(".ww-where")).to_contain_text(LONG)
    expect(card).to_contain_text("d…@lezers.example")
    expect(card.get_by_role("button")).to_have_text(["Goedkeuren a", "Afwijzen r", "Spam s"])


def test_an_approved_answer_is_seen_and_counted_and_undone_it_is_gone(
    reader: Visitor, visit: Visit, scripts: bool
) -> None:
    answered(reader)
    other, ada = visit(scripts=scripts), visit(scripts=scripts)
    read(other, LONG)
    before = count_of(other)
    come_to_desk(ada, "ada")
    desk.decide(desk.card(ada, SEEN), "Goedkeuren")
    ada.sees("1 reactie: goedgekeurd.")
    expect(desk.card(ada, SEEN)).to_have_count(0)
    seen_by(other, before + 1)
    ada.button("Ongedaan maken").click()
    expect(desk.card(ada, SEEN)).to_be_visible()
    gone_for(other, before)


def seen_by(other: Visitor, count: int) -> None:
    other.page.reload()
    expect(comment(other, SEEN)).to_be_visible()
    expect(comment(other, SEEN)).not_to_contain_text(WAITS)
    assert count_of(other) == count


def gone_for(other: Visitor, count: int) -> None:
    other.page.reload()
    expect(comment(other, SEEN)).to_have_count(0)
    assert count_of(other) == count


def test_one_key_approves_and_one_undoes(visit: Visit) -> None:
    reader, other, bob = visit(), visit(), visit()
    title, words = discussion.EMPTY, "Ik neem het wel over, maar pas na de vakantie."
    read(reader, title)
    fill_in(reader, words)
    post(reader)
    come_to_desk(bob, "bob")
    desk.open_card(bob, words)
    bob.page.keyboard.press("a")
    bob.sees("1 reactie: goedgekeurd.")
    read(other, title)
    expect(comment(other, words)).to_be_visible()
    bob.page.keyboard.press("z")
    bob.sees("1 beslissing is teruggedraaid.")
    other.page.reload()
    expect(comment(other, words)).to_have_count(0)
    expect(other.page.locator("#comments-title")).to_have_text("Nog geen reacties")


def test_an_author_answers_under_his_own_name_and_is_seen_at_once(
    reader: Visitor, visit: Visit, scripts: bool
) -> None:
    reader.come_as("ada")
    read(reader, LONG)
    answer(reader, "Monique is ook onze Monique.")
    expect(reader.page.get_by_text("Je reageert als Ada Verhoeven.")).to_be_visible()
    expect(reader.page.get_by_label("E-mailadres")).to_have_count(0)
    reader.page.get_by_label("Je reactie").fill("En de mijne heet Fenna.")
    assert post(reader).status == 303
    other = visit(scripts=scripts)
    read(other, LONG)
    own = comment(other, "En de mijne heet Fenna.")
    expect(own.locator(".ww-name")).to_have_text("Ada Verhoeven")
    expect(own.locator(".ww-mark")).to_have_text("Auteur")


def test_a_young_comment_tells_its_age_and_keeps_its_date(reader: Visitor, scripts: bool) -> None:
    answered(reader)
    date = comment(reader, SEEN).locator("time")
    full = re.compile(r"^\d+ \w+ \d{4} om \d\d:\d\d$")
    if scripts:
        expect(date).to_have_text(re.compile("nu|geleden"))
        expect(date).to_have_attribute("title", full)
    else:
        expect(date).to_have_text(full)
