"""Every finding of the checks and every status has its words."""

import re
from pathlib import Path

import pytest

from comments import checks, posting, reports
from comments.wording import HEADLINES, WORDINGS, Wording, desk_says, reader_says

CODES = re.compile(
    r'"((?:name|email|url|text|odd|nothing|closed|parent|said|waits|branch|slow|premoderated)\w*)"'
)


ELSEWHERE = {reports.CODE, "name_not_here", "renamed_often"}
"""What no check says: a report by a reader, and what a reader hears who wants another name."""


def codes_of_checks() -> set[str]:
    """The codes as they stand in the source: a new one without words fails here."""
    found = set(CODES.findall(Path(checks.__file__).read_text()))
    return found - {"name", "email", "url", "text", "parent"}


def test_every_code_of_the_checks_has_its_words() -> None:
    assert codes_of_checks() | ELSEWHERE == set(WORDINGS)


@pytest.mark.parametrize("code", WORDINGS)
def test_a_finding_says_something_to_reader_and_desk(code: str) -> None:
    assert reader_says(code, {"limit": 80}, {})
    assert desk_says(code, {"limit": 80}, {})


@pytest.mark.parametrize(("limit", "words"), [(1, "1 character."), (80, "80 characters.")])
def test_a_limit_is_said_in_its_number(limit: int, words: str) -> None:
    assert reader_says("name_long", {"limit": limit}, {}).endswith(words)


def test_another_package_brings_words_of_its_own() -> None:
    more = {"odd_hat": Wording(lambda v: f"a hat for {v['who']}", lambda v: "hat")}
    assert reader_says("odd_hat", {"who": "you"}, more) == "a hat for you"
    assert desk_says("odd_hat", {}, more) == "hat"


def test_every_status_of_the_form_page_has_its_headline() -> None:
    assert {200, 403, 422, 503, *posting.STATUS.values()} == set(HEADLINES)
    assert all(say() for say in HEADLINES.values())


def test_a_check_that_is_gone_leaves_its_code_on_the_card() -> None:
    assert desk_says("of_an_old_version", {}, {}) == "of_an_old_version"
