"""What people do with a discussion and its form."""

from collections.abc import Callable

from playwright.sync_api import Locator, Response

from .visitor import Visitor

LONG = "Vijf vormen en wat ze kosten"
"""The article with the longest discussion of the demo world."""
EMPTY = "Wie neemt het over?"
CLOSED = "Veertien pagina’s tegen de pret"
WAITS = "Wacht op goedkeuring"
POST = "Reactie plaatsen"


def read(visitor: Visitor, title: str) -> None:
    """Comes to an article as people do: from the front page."""
    visitor.go("/")
    visitor.link(title).click()
    visitor.headed(title)


def comments(visitor: Visitor) -> Locator:
    return visitor.page.locator("article.ww-comment")


def comment(visitor: Visitor, words: str) -> Locator:
    return comments(visitor).filter(has_text=words)


def count_of(visitor: Visitor) -> int:
    """The number that the page itself says."""
    return int(visitor.page.locator("#comments-title").inner_text().split()[0])


def answer(visitor: Visitor, words: str) -> None:
    comment(visitor, words).locator(".ww-reply").click()


def fill_in(
    visitor: Visitor, text: str, name: str = "Dia Okonkwo", email: str = "dia@lezers.example"
) -> None:
    form = visitor.page.locator("#respond")
    form.get_by_label("Je reactie").fill(text)
    form.get_by_label("Naam", exact=True).fill(name)
    form.get_by_label("E-mailadres").fill(email)


def post(visitor: Visitor) -> Response:
    """Presses the button; what the address that the form posts to says to it."""
    return posting(visitor, visitor.button(POST).click)


def posting(visitor: Visitor, do: Callable[[], None]) -> Response:
    with visitor.page.expect_response(lambda r: r.request.method == "POST") as said:
        do()
    visitor.page.wait_for_load_state()
    return said.value


def check_nothing_before_sending(visitor: Visitor) -> None:
    """As a browser that knows no `required`: only the site itself looks at what is sent."""
    visitor.page.locator("#respond form").evaluate("form => { form.noValidate = true; }")
