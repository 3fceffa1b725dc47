"""Every text of moderation is there in Dutch, and the catalogue has none too many."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
KEYWORDS = {"t": None, "tn": (1, 2)}
MsgId = str | tuple[str, ...]


@cache
def catalogue() -> Catalog:
    with (ROOT / "translations/moderation/nl/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale="nl", abort_invalid=True)


def messages() -> list[Message]:
    return [message for message in catalogue() if message.id]


def used() -> Iterator[MsgId]:
    for file in (ROOT / "moderation").rglob("*.py"):
        yield from said_in(file, "python")
    for file in (ROOT / "templates/moderation").rglob("*.html"):
        yield from said_in(file, "jinja2.ext:babel_extract")


def said_in(file: Path, method: str) -> Iterator[MsgId]:
    for _, message, *_ in extract_from_file(method, file, keywords=KEYWORDS):
        yield message


def test_the_catalogue_has_the_texts_that_are_used_and_no_others():
    assert {m.id if isinstance(m.id, str) else tuple(m.id) for m in messages()} == set(used())


@pytest.mark.parametrize("message", messages(), ids=lambda m: str(m.id)[:40])
def test_every_text_is_translated_with_the_same_places_to_fill_in(message):
    said = message.string if isinstance(message.string, tuple) else (message.string,)
    assert all(said)
    assert not message.fuzzy
    assert not [str(error) for error in message.check(catalogue())]
