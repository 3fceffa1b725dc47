"""What moderators do at the desk."""

from playwright.sync_api import Locator, expect

from .visitor import Visitor


def come_to_desk(visitor: Visitor, login: str) -> None:
    """Signed in, by the link at the head of the page."""
    visitor.come_as(login)
    visitor.go("/")
    visitor.link("Desk").click()
    visitor.headed("Desk")


def cards(visitor: Visitor) -> Locator:
    return visitor.page.locator("article.ww-card")


def card(visitor: Visitor, words: str) -> Locator:
    return cards(visitor).filter(has_text=words)


def decide(card: Locator, label: str) -> None:
    card.get_by_role("button", name=label, exact=True).click()


def open_card(visitor: Visitor, words: str) -> None:
    """To the page of the one card, by its title."""
    title = card(visitor, words).get_by_role("heading", level=2)
    name = title.inner_text()
    title.get_by_role("link").click()
    visitor.headed(f"Een reactie van {name}")


def show(visitor: Visitor, state: str) -> None:
    """One of the tabs above the cards."""
    tabs = visitor.page.get_by_role("navigation", name="Wachtrijen")
    tabs.get_by_role("link", name=state).click()
    expect(tabs.locator("[aria-current]")).to_contain_text(state)
    visitor.page.wait_for_load_state()
