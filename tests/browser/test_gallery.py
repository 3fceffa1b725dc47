"""Every page in every state: axe, headings, the narrowest telephone, four hundred per cent; one visit for all."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from . import axe
from .exhibition import Exhibition
from .gallery import GALLERY
from .visitor import Visitor

pytestmark = pytest.mark.browser

DESK = {"width": 1280, "height": 720}
TELEPHONE = {"width": 320, "height": 640}
ZOOMED = {"width": 320, "height": 256}
"""What 1280 by 1024 is at 400 %."""
WIDTH = "document.documentElement.scrollWidth"
HIDDEN = """() => {
  const open = document.querySelector("dialog[open]") ?? document;
  const able = "a[href], button, input:not([type=hidden]), textarea, select, summary";
  const lost = [];
  for (const element of open.querySelectorAll(able)) {
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    element.focus({ preventScroll: false });
    element.scrollIntoView({ block: "nearest", behavior: "instant" });
    const [seen] = element.getClientRects();
    const top = Math.max(seen.top, 0), bottom = Math.min(seen.bottom, innerHeight);
    const [x, y] = [(seen.left + seen.right) / 2, (top + bottom) / 2];
    const there = document.elementFromPoint(x, y);
    const label = element.closest("label");
    if (!there || !(element.contains(there) || label?.contains(there))) {
      lost.push(`${element.outerHTML.slice(0, 80)} under ${there?.outerHTML.slice(0, 60)}`);
    }
  }
  return lost;
}"""
OUTLINE = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
  .filter((heading) => heading.checkVisibility({ visibilityProperty: true }))
  .map((heading) => [Number(heading.tagName[1]), heading.textContent.trim()])"""
MAIN = "() => document.querySelectorAll('main, [role=main]').length"


@pytest.fixture(scope="module", params=GALLERY, ids=lambda shown: shown.name)
def visitor(request: pytest.FixtureRequest, exhibition: Exhibition) -> Iterator[Visitor]:
    """Somebody who has the page before him, for all the tests below."""
    found = exhibition.see(request.param)
    yield found
    found.leave()


def at_size(visitor: Visitor, size: dict[str, int]) -> None:
    visitor.page.set_viewport_size(size)  # type: ignore[arg-type]


def test_axe_finds_nothing_in_light_or_in_dark(visitor: Visitor) -> None:
    at_size(visitor, DESK)
    visitor.page.emulate_media(color_scheme="light")
    assert axe.faults(visitor.page) == []
    visitor.page.emulate_media(color_scheme="dark")
    assert axe.faults(visitor.page, axe.COLOURS) == []


@pytest.mark.parametrize("size", [TELEPHONE, ZOOMED], ids=["telephone", "zoomed"])
def test_it_fits_and_everything_can_be_reached(visitor: Visitor, size: dict[str, int]) -> None:
    at_size(visitor, size)
    assert visitor.page.evaluate(WIDTH) <= size["width"]
    assert visitor.page.evaluate(HIDDEN) == []


def test_headings_lead_down_step_by_step(visitor: Visitor) -> None:
    """One at the top, and no level left out."""
    at_size(visitor, DESK)
    outline: list[Any] = visitor.page.evaluate(OUTLINE)
    levels = [level for level, _ in outline]
    assert levels.count(1) == 1, outline
    assert levels[0] == 1, outline
    assert all(after <= before + 1 for before, after in pairwise(levels)), outline
    assert all(words for _, words in outline), outline
    assert visitor.page.evaluate(MAIN) == 1
