"""The whole of it in English, for who asks for that."""

import pytest
from playwright.sync_api import expect

from .desk import come_to_desk
from .discussion import check_nothing_before_sending, comment
from .visitor import Visitor

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
    card = reader.page.locator(".ww-card").first
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
