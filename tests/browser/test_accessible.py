"""No page of the product, in whatever state, shuts anybody out as far as axe-core can tell."""

import pytest

from . import axe
from .exhibition import Exhibition
from .gallery import GALLERY, Shown

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("shown", GALLERY, ids=lambda shown: shown.name)
def test_axe_finds_nothing_in_light_or_in_dark(exhibition: Exhibition, shown: Shown) -> None:
    visitor = exhibition.see(shown)
    visitor.page.emulate_media(color_scheme="light")
    assert axe.faults(visitor.page) == []
    visitor.page.emulate_media(color_scheme="dark")
    assert axe.faults(visitor.page, axe.COLOURS) == []
    visitor.leave()
