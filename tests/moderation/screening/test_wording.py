"""Every code that any check can produce has words, for the reader and the desk, in both tongues."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

import pytest
from flask_babel import force_locale

from comments.checks import CLEAN_CODES
from comments.reports import CODE
from comments.wording import WORDINGS as BASIC
from comments.wording import desk_says, reader_says
from moderation.screening import checks
from moderation.screening.akismet_answer import Problem
from moderation.screening.rules import KINDS
from moderation.screening.wording import WORDINGS

ROOT = Path(__file__).parents[3]
MADE_UP: Mapping[str, list[str]] = {
    "rule_": list(KINDS),
    "akismet_": sorted(checks.SPAM_VERDICTS),
}
"""What follows each beginning of a code that is put together when a check runs."""
VALUES: Mapping[str, str | int] = {
    "minutes": 2,
    "number": 3,
    "limit": 4,
    "what": "casino",
    "problem": "down",
    "wrong": "spam",
}


def codes_in(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call):
            yield from literal(node)
        if isinstance(node, ast.JoinedStr):
            yield from put_together(node)


def literal(call: ast.Call) -> Iterator[str]:
    """The code in `draft.found(check, outcome, code)` and in `refuse(draft, code)`."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
    at = {"found": 2, "refuse": 1}.get(name)
    code = call.args[at] if at is not None else None
    if isinstance(code, ast.Constant):
        yield str(code.value)


def put_together(node: ast.JoinedStr) -> Iterator[str]:
    first = node.values[0]
    beginning = str(first.value) if isinstance(first, ast.Constant) else ""
    for ending in MADE_UP[beginning]:
        yield f"{beginning}{ending}"


ELSEWHERE = {CODE, "name_not_here", "renamed_often"}
"""What no check says: a report by a reader, and what a reader hears who wants another name."""
CODES = {
    *ELSEWHERE,
    *codes_in(ROOT / "comments/checks.py"),
    *codes_in(ROOT / "moderation/screening/checks.py"),
    *CLEAN_CODES.values(),
}


def spoken(world, tongue: str, code: str, **values: str | int) -> tuple[str, str]:
    with world.app.test_request_context(), force_locale(tongue):
        given = {**VALUES, **values}
        return reader_says(code, given, WORDINGS), desk_says(code, given, WORDINGS)


def test_the_codes_of_all_checks_are_those_that_have_words():
    assert {*BASIC, *WORDINGS} == CODES


def test_no_code_has_words_twice():
    assert not BASIC.keys() & WORDINGS.keys()


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_is_said_to_readers_and_to_the_desk_in_both_tongues(world, code):
    english, dutch = spoken(world, "en", code), spoken(world, "nl", code)
    assert all([*english, *dutch])
    assert (english[0] != dutch[0], english[1] != dutch[1]) == (True, True)


@pytest.mark.parametrize("problem", [*get_args(Problem), "provisional"])
@pytest.mark.parametrize("tongue", ["en", "nl"])
def test_every_trouble_with_akismet_is_said_in_words(world, tongue, problem):
    said = spoken(world, tongue, "akismet_silent", problem=problem)[1]
    assert len(said.partition(": ")[2].split()) > 2


@pytest.mark.parametrize(("minutes", "expected"), [(1, "in 1 minute."), (2, "in 2 minutes.")])
def test_the_brake_counts_minutes_in_good_english(world, minutes, expected):
    assert spoken(world, "en", "too_fast", minutes=minutes)[0].endswith(expected)


def test_a_reader_is_not_told_which_rule_he_met(world):
    assert "casino" not in spoken(world, "en", "rule_phrase")[0]
