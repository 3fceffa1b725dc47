"""Finding a comment useful, with scripts and without: counted, shown as one's own, taken back."""

import re

import pytest
from playwright.sync_api import Locator, expect
from sqlalchemy import text

from .axe import faults
from .conftest import Visit
from .discussion import LONG, comment, fill_in, post, read
from .site import Site
from .visitor import Visitor

pytestmark = pytest.mark.browser

WORDS = "Ik ken haar, ze werkt overal."


def button(visitor: Visitor, words: str = WORDS) -> Locator:
    return comment(visitor, words).locator("button[form=ww-acts]")


def cookies(visitor: Visitor) -> list[str]:
    return [str(cookie.get("name")) for cookie in visitor.context.cookies()]


def test_it_is_counted_and_everybody_sees_it(reader: Visitor, visit: Visit, scripts: bool) -> None:
    read(reader, LONG)
    expect(button(reader)).to_have_accessible_name(re.compile("^Nuttig ?: Ada Verhoeven"))
    button(reader).click()
    expect(button(reader)).to_have_attribute("aria-pressed", "true")
    expect(button(reader).locator("b")).to_have_text("1")
    if scripts:
        expect(reader.page.locator("[data-say]")).to_have_text("Dank je. Je vindt dit nuttig.")
        expect(reader.page).to_have_url(re.compile(r"/vijf-vormen-en-wat-ze-kosten/$"))
    else:
        expect(reader.page).to_have_url(re.compile(r"\?marked=(\d+)#comment-\1$"))
        expect(comment(reader, WORDS)).to_be_in_viewport()
    assert cookies(reader) == []
    other = visit(scripts=scripts)
    read(other, LONG)
    expect(button(other).locator("b")).to_have_text("1")
    expect(button(other)).not_to_have_attribute("aria-pressed", "true")


def test_pressed_again_it_is_taken_back(reader: Visitor, site: Site) -> None:
    read(reader, LONG)
    button(reader).click()
    expect(button(reader)).to_contain_text("Toch niet")
    button(reader).click()
    expect(button(reader)).not_to_have_attribute("aria-pressed", "true")
    expect(button(reader).locator("b")).to_have_count(0)
    assert site.rows("SELECT count(*) FROM ww_vote")[0][0] == 0


def test_it_works_by_keyboard(reader: Visitor) -> None:
    read(reader, LONG)
    button(reader).focus()
    reader.page.keyboard.press("Enter")
    expect(button(reader)).to_have_attribute("aria-pressed", "true")
    expect(button(reader).locator("b")).to_have_text("1")


def test_with_scripts_the_browser_knows_it_when_he_comes_back(visit: Visit) -> None:
    reader = visit()
    read(reader, LONG)
    button(reader).click()
    expect(button(reader)).to_have_attribute("aria-pressed", "true")
    read(reader, LONG)
    expect(button(reader)).to_have_attribute("aria-pressed", "true")
    expect(button(reader).locator("b")).to_have_text("1")
    assert faults(reader.page) == []


def test_his_own_comment_has_no_button(reader: Visitor, site: Site) -> None:
    own = "Dit vind ik zelf het nuttigst van alles."
    read(reader, LONG)
    fill_in(reader, own)
    post(reader)
    expect(comment(reader, own)).to_be_visible()
    expect(button(reader, own)).to_have_count(0)


def test_what_cannot_be_counted_is_said_beside_the_button(
    reader: Visitor, site: Site, scripts: bool
) -> None:
    """Taken away, while he has the page before him."""
    read(reader, LONG)
    own = comment(reader, WORDS).get_attribute("id") or ""
    taken_away = text("UPDATE ww_comment SET state = 'rejected' WHERE id = :id")
    with site.comments.site.engine.begin() as connection:
        connection.execute(taken_away, {"id": int(own.rpartition("-")[2])})
    button(reader).click()
    said = "Deze reactie is intussen verwijderd."
    if scripts:
        expect(comment(reader, WORDS).locator(".ww-told")).to_have_text(said)
        expect(reader.page.locator("[data-say]")).to_have_text(said)
        (fault,) = reader.watch.faults
        assert re.fullmatch(r"409 for .*/comments/[a-z-]+/useful", fault)
        reader.watch.faults.clear()
    else:
        reader.headed("Dat telde niet mee")
        expect(reader.page.get_by_text(said)).to_be_visible()
        reader.link(LONG).click()
        reader.headed(LONG)


def test_the_most_useful_stand_first_when_it_is_asked(
    reader: Visitor, site: Site, visit: Visit
) -> None:
    read(reader, LONG)
    last = reader.page.locator(".ww-thread > li > article:not(.is-gone)").last
    words = last.locator(".ww-body").inner_text().splitlines()[0]
    button(reader, words).click()
    expect(button(reader, words)).to_have_attribute("aria-pressed", "true")
    with site.comments.site.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE ww_job SET not_before = created_at WHERE kind = 'rank'")
    site.work()
    other = visit()
    read(other, LONG)
    other.link("Nuttigste").click()
    expect(other.page.locator(".ww-thread > li > article").first).to_contain_text(words)
