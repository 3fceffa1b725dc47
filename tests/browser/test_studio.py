"""An article from the first word to its withdrawal, by the people whose work it is."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from .conftest import Visit
from .visitor import Visitor

pytestmark = pytest.mark.browser

TITLE = "Wie belt er terug?"
TEXT = """Er ging een telefoon.

## Niemand

In *elke* spaak dacht men dat het midden opnam.

- Utrecht
- Gent"""
TYPED = {
    "Titel": TITLE,
    "Tekst": TEXT,
    "Samenvatting": "Over een telefoon die voor iedereen was.",
    "Onderwerpen": "telefoon, midden",
}
PARTS = [".title", ".prose", ".prose h2", ".prose li", ".kicker", ".author"]
LOOK = """(parts) => parts.map((which) => {
  const found = document.querySelector(which);
  const { x, width } = found.getBoundingClientRect();
  const { fontFamily, fontSize, fontWeight, lineHeight, color } = getComputedStyle(found);
  return { which, x, width, fontFamily, fontSize, fontWeight, lineHeight, color };
})"""


def come_to_studio(visitor: Visitor, login: str) -> None:
    """By the link at the head of the front page."""
    visitor.come_as(login)
    visitor.go("/")
    visitor.link("Studio").click()
    visitor.headed("Studio")


def write(visitor: Visitor, **typed: str) -> None:
    for label, text in {**TYPED, **typed}.items():
        visitor.page.get_by_label(label, exact=True).fill(text)


def begin(visitor: Visitor, **typed: str) -> None:
    come_to_studio(visitor, "dirk")
    visitor.link("Schrijf een artikel").click()
    write(visitor, **typed)


def press(visitor: Visitor, name: str, said: str) -> None:
    visitor.button(name).click()
    visitor.sees(said)


def open_article(visitor: Visitor) -> None:
    visitor.page.get_by_role("main").get_by_role("link", name=TITLE, exact=True).click()


def published(visit: Visit, scripts: bool) -> Visitor:
    """Dirk submitted it, Ada published it; Ada, with the article before her in the studio."""
    dirk, ada = visit(scripts=scripts), visit(scripts=scripts)
    begin(dirk)
    press(dirk, "Indienen", "Ingediend. Iemand die mag publiceren kijkt ernaar.")
    come_to_studio(ada, "ada")
    open_article(ada)
    press(ada, "Publiceren", "Gepubliceerd: lezers kunnen het nu zien.")
    return ada


def test_what_ada_published_is_first_on_the_front_page(visit: Visit, scripts: bool) -> None:
    published(visit, scripts)
    reader = visit(scripts=scripts)
    reader.go("/")
    entry = reader.page.get_by_role("article").first
    expect(entry).to_contain_text("Dirk Bouzidi")
    expect(entry).to_contain_text(TYPED["Samenvatting"])
    entry.get_by_role("link", name=TITLE).click()
    expect(reader.page.get_by_role("heading", level=2, name="Niemand")).to_be_visible()
    expect(reader.link("telefoon")).to_be_visible()


def test_an_author_cannot_publish(reader: Visitor) -> None:
    begin(reader)
    buttons = reader.page.get_by_role("main").locator("form.fields").get_by_role("button")
    expect(buttons).to_have_text(["Concept bewaren", "Indienen", "Voorbeeld"])


def test_the_preview_is_the_page_that_readers_get(visit: Visit, scripts: bool) -> None:
    ada = published(visit, scripts)
    ada.button("Voorbeeld").click()
    ada.sees("Dit is een voorbeeld.")
    reader = visit(scripts=scripts)
    reader.go("/wie-belt-er-terug/")
    assert seen(ada) == seen(reader)


def seen(visitor: Visitor) -> tuple[str, Any]:
    """The words of the article and what they look like."""
    return visitor.page.locator(".prose").inner_html(), visitor.page.evaluate(LOOK, PARTS)


def test_the_way_back_from_the_preview_keeps_all_that_was_typed(reader: Visitor) -> None:
    begin(reader)
    reader.button("Voorbeeld").click()
    reader.headed(TITLE)
    reader.button("Terug naar het schrijven").click()
    reader.headed("Schrijf een artikel")
    assert_kept(reader, TYPED)


def test_an_error_keeps_all_that_was_typed(reader: Visitor) -> None:
    begin(reader, Adres="Geen Adres!")
    reader.button("Indienen").click()
    problem = reader.page.get_by_role("alert").get_by_role("link")
    expect(problem).to_have_text("Alleen kleine letters, cijfers en streepjes.")
    assert_kept(reader, {**TYPED, "Adres": "Geen Adres!"})
    problem.click()
    expect(reader.page.get_by_label("Adres", exact=True)).to_be_focused()


def assert_kept(visitor: Visitor, typed: dict[str, str]) -> None:
    for label, text in typed.items():
        expect(visitor.page.get_by_label(label, exact=True)).to_have_value(text)


def test_a_correction_is_seen_and_dated(visit: Visit, scripts: bool) -> None:
    ada, reader = published(visit, scripts), visit(scripts=scripts)
    reader.go("/wie-belt-er-terug/")
    ada.page.get_by_label("Tekst", exact=True).fill("Er ging *geen* telefoon.")
    press(ada, "Verbetering publiceren", "Bewaard.")
    reader.page.reload()
    expect(reader.page.locator(".prose")).to_have_text("Er ging geen telefoon.")
    expect(reader.page.locator(".byline")).to_contain_text("Verbeterd op")


def test_a_withdrawn_article_is_gone_until_it_is_published_again(
    visit: Visit, scripts: bool
) -> None:
    ada, reader = published(visit, scripts), visit(scripts=scripts)
    press(ada, "Intrekken", "Ingetrokken: lezers zien het niet meer.")
    assert reader.go("/wie-belt-er-terug/").status == 410
    reader.headed("Dit artikel is ingetrokken")
    reader.link("Naar de voorpagina").click()
    expect(reader.link(TITLE)).to_have_count(0)
    press(ada, "Opnieuw publiceren", "Gepubliceerd: lezers kunnen het nu zien.")
    reader.page.reload()
    reader.link(TITLE).click()
    reader.headed(TITLE)


def test_who_comes_second_sees_both_texts(visit: Visit, scripts: bool) -> None:
    dirk, ada = visit(scripts=scripts), visit(scripts=scripts)
    for person, login in ((dirk, "dirk"), (ada, "ada")):
        come_to_studio(person, login)
        person.page.get_by_role("main").get_by_role(
            "link", name="Een nieuwe spaak in een week", exact=True
        ).click()
    ada.page.get_by_label("Tekst", exact=True).fill("Zo schreef Ada het.")
    press(ada, "Bewaren", "Bewaard.")
    dirk.page.get_by_label("Tekst", exact=True).fill("Zo schreef Dirk het.")
    dirk.button("Bewaren").click()
    dirk.sees("Iemand heeft dit artikel intussen", "alert")
    expect(dirk.page.get_by_label("Tekst", exact=True)).to_have_value("Zo schreef Dirk het.")
    expect(dirk.page.get_by_role("region", name="De tekst zoals hij nu is")).to_contain_text(
        "Zo schreef Ada het."
    )


def test_who_may_not_write_here_finds_no_door(visit: Visit) -> None:
    reader = visit()
    reader.go("/")
    expect(reader.link("Studio")).to_have_count(0)
    reader.go("/studio/")
    expect(reader.page).to_have_url(re.compile(r"/login\?next="))
