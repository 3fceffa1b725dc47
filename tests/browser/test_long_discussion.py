"""A discussion of hundreds: paged, folded, and every comment has an address that leads to it."""

import re

import pytest
from playwright.sync_api import expect

from .bulk import discuss
from .discussion import EMPTY, LONG, comment, read
from .site import Site
from .visitor import Visitor

pytestmark = pytest.mark.browser

SLUG = "wie-neemt-het-over"
ROOTS, FOLDED_ROOT, REPLIES = 400, 30, 60
LAST_ROOT = ROOTS + REPLIES


@pytest.fixture
def ids(site: Site) -> list[int]:
    """By their number in reading order, from 0: the 31st root, on page two, has sixty replies."""
    return discuss(site, SLUG, [REPLIES if n == FOLDED_ROOT else 0 for n in range(ROOTS)])


def numbered(visitor: Visitor, number: int) -> None:
    """This comment, counted from 1, is before the reader's eyes."""
    expect(comment(visitor, f"Reactie nummer {number}.")).to_be_in_viewport()


def test_the_pages_lead_on_and_back(reader: Visitor, ids: list[int]) -> None:
    read(reader, EMPTY)
    pages = reader.page.get_by_role("navigation", name="Pagina’s van de discussie")
    expect(pages).to_contain_text("Pagina 1 van 14")
    expect(reader.page.locator("#comments-title")).to_have_text(f"{LAST_ROOT} reacties")
    pages.get_by_role("link", name="Latere reacties").click()
    expect(reader.page).to_have_url(re.compile(rf"/{SLUG}/comments/page/2/#comments$"))
    expect(pages).to_contain_text("Pagina 2 van 14")
    numbered(reader, FOLDED_ROOT + 1)
    pages.get_by_role("link", name="Eerdere reacties").click()
    expect(reader.page).to_have_url(re.compile(rf"/{SLUG}/#comments$"))
    numbered(reader, 1)


def test_a_folded_conversation_unfolds(reader: Visitor, ids: list[int], scripts: bool) -> None:
    reader.go(f"/{SLUG}/comments/page/2/")
    numbers = reader.page.locator("article.ww-comment").filter(has_text="Reactie nummer")
    before = numbers.count()
    reader.link(f"Nog {REPLIES - 20} reacties in dit gesprek").click()
    if scripts:
        expect(numbers).to_have_count(before + REPLIES - 20)
        expect(comment(reader, f"Reactie nummer {FOLDED_ROOT + 22}.")).to_be_focused()
        expect(reader.page.locator("[data-say]")).to_have_text("Er staan meer reacties.")
        expect(reader.page).to_have_url(re.compile(r"/comments/page/2/$"))
    else:
        expect(reader.page).to_have_url(re.compile(rf"/comments/{ids[FOLDED_ROOT]}/replies/$"))
        expect(numbers).to_have_count(REPLIES + 1)
        reader.link("Terug naar alle reacties").click()
        expect(reader.page).to_have_url(re.compile(r"/comments/page/2/#comment-\d+$"))
        numbered(reader, FOLDED_ROOT + 1)


@pytest.mark.parametrize(
    ("number", "page"),
    [
        (1, ""),
        (200, "comments/page/5/"),
        (LAST_ROOT, "comments/page/14/"),
        (FOLDED_ROOT + 5, "comments/page/2/"),
        (FOLDED_ROOT + 55, "comments/ROOT/replies/"),
    ],
)
def test_the_address_of_a_comment_leads_to_it(
    reader: Visitor, ids: list[int], number: int, page: str
) -> None:
    own = ids[number - 1]
    page = page.replace("ROOT", str(ids[FOLDED_ROOT]))
    assert reader.go(f"/{SLUG}/comments/{own}").ok
    assert reader.page.url == f"{reader.site.url}/{SLUG}/{page}#comment-{own}"
    numbered(reader, number)


def test_a_comment_carries_its_own_address(reader: Visitor, ids: list[int]) -> None:
    reader.go(f"/{SLUG}/comments/page/3/")
    shown = comment(reader, "Reactie nummer 130.")
    shown.locator("a.ww-when").click()
    expect(reader.page).to_have_url(re.compile(rf"/comments/page/3/#comment-{ids[129]}$"))
    expect(shown).to_be_in_viewport()


def test_an_answer_beyond_the_visual_depth_says_and_links_what_it_answers(reader: Visitor) -> None:
    read(reader, LONG)
    deep = reader.page.locator("article.ww-comment").filter(has_text="in antwoord op").first
    named = deep.locator(".ww-answers").get_by_role("link")
    name = named.inner_text()
    named.click()
    answered = reader.page.locator(f"#{reader.page.url.rpartition('#')[2]}")
    expect(answered.locator(".ww-name")).to_have_text(name)
    expect(answered).to_be_in_viewport()
