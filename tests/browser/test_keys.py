"""A shift at the desk without a mouse, and when keys must rest."""

import pytest
from playwright.sync_api import Request, expect

from .conftest import Visit
from .desk import card, cards, come_to_desk, show
from .visitor import Visitor

pytestmark = pytest.mark.browser

DECIDED = {"a": "goedgekeurd", "r": "afgewezen", "s": "spam"}
SHIFT = (
    ("l", "laten staan"),
    ("a", "wijziging overgenomen"),
    *((key, DECIDED[key]) for key in "arsaaras"),
)
"""First what was reported, then what its author changed, then what nobody has read yet."""
FOCUS = """() => {
  const card = document.activeElement.closest(".ww-card");
  const seen = card?.getBoundingClientRect();
  return { card: card?.id, inside: Boolean(seen) && seen.top < innerHeight && seen.bottom > 0,
           outline: getComputedStyle(document.activeElement).outlineStyle };
}"""
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"


@pytest.fixture
def hub(visit: Visit) -> Visitor:
    found = visit()
    come_to_desk(found, "hub")
    return at_work(found)


def at_work(visitor: Visitor) -> Visitor:
    """The keys of the page that came work by now."""
    expect(visitor.page.locator(".is-current")).to_have_count(1)
    return visitor


def press(visitor: Visitor, key: str) -> None:
    visitor.page.keyboard.press(key)


def where(visitor: Visitor) -> dict[str, object]:
    found: dict[str, object] = visitor.page.evaluate(FOCUS)
    return found


def test_ten_cards_take_ten_keys_and_one_never_loses_his_place(hub: Visitor) -> None:
    waiting = [item.get_attribute("id") for item in cards(hub).all()]
    for done, (key, words) in enumerate(SHIFT, 1):
        press(hub, key)
        said = hub.page.locator(".ww-undo")
        expect(said).to_have_text(f"1 reactie: {words}. Ongedaan maken z")
        expect(cards(hub)).to_have_count(len(waiting) - done)
        expect(hub.page.locator(".is-current")).to_have_id(waiting[done] or "")
        assert where(hub) == {"card": waiting[done], "inside": True, "outline": "solid"}


def test_moving_about_decides_nothing(hub: Visitor) -> None:
    posts = posts_of(hub)
    waiting = [item.get_attribute("id") for item in cards(hub).all()]
    for key, index in (("j", 1), ("j", 2), ("k", 1), ("k", 0), ("k", 0)):
        press(hub, key)
        assert where(hub)["card"] == waiting[index]
    assert posts == []


def posts_of(visitor: Visitor) -> list[str]:
    """Fills with every form that this browser sends from now on."""
    sent: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST":
            sent.append(request.url)

    visitor.context.on("request", note)
    return sent


def test_several_are_chosen_and_decided_by_keys(hub: Visitor) -> None:
    before = cards(hub).count()
    for key in "xjx":
        press(hub, key)
    expect(hub.page.locator("#bulk [data-count]")).to_have_text("Gekozen: 2")
    press(hub, "r")
    hub.sees("2 reacties: afgewezen.")
    expect(cards(hub)).to_have_count(before - 2)


def test_the_last_decision_is_undone_by_a_key(hub: Visitor) -> None:
    before = cards(hub).count()
    press(hub, "s")
    expect(cards(hub)).to_have_count(before - 1)
    press(at_work(hub), "z")
    expect(cards(hub)).to_have_count(before)


def test_keys_rest_while_one_types(hub: Visitor) -> None:
    posts = posts_of(hub)
    press(hub, "/")
    field = hub.page.get_by_role("searchbox")
    expect(field).to_be_focused()
    field.press_sequentially("arshxjkz?")
    hub.page.evaluate(SETTLED)
    assert posts == []
    expect(hub.page.get_by_role("dialog")).to_have_count(0)
    expect(hub.page.locator(".is-chosen")).to_have_count(0)


@pytest.mark.parametrize("held", ["Control", "Alt", "Meta"])
def test_keys_that_belong_to_the_browser_are_left_to_it(hub: Visitor, held: str) -> None:
    posts = posts_of(hub)
    press(hub, f"{held}+a")
    press(hub, f"{held}+s")
    hub.page.evaluate(SETTLED)
    assert posts == []


def test_keys_can_be_switched_off_and_on_again(hub: Visitor) -> None:
    posts = posts_of(hub)
    press(hub, "?")
    hub.button("Toetsen uitzetten").click()
    hub.button("Sluiten").click()
    hub.page.reload()
    for key in "aljx":
        press(hub, key)
    hub.page.evaluate(SETTLED)
    assert posts == []
    assert where(hub)["card"] is None
    press(hub, "?")
    hub.button("Toetsen aanzetten").click()
    press(hub, "Escape")
    press(hub, "l")
    hub.sees("1 reactie: laten staan.")


def test_a_spam_card_comes_back_by_one_key(hub: Visitor) -> None:
    show(hub, "Spam")
    words = cards(hub).first.get_by_role("heading", level=2).inner_text()
    press(hub, "h")
    hub.sees("1 reactie: wacht.")
    show(hub, "Wacht")
    expect(card(hub, words).first).to_be_visible()
