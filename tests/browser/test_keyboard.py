"""A reader without a mouse: what comes first, and that the place where he is can always be seen."""

from typing import Any

import pytest
from playwright.sync_api import expect

from .exhibition import Exhibition
from .gallery import GALLERY, LONG, Shown, at
from .visitor import Visitor

pytestmark = pytest.mark.browser

FOCUSABLE = """() => Array.from(document.querySelectorAll(
  "a[href], button, input:not([type=hidden]), textarea, select, summary"))
  .filter((element) => element.checkVisibility({ visibilityProperty: true })
    && element.tabIndex >= 0 && !element.disabled).length"""
HERE = """() => {
  const here = document.activeElement;
  if (here === document.body || here.dataset.seen) return null;
  here.dataset.seen = "yes";
  const { outlineStyle, outlineWidth } = getComputedStyle(here);
  const { top, bottom, left, right } = here.getBoundingClientRect();
  return { what: here.outerHTML.slice(0, 90), outlined: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
           inside: bottom > 0 && top < innerHeight && right > 0 && left < innerWidth };
}"""


@pytest.fixture
def article(exhibition: Exhibition) -> Any:
    """The longest one."""
    visitor = exhibition.see(Shown("article", at(LONG)))
    yield visitor
    visitor.leave()


@pytest.mark.parametrize(
    "shown",
    [shown for shown in GALLERY if shown.name in ("home", "article-long", "desk", "studio-edit")],
    ids=lambda shown: shown.name,
)
def test_the_first_stop_is_the_way_past_the_head(exhibition: Exhibition, shown: Shown) -> None:
    visitor = exhibition.see(shown)
    visitor.page.keyboard.press("Tab")
    skip = visitor.link("Naar de tekst")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.get_by_role("main")).to_be_focused()
    visitor.page.keyboard.press("Tab")
    expect(visitor.page.locator("main :focus")).to_have_count(1)
    visitor.leave()


def test_every_stop_on_the_article_page_is_marked_and_before_ones_eyes(article: Visitor) -> None:
    expected = article.page.evaluate(FOCUSABLE)
    stops = []
    article.page.keyboard.press("Tab")
    while stop := article.page.evaluate(HERE):
        stops.append(stop)
        article.page.keyboard.press("Tab")
    assert [stop for stop in stops if not (stop["outlined"] and stop["inside"])] == []
    assert len(stops) == expected > 50


def test_an_answer_is_written_and_sent_without_a_mouse(article: Visitor) -> None:
    article.page.locator(".ww-reply").nth(2).focus()
    article.page.keyboard.press("Enter")
    for words in ("Met de hand op de toetsen.", "", "Dia", "dia@lezers.example", ""):
        article.page.keyboard.type(words)
        article.page.keyboard.press("Tab")
    for field in ("Onthoud mij", "Mail me als", "Mail me over"):
        expect(article.page.locator("#respond").get_by_label(field)).to_be_focused()
        article.page.keyboard.press("Tab")
    article.page.keyboard.press("Enter")
    own = article.page.locator("article.ww-comment").filter(has_text="Met de hand op de toetsen.")
    expect(own).to_contain_text("Wacht op goedkeuring")
