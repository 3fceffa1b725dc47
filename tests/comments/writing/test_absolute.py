"""What is read elsewhere has whole addresses, and is otherwise what was stored."""

import re
from html import unescape
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.writing.absolute import absolute
from comments.writing.markup import ARTICLE, render

PAGE = "https://site.example/stuk/"


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ('<a href="/over/">a</a>', '<a href="https://site.example/over/">a</a>'),
        ('<a href="#noot">a</a>', '<a href="https://site.example/stuk/#noot">a</a>'),
        ('<a href="vervolg/">a</a>', '<a href="https://site.example/stuk/vervolg/">a</a>'),
        ('<a href="https://a.example/?b=1&amp;c=2">a</a>',) * 2,
        ('<a href="mailto:a@b.example">a</a>',) * 2,
        (
            '<img src="/een.png" alt=" src=&quot;/x">',
            '<img src="https://site.example/een.png" alt=" src=&quot;/x">',
        ),
        ('<p>zo: href="/x" en src="/y"</p>',) * 2,
        ('<a href="http://[" rel="nofollow">a</a>',) * 2,
    ],
)  # fmt: skip
def test_addresses_are_whole_and_nothing_else_changes(stored: str, shown: str) -> None:
    assert absolute(stored, PAGE) == shown


@given(st.text("ab </>\"'&#?=.-_~()[]!*\n", max_size=80))
def test_of_what_was_sanitised_only_addresses_change(typed: str) -> None:
    stored = render(f"[x]({typed}) {typed} [y](/{typed})", policy=ARTICLE).html
    shown = absolute(stored, PAGE)
    assert without_addresses(shown) == without_addresses(stored)
    assert addresses(shown) == [urljoin(PAGE, address) for address in addresses(stored)]


def addresses(html: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'<a href="([^"]*)"', html)]


def without_addresses(html: str) -> str:
    return re.sub(r'<a href="[^"]*"', "<a", html)
