"""How a discussion is held: from the studio and from the desk, and what readers are told of it."""

import re

import pytest
from playwright.sync_api import expect

from .axe import faults
from .conftest import Visit
from .desk import come_to_desk
from .discussion import comment, comments, fill_in, post, read
from .visitor import Visitor

pytestmark = pytest.mark.browser

SLOW = "Een vraag, geen vlag"
WATCHED = "Wie weigert, legt uit"
CLOSING = "Wie neemt het over?"
MARKED = "Een vloer om op te staan"
PINNED, LOCKED, IN_LOCKED = "Ik twijfel.", "Ik geef les in het vierde leerjaar", "Katrien Van Acker"


def rules(visitor: Visitor) -> str:
    """What stands above the form."""
    return " ".join(visitor.page.locator("#respond .ww-rule").all_inner_texts())


def open_in_studio(visitor: Visitor, title: str) -> None:
    visitor.go("/studio/")
    visitor.page.get_by_role("main").get_by_role("link", name=title, exact=True).click()
    expect(visitor.page.get_by_label("Titel")).to_have_value(title)


def save(visitor: Visitor) -> None:
    visitor.button("Verbetering publiceren").click()
    visitor.sees("Bewaard.")


def test_a_newcomer_is_told_before_he_writes(reader: Visitor) -> None:
    for title, said in (
        (SLOW, "In deze discussie kan iedereen eens per 10 minuten reageren."),
        (WATCHED, "In deze discussie leest een van ons elke reactie voordat die verschijnt."),
        (CLOSING, "Reageren kan tot"),
    ):
        read(reader, title)
        assert said in rules(reader)


def test_in_a_slow_discussion_the_second_comment_waits_and_is_kept(reader: Visitor) -> None:
    read(reader, SLOW)
    fill_in(reader, "Een eerste woord.")
    post(reader)
    reader.go("/een-vraag-geen-vlag/")
    fill_in(reader, "En meteen een tweede.")
    answer = post(reader)
    assert (answer.status, 0 < int(answer.headers["retry-after"]) <= 600) == (429, True)
    reader.sees("gaat het rustig aan", "alert")
    expect(reader.page.get_by_label("Je reactie")).to_have_value("En meteen een tweede.")


def test_the_studio_slows_a_discussion_and_sets_when_it_closes(visit: Visit, scripts: bool) -> None:
    ada, reader = visit(scripts=scripts), visit(scripts=scripts)
    ada.come_as("ada")
    open_in_studio(ada, MARKED)
    ada.page.get_by_label("Minuten tussen twee reacties").fill("5")
    ada.page.get_by_label("Elke reactie lezen").check()
    ada.page.get_by_label("Dagen tot de discussie sluit").fill("3650")
    save(ada)
    read(reader, MARKED)
    for said in ("eens per 5 minuten", "leest een van ons elke reactie", "Reageren kan tot"):
        assert said in rules(reader)
    ada.page.get_by_label("Dagen tot de discussie sluit").fill("1")
    save(ada)
    reader.page.reload()
    expect(reader.page.get_by_label("Je reactie")).to_have_count(0)
    expect(reader.page.locator("#respond")).to_contain_text("is voorbij")


def test_odd_numbers_in_the_studio_are_said_and_kept(reader: Visitor) -> None:
    reader.come_as("ada")
    open_in_studio(reader, MARKED)
    reader.page.get_by_label("Minuten tussen twee reacties").fill("vijf")
    reader.button("Verbetering publiceren").click()
    problem = reader.page.get_by_role("alert").get_by_role("link")
    expect(problem).to_contain_text("Een heel getal")
    problem.click()
    expect(reader.page.get_by_label("Minuten tussen twee reacties")).to_be_focused()
    expect(reader.page.get_by_label("Minuten tussen twee reacties")).to_have_value("vijf")


def test_from_the_article_to_its_discussion_and_closed(visit: Visit, scripts: bool) -> None:
    cas, reader = visit(scripts=scripts), visit(scripts=scripts)
    cas.come_as("cas")
    read(cas, MARKED)
    cas.link("Discussie beheren").click()
    cas.headed("Discussie beheren")
    cas.page.get_by_label("Gesloten: niemand kan reageren").check()
    cas.button("Zo instellen").click()
    cas.sees("Gedaan: zo gaat de discussie nu.")
    expect(cas.page.locator(".ww-history")).to_contain_text("Cas Declercq: discussie gesloten")
    read(reader, MARKED)
    expect(reader.page.get_by_label("Je reactie")).to_have_count(0)
    expect(reader.link("Discussie beheren")).to_have_count(0)
    expect(comments(reader).first.get_by_role("link", name="Beantwoorden")).to_have_count(0)


def test_who_decides_elsewhere_is_not_led_there(reader: Visitor) -> None:
    reader.come_as("bob")
    read(reader, MARKED)
    expect(reader.link("Discussie beheren")).to_have_count(0)
    assert reader.go("/desk/discussion/een-vloer-om-op-te-staan").status == 404


def test_what_is_pinned_stands_first_and_what_is_locked_takes_no_answer(reader: Visitor) -> None:
    read(reader, MARKED)
    expect(comments(reader).first).to_contain_text(PINNED)
    expect(comment(reader, LOCKED).locator(".ww-reply")).to_have_count(0)
    expect(comment(reader, IN_LOCKED).first.locator(".ww-reply")).to_have_count(0)
    expect(comment(reader, PINNED).locator(".ww-reply")).to_have_count(1)


def test_from_a_card_a_comment_is_pinned_and_let_go(visit: Visit, scripts: bool) -> None:
    cas, reader = visit(scripts=scripts), visit(scripts=scripts)
    come_to_desk(cas, "cas")
    read(reader, MARKED)
    number = comment(reader, LOCKED).get_attribute("id") or ""
    cas.go(f"/desk/{number.removeprefix('comment-')}")
    cas.page.get_by_role("button", name="Bovenaan vastzetten").click()
    cas.sees("Gedaan: bovenaan vastgezet.")
    reader.page.reload()
    expect(comments(reader).first).to_contain_text(LOCKED)
    cas.page.get_by_role("button", name="Losmaken").click()
    cas.sees("Gedaan: niet meer vastgezet.")
    reader.page.reload()
    expect(comments(reader).first).to_contain_text(PINNED)


def test_an_edit_that_waits_is_compared_and_taken_over(visit: Visit, scripts: bool) -> None:
    hub, reader = visit(scripts=scripts), visit(scripts=scripts)
    come_to_desk(hub, "hub")
    hub.page.get_by_role("link", name=re.compile("^Wijzigingen")).click()
    card = hub.page.locator("article.ww-card")
    expect(card).to_have_count(1)
    expect(card.locator("ins").first).to_contain_text("en driehonderd ook")
    read(reader, SLOW)
    expect(comment(reader, "en driehonderd ook")).to_have_count(0)
    card.get_by_role("button", name="Wijziging overnemen").click()
    hub.sees("1 reactie: wijziging overgenomen.")
    reader.page.reload()
    expect(comment(reader, "en driehonderd ook")).to_be_visible()
    hub.button("Ongedaan maken").click()
    hub.sees("1 beslissing")
    reader.page.reload()
    expect(comment(reader, "en driehonderd ook")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    [
        "/desk/discussion/een-vloer-om-op-te-staan",
        "/desk/?q=is:edited",
        "/desk/?q=is:reported",
        "/studio/1",
    ],
)
def test_no_page_on_which_a_discussion_is_held_is_closed_to_anybody(
    visit: Visit, scheme: str, path: str
) -> None:
    ada = visit(color_scheme=scheme, viewport={"width": 320, "height": 700})
    ada.come_as("ada")
    ada.go(path)
    assert faults(ada.page) == []
    assert ada.page.evaluate("document.documentElement.scrollWidth") <= 320
