"""What the article page makes of readers who want no movement, and of paper."""

import pytest
from playwright.sync_api import expect

from .exhibition import Exhibition
from .gallery import LONG, Shown, at

pytestmark = pytest.mark.browser

ARTICLE = Shown("article", at(LONG))
MOVES = """() => Array.from(document.querySelectorAll("*")).filter((element) => {
  const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
  return parseFloat(transitionDuration) > 0 || animationName !== "none" || scrollBehavior === "smooth";
}).length"""


@pytest.mark.parametrize(("wish", "moving"), [("reduce", 0), ("no-preference", 1)])
def test_nothing_moves_for_who_does_not_want_it(
    exhibition: Exhibition, wish: str, moving: int
) -> None:
    """Else the page itself glides to where a link leads, and nothing more."""
    visitor = exhibition.see(ARTICLE, reduced_motion=wish)
    assert visitor.page.evaluate(MOVES) == moving
    visitor.leave()


def test_on_paper_there_is_what_was_said_and_nothing_to_press(exhibition: Exhibition) -> None:
    visitor = exhibition.see(ARTICLE)
    visitor.page.emulate_media(media="print")
    for shown in (".prose", ".author", "#comments-title", ".ww-body >> nth=0", ".ww-when >> nth=0"):
        expect(visitor.page.locator(shown)).to_be_visible()
    for useless in ("#respond", ".ww-reply >> nth=0", "nav[aria-label=Hoofdmenu]", "footer.bottom"):
        expect(visitor.page.locator(useless)).to_be_hidden()
    visitor.leave()


def test_paper_is_white_even_at_night(exhibition: Exhibition) -> None:
    visitor = exhibition.see(ARTICLE)
    visitor.page.emulate_media(media="print", color_scheme="dark")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    assert visitor.page.evaluate(ground) == "rgb(255, 255, 255)"
    visitor.leave()
