"""The whole of it in English, for who asks for that."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from .desk import come_to_desk
from .discussion import LONG, check_nothing_before_sending, comment
from .site import World, served
from .visitor import Visitor, arrive

pytestmark = pytest.mark.browser


def speaks(visitor: Visitor, code: str) -> None:
    expect(visitor.page.locator("html")).to_have_attribute("lang", code)
    for part in visitor.page.locator(".ww").all():
        expect(part).to_have_attribute("lang", code)


def test_the_site_speaks_dutch(reader: Visitor) -> None:
    reader.go("/vijf-vormen-en-wat-ze-kosten/")
    speaks(reader, "nl")


def test_an_article_and_its_discussion_are_had_in_english(reader: Visitor) -> None:
    reader.go("/vijf-vormen-en-wat-ze-kosten/?lang=en")
    speaks(reader, "en")
    expect(reader.page.locator(".byline")).to_contain_text("Reading time: about")
    expect(reader.page.locator("#comments-title")).to_have_text("21 replies")
    expect(reader.page.get_by_label("E-mail address")).to_be_visible()
    expect(reader.page.get_by_text("Your e-mail address will not be published.")).to_be_visible()
    expect(reader.button("Post comment")).to_be_visible()


def test_errors_are_said_in_the_language_of_the_form(reader: Visitor) -> None:
    reader.go("/vijf-vormen-en-wat-ze-kosten/?lang=en")
    check_nothing_before_sending(reader)
    reader.button("Post comment").click()
    reader.sees("Write your comment first.", "alert")
    speaks(reader, "en")


def test_the_desk_is_had_in_english(reader: Visitor) -> None:
    come_to_desk(reader, "bob")
    reader.go("/desk/?lang=en")
    speaks(reader, "en")
    first_decision = reader.page.get_by_role("button", name="Approve", exact=False)
    card = reader.page.locator(".ww-card").filter(has=first_decision).first
    expect(card.get_by_role("heading", name="Why it is here")).to_be_visible()
    expect(card.get_by_role("button")).to_have_text(["Approve a", "Reject r", "Spam s"])


def test_an_error_page_is_had_in_english(reader: Visitor) -> None:
    assert reader.go("/nergens/?lang=en").status == 404
    speaks(reader, "en")
    reader.headed("There is nothing here")


def test_who_posted_in_english_reads_on_in_english(reader: Visitor) -> None:
    reader.go("/wie-neemt-het-over/?lang=en")
    reader.page.get_by_label("Your comment").fill("Nobody, so I shall.")
    reader.page.get_by_label("Name", exact=True).fill("Eleanor Whitcombe")
    reader.page.get_by_label("E-mail address").fill("eleanor@readers.example")
    reader.button("Post comment").click()
    expect(comment(reader, "Nobody, so I shall.")).to_contain_text("Awaiting approval")
    speaks(reader, "en")


@pytest.fixture
def english(browser: Browser, world: World, tmp_path: Path, scripts: bool) -> Iterator[Visitor]:
    """Somebody whose browser asks for English, on a site where readers choose."""
    with served(world, tmp_path, BLOG_CHOOSE_LANGUAGE="1") as site:
        visitor = arrive(browser, site, scripts=scripts, locale="en-GB")
        yield visitor
        visitor.leave()


def test_a_browser_that_asks_for_english_gets_it_everywhere(english: Visitor) -> None:
    english.go("/")
    speaks(english, "en")
    english.link(LONG).click()
    speaks(english, "en")
    expect(english.page.locator("h1")).to_have_attribute("lang", "nl")
    expect(english.page.locator(".prose")).to_have_attribute("lang", "nl")
    expect(english.page.locator(".ww-body").first).to_have_attribute("lang", "nl")
    english.page.get_by_label("Your comment").fill("Same here.")
    english.page.get_by_label("Name", exact=True).fill("Eleanor Whitcombe")
    english.page.get_by_label("E-mail address").fill("eleanor@readers.example")
    english.button("Post comment").click()
    posted = comment(english, "Same here.")
    expect(posted).to_contain_text("Awaiting approval")
    expect(posted.locator(".ww-body")).not_to_have_attribute("lang", "en")


def test_whoever_would_rather_read_dutch_finds_it_at_the_foot(english: Visitor) -> None:
    english.go("/vijf-vormen-en-wat-ze-kosten/")
    speaks(english, "en")
    foot = english.page.get_by_role("contentinfo")
    foot.get_by_role("link", name="Nederlands", exact=True).click()
    speaks(english, "nl")
    expect(english.page.get_by_role("heading", level=1)).to_have_text(LONG)
    foot.get_by_role("link", name="English", exact=True).click()
    speaks(english, "en")


def test_no_switch_stands_where_the_site_decides(reader: Visitor) -> None:
    reader.go("/")
    expect(reader.page.get_by_role("link", name="English")).to_have_count(0)
