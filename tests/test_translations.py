"""Every text that a person sees is there in Dutch, and no catalogue has one too many."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
KEYWORDS = {"t": None, "tn": (1, 2), "_": None, "gettext": None, "ngettext": (1, 2)}
FOLDERS = {
    "comments": ("comments", "templates/comments", "templates/mail"),
    "moderation": ("moderation", "templates/moderation"),
    "blog": (
        "blog",
        "templates/blog",
        "templates/errors",
        "templates/security",
        "templates/base.html",
    ),
}
MsgId = str | tuple[str, ...]


@cache
def catalogue(package: str) -> Catalog:
    file = ROOT / "translations" / package / "nl" / "LC_MESSAGES" / "messages.po"
    with file.open("rb") as lines:
        return read_po(lines, locale="nl", abort_invalid=True)


def messages(package: str) -> list[Message]:
    return [message for message in catalogue(package) if message.id]


def used(package: str) -> Iterator[MsgId]:
    for folder in FOLDERS[package]:
        place = ROOT / folder
        files = [place] if place.is_file() else sorted(place.rglob("*"))
        for file in files:
            yield from said_in(file)


def said_in(file: Path) -> Iterator[MsgId]:
    jinja = "jinja2.ext:babel_extract"
    method = {".py": "python", ".html": jinja, ".txt": jinja}.get(file.suffix)
    if method:
        for _, message, *_ in extract_from_file(method, file, keywords=KEYWORDS):
            yield message


@pytest.mark.parametrize("package", FOLDERS)
def test_a_catalogue_has_the_texts_that_are_used_and_no_others(package: str) -> None:
    there = {m.id if isinstance(m.id, str) else tuple(m.id) for m in messages(package)}
    assert there == set(used(package))


@pytest.mark.parametrize(
    ("package", "message"),
    [(package, message) for package in FOLDERS for message in messages(package)],
    ids=lambda value: str(getattr(value, "id", value))[:40],
)
def test_a_text_is_translated_with_the_same_places_to_fill_in(
    package: str, message: Message
) -> None:
    said = message.string if isinstance(message.string, tuple) else (message.string,)
    assert len(said) == (1 if isinstance(message.id, str) else catalogue(package).num_plurals)
    assert all(said)
    assert not message.fuzzy
    assert not [str(error) for error in message.check(catalogue(package))]
