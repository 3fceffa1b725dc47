"""What happened to a comment is heard, not only seen: a live region that was there before, or the focus itself."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from .conftest import Visit
from .discussion import LONG, fill_in, post, read
from .gallery import expired, refused, wrong_password
from .visitor import Visitor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("happened", [refused, expired, wrong_password])
def test_what_was_refused_has_the_focus_as_the_page_comes(
    reader: Visitor, happened: Callable[[Visitor], None]
) -> None:
    happened(reader)
    alert = reader.page.get_by_role("alert")
    expect(alert).to_be_focused()
    expect(alert.get_by_role("listitem").first).not_to_be_empty()


def test_who_has_posted_hears_that_it_waits(visit: Visit) -> None:
    reader = visit()
    read(reader, LONG)
    fill_in(reader, "Hoor ik dit?")
    post(reader)
    region = reader.page.locator("[role=status][data-say]")
    expect(region).not_to_be_empty()
    told = reader.page.locator("[data-posted] p").first
    expect(region).to_have_text(told.inner_text())


def test_without_scripts_reading_goes_on_at_what_was_posted(visit: Visit) -> None:
    """The address leads to it, and its own sentence stands there."""
    reader = visit(scripts=False)
    read(reader, LONG)
    fill_in(reader, "Hoor ik dit?")
    post(reader)
    own = reader.page.locator("article.ww-comment:target")
    expect(own).to_contain_text("Hoor ik dit?")
    expect(own.locator("[data-posted] p").first).not_to_be_empty()


def test_the_region_is_there_and_silent_before_anything_happens(reader: Visitor) -> None:
    """What comes into a region together with it is not read out by everybody."""
    reader.go("/vijf-vormen-en-wat-ze-kosten/")
    region = reader.page.locator("[role=status][data-say]")
    expect(region).to_have_count(1)
    expect(region).to_be_empty()
