"""On the narrowest telephone and at four hundred per cent nothing runs out of the page or hides."""

import pytest

from .exhibition import Exhibition
from .gallery import GALLERY, Shown

pytestmark = pytest.mark.browser

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


@pytest.mark.parametrize("shown", GALLERY, ids=lambda shown: shown.name)
def test_it_fits_and_everything_can_be_reached(exhibition: Exhibition, shown: Shown) -> None:
    visitor = exhibition.see(shown)
    for size in (TELEPHONE, ZOOMED):
        visitor.page.set_viewport_size(size)  # type: ignore[arg-type]
        assert visitor.page.evaluate(WIDTH) <= size["width"]
        assert visitor.page.evaluate(HIDDEN) == [], size
    visitor.leave()
