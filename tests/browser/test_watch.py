"""The watch over every browser sees what it is there to see: without it no journey could fail on it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Error

from .conftest import Visit
from .site import Site
from .visitor import Visitor

pytestmark = pytest.mark.browser

HTML_FROM_A_STRING = "try { document.body.innerHTML = '<b>!</b>' } catch {}"
INLINE_STYLE = (
    "document.head.append(Object.assign(document.createElement('style'), { textContent: 'a {}' }))"
)


def noted(visitor: Visitor, do: Callable[[], object]) -> str:
    """What the watch says after this, taken from it so that the visitor can leave in peace."""
    do()
    visitor.page.evaluate("new Promise((done) => setTimeout(done))")
    said = "\n".join(visitor.watch.faults)
    visitor.watch.faults.clear()
    return said


@pytest.mark.parametrize("breach", [HTML_FROM_A_STRING, INLINE_STYLE])
def test_a_breach_of_the_policy(visit: Visit, breach: str) -> None:
    reader = visit()
    reader.go("/")
    assert "policy: " in noted(reader, lambda: reader.page.evaluate(breach))


def test_an_error_in_a_script(visit: Visit) -> None:
    reader = visit()
    reader.go("/")
    thrown = "setTimeout(() => { throw new Error('mis') })"
    assert "script: mis" in noted(reader, lambda: reader.page.evaluate(thrown))


def test_a_question_to_another_host(visit: Visit) -> None:
    reader = visit()
    with pytest.raises(Error):
        reader.page.goto("http://127.0.0.1:1/")
    assert "asked elsewhere: http://127.0.0.1:1/" in reader.watch.faults
    reader.watch.faults.clear()


def test_a_file_that_is_not_there(visit: Visit) -> None:
    reader = visit()
    reader.go("/")
    assert "404 for " in noted(reader, lambda: reader.page.evaluate("fetch('/static/none.js')"))


def test_a_page_that_broke(visit: Visit, site: Site) -> None:
    site.app.add_url_rule("/stuk/", "broken", lambda: str(1 / 0))
    reader = visit(scripts=False)
    reader.go("/stuk/")
    assert reader.page.get_by_role("heading", level=1).inner_text() == "Er ging iets stuk"
    assert "500 for " in "\n".join(reader.watch.faults)
    reader.watch.faults.clear()
