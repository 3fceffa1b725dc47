"""The unique key of a comment: the same for a second post of the same, another for anything else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from comments import storing
from comments.draft import Draft
from comments.keys import parse

from .host import BOB, SETTINGS, START

KEYS = parse(SETTINGS.data_keys, SETTINGS.lookup_key)
DRAFT = Draft("dekschuit", "Een ding.", START, email="dia@lezers.example")


@pytest.mark.parametrize("seconds", [0, 1, 300, 599])
@pytest.mark.parametrize("start", [0, 1, 300, 599])
def test_the_same_said_within_ten_minutes_is_found_by_its_key(start: int, seconds: int) -> None:
    first = replace(DRAFT, created_at=START + timedelta(seconds=start))
    again = replace(DRAFT, created_at=first.created_at + timedelta(seconds=seconds))
    assert storing.once(first, KEYS)[0] in storing.once(again, KEYS)


def test_the_same_said_later_has_another_key() -> None:
    again = replace(DRAFT, created_at=START + timedelta(minutes=20))
    assert not set(storing.once(DRAFT, KEYS)) & set(storing.once(again, KEYS))


def test_spaces_and_the_spelling_of_the_address_make_no_other_key() -> None:
    again = replace(DRAFT, text="  Een \n ding. ", email="DIA@lezers.example")
    assert storing.once(DRAFT, KEYS) == storing.once(again, KEYS)


@pytest.mark.parametrize(
    "other",
    [
        {"text": "Iets anders."},
        {"email": "eve@lezers.example"},
        {"parent_id": 3},
        {"thread_key": "spaak"},
        {"person": BOB},
    ],
)
def test_another_author_place_or_text_has_another_key(other: dict[str, object]) -> None:
    changed = replace(DRAFT, **other)  # type: ignore[arg-type]
    assert not set(storing.once(DRAFT, KEYS)) & set(storing.once(changed, KEYS))


def test_a_key_says_nothing_of_what_was_said() -> None:
    assert "ding" not in storing.once(DRAFT, KEYS)[0]
