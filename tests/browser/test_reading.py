"""Reading on: orders, folding, what is new since the last visit, and what comes while the page is open."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, expect

from comments.database import writing
from comments.host import Subject
from comments.models import Comment, Thread
from comments.shown import rebuild
from comments.states import State

from .axe import faults
from .bulk import discuss
from .conftest import Visit
from .discussion import EMPTY, LONG, WAITS, comment, comments, fill_in, post, read
from .site import Site
from .visitor import Visitor

pytestmark = pytest.mark.browser

SLUG = "wie-neemt-het-over"
ROOTS = 70
POLL = 31_000
"""Milliseconds after which a page that is looked at has asked."""


@pytest.fixture
def ids(site: Site) -> list[int]:
    """Seventy comments on three pages; the fortieth root has 25 replies, of which five are folded."""
    return discuss(site, SLUG, [25 if n == 40 else 0 for n in range(ROOTS)])


def change(site: Site, comment_id: int, **values: object) -> None:
    """As others have it, while this reader is away or has the page before him."""
    with writing(site.comments.site.engine) as session:
        found = session.get_one(Comment, comment_id)
        for name, value in values.items():
            setattr(found, name, value)
        thread = session.get_one(Thread, found.thread_id)
        rebuild(session, thread)
        thread.version += 1


def made_public(site: Site, comment_ids: list[int], at: datetime) -> None:
    for comment_id in comment_ids:
        change(site, comment_id, state=State.APPROVED, decided_at=at)


def hidden(site: Site, comment_ids: list[int]) -> None:
    for comment_id in comment_ids:
        change(site, comment_id, state=State.PENDING)


def new_ones(visitor: Visitor) -> Locator:
    return visitor.page.locator("article.ww-comment:has(.is-new)")


# orders


def test_another_order_is_a_link_away_and_says_where_one_is(
    reader: Visitor, ids: list[int]
) -> None:
    reader.go(f"/{SLUG}/")
    orders = reader.page.get_by_role("navigation", name="Volgorde van de discussie")
    expect(orders.locator("[aria-current]")).to_have_text("Oudste")
    orders.get_by_role("link", name="Nieuwste").click()
    expect(reader.page).to_have_url(re.compile(rf"/{SLUG}/\?order=newest#comments$"))
    expect(orders.locator("[aria-current]")).to_have_text("Nieuwste")
    expect(comments(reader).first).to_contain_text("Reactie nummer 95.")
    reader.link("Eerdere reacties").click()
    expect(reader.page).to_have_url(
        re.compile(rf"/{SLUG}/comments/page/2/\?order=newest#comments$")
    )
    expect(orders.locator("[aria-current]")).to_have_text("Nieuwste")


def test_a_folded_conversation_keeps_the_order_on_the_way_back(
    visit: Visit, ids: list[int]
) -> None:
    reader = visit(scripts=False)
    reader.go(f"/{SLUG}/?order=newest")
    reader.link("Nog 5 reacties in dit gesprek").click()
    reader.link("Terug naar alle reacties").click()
    expect(reader.page).to_have_url(re.compile(rf"/{SLUG}/\?order=newest#comment-{ids[40]}$"))
    expect(comment(reader, "Reactie nummer 41.")).to_be_in_viewport()


def test_what_is_pinned_and_featured_is_seen_and_jumped_to(
    reader: Visitor, site: Site, ids: list[int]
) -> None:
    change(site, ids[-1], pinned=True)
    change(site, ids[50], featured=True)
    reader.go(f"/{SLUG}/")
    expect(comments(reader).first).to_contain_text("Vastgezet")
    expect(comments(reader).first).to_contain_text("Reactie nummer 95.")
    reader.page.locator(".ww-jumps").get_by_role("link").click()
    expect(reader.page).to_have_url(re.compile(rf"#comment-{ids[50]}$"))
    expect(comment(reader, "Reactie nummer 51.")).to_be_in_viewport()
    expect(comment(reader, "Reactie nummer 51.")).to_contain_text("Uitgelicht")


# folding


def test_a_conversation_folds_and_unfolds_in_place_by_mouse_and_keyboard(reader: Visitor) -> None:
    read(reader, LONG)
    fold = reader.page.locator("details.ww-branch").first
    summary, below = fold.locator("> summary"), fold.locator("article").first
    expect(below).to_be_visible()
    summary.click()
    expect(below).to_be_hidden()
    summary.focus()
    reader.page.keyboard.press("Enter")
    expect(below).to_be_visible()
    expect(summary).to_have_text(re.compile(r"^\d+ antwoorden hieronder$"))


def test_an_address_opens_the_fold_in_which_its_comment_stands(visit: Visit) -> None:
    reader = visit()
    read(reader, LONG)
    fold = reader.page.locator("details.ww-branch").first
    own = fold.locator("article").last
    fold.locator("> summary").click()
    expect(own).to_be_hidden()
    reader.page.evaluate("id => { location.hash = id; }", own.get_attribute("id"))
    expect(own).to_be_visible()


# new since the last visit


def last_visit(visitor: Visitor, hours: int) -> None:
    """As if the visit that is in this browser's memory had been so long ago."""
    visitor.page.evaluate(
        """([name, ago]) => {
          const seen = JSON.parse(localStorage.getItem(name));
          localStorage.setItem(name, JSON.stringify({ ...seen, at: seen.at - ago }));
        }""",
        [f"ww seen {SLUG}", hours * 3_600_000],
    )


@pytest.fixture
def came_back(visit: Visit, site: Site, ids: list[int]) -> Visitor:
    """He was here before three comments came, one of which had waited for days."""
    hidden(site, [ids[3], ids[7], ids[20]])
    reader = visit()
    reader.go(f"/{SLUG}/")
    expect(new_ones(reader)).to_have_count(0)
    last_visit(reader, hours=20)
    made_public(site, [ids[3], ids[7], ids[20]], datetime.now(UTC))
    reader.go(f"/{SLUG}/")
    return reader


def test_what_is_new_since_the_last_visit_is_marked(came_back: Visitor) -> None:
    expect(new_ones(came_back)).to_have_count(3)
    for number in (4, 8, 21):
        expect(comment(came_back, f"Reactie nummer {number}.")).to_contain_text("Nieuw")
    came_back.page.reload()
    expect(new_ones(came_back)).to_have_count(3)
    assert faults(came_back.page) == []


def test_another_visit_later_nothing_is_new(came_back: Visitor) -> None:
    expect(new_ones(came_back)).to_have_count(3)
    last_visit(came_back, hours=1)
    came_back.page.reload()
    expect(comments(came_back).first).to_be_visible()
    came_back.page.wait_for_load_state("networkidle")
    expect(new_ones(came_back)).to_have_count(0)
    expect(came_back.page.locator(".ww-bar")).to_be_hidden()


def test_ones_own_comment_is_no_news(came_back: Visitor) -> None:
    fill_in(came_back, "Daar heb ik ook iets over te zeggen.")
    assert post(came_back).status == 303
    own = comment(came_back, "Daar heb ik ook iets over te zeggen.")
    expect(own).to_contain_text(WAITS)
    expect(own.locator(".is-new")).to_have_count(0)


def test_a_button_and_a_key_lead_from_one_to_the_next(came_back: Visitor) -> None:
    button = came_back.button("Volgende nieuwe reactie (3) n")
    button.click()
    expect(comment(came_back, "Reactie nummer 4.")).to_be_focused()
    for number in (8, 21, 4):
        came_back.page.keyboard.press("n")
        expect(comment(came_back, f"Reactie nummer {number}.")).to_be_focused()
        expect(comment(came_back, f"Reactie nummer {number}.")).to_be_in_viewport()


def test_the_key_is_a_letter_to_who_writes_and_can_be_switched_off(came_back: Visitor) -> None:
    text = came_back.page.get_by_label("Je reactie")
    text.focus()
    came_back.page.keyboard.type("Een non.")
    expect(text).to_have_value("Een non.")
    expect(text).to_be_focused()
    switch = came_back.page.get_by_label("Toets n")
    switch.uncheck()
    switch.focus()
    came_back.page.keyboard.press("n")
    expect(switch).to_be_focused()
    came_back.page.reload()
    expect(came_back.page.get_by_label("Toets n")).not_to_be_checked()
    came_back.page.keyboard.press("n")
    expect(came_back.page.locator("article:focus")).to_have_count(0)


def test_without_scripts_nothing_is_offered_that_needs_them(visit: Visit, ids: list[int]) -> None:
    reader = visit(scripts=False)
    reader.go(f"/{SLUG}/")
    expect(reader.page.locator(".ww-bar")).to_be_hidden()
    expect(new_ones(reader)).to_have_count(0)


# what comes while the page is open


@pytest.fixture
def waits(visit: Visit, site: Site, ids: list[int]) -> Visitor:
    """He has the page before him, and the time is ours. Two of its comments are not public yet."""
    hidden(site, [ids[5], ids[9]])
    reader = visit()
    reader.page.clock.install()
    reader.go(f"/{SLUG}/")
    expect(comments(reader)).to_have_count(30)
    return reader


def test_what_comes_is_offered_and_only_then_shown(
    waits: Visitor, site: Site, ids: list[int]
) -> None:
    made_public(site, [ids[5], ids[9]], datetime.now(UTC) + timedelta(minutes=5))
    waits.page.clock.run_for(POLL)
    offer = waits.link("Nieuwe reacties: 2")
    expect(offer).to_be_visible()
    expect(waits.page.get_by_role("status").last).to_have_text("Nieuwe reacties: 2")
    expect(comments(waits)).to_have_count(30)
    offer.click()
    expect(comments(waits)).to_have_count(32)
    expect(comment(waits, "Reactie nummer 6.")).to_be_focused()
    expect(comment(waits, "Reactie nummer 10.")).to_contain_text("Nieuw")
    expect(waits.page.locator("#comments-title")).to_have_text("95 reacties")
    expect(offer).to_be_hidden()
    expect(comments(waits).nth(4)).to_contain_text("Reactie nummer 5.")
    assert faults(waits.page) == []


def test_what_was_being_written_and_folded_stays_as_it_is(
    waits: Visitor, site: Site, ids: list[int]
) -> None:
    comment(waits, "Reactie nummer 3.").locator(".ww-reply").click()
    waits.page.get_by_label("Je reactie").fill("Nog niet klaar.")
    made_public(site, [ids[5]], datetime.now(UTC))
    waits.page.clock.run_for(POLL)
    waits.link("Nieuwe reacties: 1").click()
    expect(comment(waits, "Reactie nummer 6.")).to_be_focused()
    expect(waits.page.get_by_label("Je reactie")).to_have_value("Nog niet klaar.")
    expect(waits.page.locator("#respond [name=parent]")).to_have_value(str(ids[2]))
    above = waits.page.locator("#respond").locator("xpath=preceding-sibling::article[1]")
    expect(above).to_contain_text("Reactie nummer 3.")


def test_what_comes_on_another_page_is_shown_newest_first(
    visit: Visit, site: Site, ids: list[int]
) -> None:
    hidden(site, [ids[-1]])
    reader = visit()
    reader.page.clock.install()
    reader.go(f"/{SLUG}/")
    made_public(site, [ids[-1]], datetime.now(UTC))
    reader.page.clock.run_for(POLL)
    reader.link("Nieuwe reacties: 1").click()
    expect(reader.page).to_have_url(re.compile(rf"/{SLUG}/\?order=newest#comments$"))
    expect(comments(reader).first).to_contain_text("Reactie nummer 95.")


def test_a_page_that_stays_quiet_asks_less_and_less(waits: Visitor) -> None:
    asked: list[str] = []
    waits.page.on("request", lambda request: asked.append(request.url))
    for _ in range(60):
        waits.page.clock.run_for(30_000)
    polls = [url for url in asked if url.endswith(f"/comments/{SLUG}/count")]
    assert 4 <= len(polls) <= 12
    assert polls == asked


def test_the_first_comment_of_all_comes_with_the_page(visit: Visit, site: Site) -> None:
    reader = visit()
    reader.page.clock.install()
    read(reader, EMPTY)
    discuss(site, SLUG, [0])
    reader.page.clock.run_for(POLL)
    reader.link("Nieuwe reacties: 1").click()
    expect(comment(reader, "Reactie nummer 1.")).to_be_visible()


def test_subjects_are_told_apart(site: Site) -> None:
    """The fixture of this file is about the article that it names."""
    with site.app.test_request_context():
        found = site.comments.site.host.subject(SLUG)
    assert isinstance(found, Subject)
    assert found.title == EMPTY
