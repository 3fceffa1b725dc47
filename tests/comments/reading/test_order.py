"""The order that an address asks for, and the addresses that keep it."""

import pytest

from comments.reading.addresses import Ways
from comments.reading.order import Order, order_of


@pytest.mark.parametrize("order", Order)
def test_an_order_is_asked_for_by_its_name(order: Order) -> None:
    assert order_of(order.value, "oldest") is order


@pytest.mark.parametrize("asked", ["", "x", "NEWEST", "newest ", "é", "a" * 5000])
def test_an_unknown_order_is_the_usual(asked: str) -> None:
    assert order_of(asked, "newest") is Order.NEWEST


def test_the_usual_order_needs_no_word() -> None:
    ways = Ways.of("/a/", Order.NEWEST, "newest")
    assert ways == Ways("/a/")
    assert [ways.page(1), ways.page(2)] == ["/a/", "/a/comments/page/2/"]
    assert [ways.branch(7, 1), ways.branch(7, 2)] == [
        "/a/comments/7/replies/",
        "/a/comments/7/replies/?page=2",
    ]
    assert [ways.permalink(7), ways.reply(7)] == ["/a/comments/7", "/a/?reply=7#respond"]


def test_another_order_is_kept_by_every_address() -> None:
    ways = Ways.of("/a/", Order.USEFUL, "oldest")
    assert [ways.page(1), ways.page(2)] == ["/a/?order=useful", "/a/comments/page/2/?order=useful"]
    assert ways.branch(7, 2) == "/a/comments/7/replies/?order=useful&page=2"
    assert ways.permalink(7) == "/a/comments/7?order=useful"
    assert ways.reply(7) == "/a/?order=useful&reply=7#respond"
    assert ways.page(1, marked=7, lang="en") == "/a/?order=useful&marked=7&lang=en"
