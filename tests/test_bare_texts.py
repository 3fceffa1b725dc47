"""No text stands in a template as it is: what people read goes through the catalogues, also what is heard."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment

ROOT = Path(__file__).parents[1]
TEMPLATES = sorted(
    file for file in (ROOT / "templates").rglob("*") if file.suffix in (".html", ".txt")
)
READ_OUT = frozenset(
    "alt aria-description aria-label aria-roledescription aria-valuetext label placeholder title".split()
)
"""Attributes that people read or hear."""
AS_TYPED = frozenset({"code", "kbd", "script", "style"})
"""What is typed is the same in every language: keys, marks, code."""
_ATTRIBUTES = re.compile(r'[a-z-]+="[^"]*"')
"""A macro may give attributes alone."""


class Bare(HTMLParser):
    """Notes what a page says by itself, once everything that is filled in has been taken out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside.append(tag)
        self.found += [
            f"{name}={value}" for name, value in attrs if name in READ_OUT and speaks(value or "")
        ]

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        words = _ATTRIBUTES.sub("", data).strip()
        if speaks(words) and not AS_TYPED & set(self.inside):
            self.found.append(words)


def speaks(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def bare(source: str, markup: bool = True) -> list[str]:
    """What of a template is neither filled in nor markup."""
    tokens: Iterator[tuple[int, str, str]] = Environment(autoescape=True).lex(source)
    left = "".join(text for _, kind, text in tokens if kind == "data")
    if not markup:
        return [line.strip() for line in left.splitlines() if speaks(line)]
    reader = Bare()
    reader.feed(left)
    reader.close()
    return reader.found


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_template_says_nothing_by_itself(file: Path) -> None:
    assert bare(file.read_text("utf-8"), file.suffix == ".html") == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>{{ t('Hello') }} · {{ name }}</p>", []),
        ("<p>Hello {{ name }}</p>", ["Hello"]),
        ('<p aria-label="Close">{{ x }}</p>', ["aria-label=Close"]),
        ('<img alt="{{ t("A cat") }}" src="cat.png">', []),
        ("<script>let a = 1;</script>{# a word #}<kbd>a</kbd>", []),
        ('{% macro m() %}id="x" name="{{ y }}"{% endmacro %}', []),
        ("{% if a %}<b>&euml;n</b>{% endif %}", ["ën"]),
    ],
)
def test_what_is_said_by_itself_is_found(source: str, found: list[str]) -> None:
    assert bare(source) == found
