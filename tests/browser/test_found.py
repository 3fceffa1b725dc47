"""What is said here is found by who does not come here: by feed readers, and by machines that read a page."""

from typing import Any

import feedparser
import pytest
from playwright.sync_api import expect

from .conftest import Visit
from .desk import card, come_to_desk, decide
from .discussion import CLOSED, LONG, comment, fill_in, post, read
from .visitor import Visitor

pytestmark = pytest.mark.browser

SAID = "Bij ons bleef het bij een memo."
ITEMS = """() => {
  const value = (element) => element.getAttribute("content") ?? element.getAttribute("href")
    ?? element.getAttribute("datetime") ?? element.textContent.trim();
  const of = (scope) => [...document.querySelectorAll("[itemprop]")]
    .filter((element) => element.parentElement.closest("[itemscope]") === scope);
  const told = (scope) => of(scope).map((element) => [
    element.getAttribute("itemprop"),
    element.hasAttribute("itemscope")
      ? { type: element.getAttribute("itemtype"), has: told(element) } : value(element),
  ]);
  return [...document.querySelectorAll("[itemscope]:not([itemprop])")]
    .map((scope) => ({ type: scope.getAttribute("itemtype"), has: told(scope) }));
}"""


def feed(visitor: Visitor) -> Any:
    """What a feed reader gets at the address under the discussion."""
    link = visitor.link("Volg met een feedlezer")
    answer = visitor.context.request.get(visitor.site.url + str(link.get_attribute("href")))
    assert answer.ok
    found = feedparser.parse(answer.body())
    assert not found.bozo
    return found


def test_a_feed_reader_hears_of_a_comment_once_it_is_let_in(visit: Visit, scripts: bool) -> None:
    reader, desk = visit(scripts=scripts), visit(scripts=scripts)
    read(reader, LONG)
    before = [entry.id for entry in feed(reader).entries]
    fill_in(reader, SAID)
    post(reader)
    expect(comment(reader, SAID)).to_be_visible()
    assert [entry.id for entry in feed(reader).entries] == before
    come_to_desk(desk, "hub")
    decide(card(desk, SAID), "Goedkeuren")
    expect(card(desk, SAID)).to_have_count(0)
    [newest, *rest] = feed(reader).entries
    assert SAID in newest.content[0].value
    assert [entry.id for entry in rest] == before[:49]
    reader.page.goto(newest.link)
    expect(comment(reader, SAID)).to_be_visible()
    assert reader.page.url.endswith(f"#comment-{newest.link.rsplit('/')[-1]}")


def test_feeds_are_announced_in_the_head_of_a_page(reader: Visitor) -> None:
    read(reader, LONG)
    announced = reader.page.locator('head link[rel=alternate][type="application/atom+xml"]')
    addresses = [link.get_attribute("href") for link in announced.all()]
    assert addresses == [
        "/vijf-vormen-en-wat-ze-kosten/comments.atom",
        "/feed.atom",
        "/comments.atom",
    ]
    for address in addresses:
        answer = reader.context.request.get(f"{reader.site.url}{address}")
        found = feedparser.parse(answer.body())
        assert not found.bozo
        assert found.entries


def test_a_closed_discussion_is_followed_like_any_other(reader: Visitor) -> None:
    read(reader, CLOSED)
    assert feed(reader).entries


def test_machines_find_on_the_page_what_the_database_holds(reader: Visitor) -> None:
    read(reader, LONG)
    [article] = reader.page.evaluate(ITEMS)
    told = properties(article)
    assert article["type"] == "https://schema.org/BlogPosting"
    assert told["headline"] == [LONG]
    rows = reader.site.rows(
        "SELECT c.id, p.id, c.author_name FROM ww_comment c JOIN ww_thread t ON t.id = c.thread_id "
        "LEFT JOIN ww_comment p ON p.id = c.parent_id AND p.state = 'approved' "
        "WHERE t.key = :key AND c.state = 'approved' AND c.kind = 'comment'",
        key="vijf-vormen-en-wat-ze-kosten",
    )
    assert told["commentCount"] == [str(len(rows))]
    assert set(tree(article, None)) == {tuple(row) for row in rows}


def properties(item: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for names, value in item["has"]:
        for name in names.split():
            found.setdefault(name, []).append(value)
    return found


def tree(item: Any, above: int | None) -> list[tuple[int, int | None, str]]:
    """(id, id of what is answered, author) of all comments below; a placeholder has neither."""
    found = []
    for one in properties(item).get("comment", []):
        told = properties(one)
        if "creativeWorkStatus" in told:
            found += tree(one, None)
            continue
        own = number(told["url"])
        answers = number(told["parentItem"]) if "parentItem" in told else above
        [author] = told["author"]
        found += [(own, answers, properties(author)["name"][0]), *tree(one, own)]
    return found


def number(addresses: list[str]) -> int:
    [address] = addresses
    return int(address.rsplit("/")[-1])
