"""Whoever goes by headings finds his way on every page: one at the top, and no level left out."""

from itertools import pairwise
from typing import Any

import pytest

from .exhibition import Exhibition
from .gallery import GALLERY, Shown

pytestmark = pytest.mark.browser

OUTLINE = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
  .filter((heading) => heading.checkVisibility({ visibilityProperty: true }))
  .map((heading) => [Number(heading.tagName[1]), heading.textContent.trim()])"""
MAIN = "() => document.querySelectorAll('main, [role=main]').length"


@pytest.mark.parametrize("shown", GALLERY, ids=lambda shown: shown.name)
def test_headings_lead_down_step_by_step(exhibition: Exhibition, shown: Shown) -> None:
    visitor = exhibition.see(shown)
    outline: list[Any] = visitor.page.evaluate(OUTLINE)
    levels = [level for level, _ in outline]
    assert levels.count(1) == 1, outline
    assert levels[0] == 1, outline
    assert all(after <= before + 1 for before, after in pairwise(levels)), outline
    assert all(words for _, words in outline), outline
    assert visitor.page.evaluate(MAIN) == 1
    visitor.leave()
