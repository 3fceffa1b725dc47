"""What is looked at before a report is taken."""

import pytest

from comments.facts import Facts
from comments.reporting.draft import WHY_LIMIT, Notice, Wrong, judged
from tests.comments.host import DECK, SETTINGS, START

FACTS = Facts(START, SETTINGS, DECK)
GOOD = Notice(Wrong.SPAM, "Hier wordt iets verkocht.")


def codes(notice: Notice) -> list[tuple[str, str]]:
    return [(finding.code, finding.field) for finding in judged(notice, FACTS)[1].findings]


def but(**changes: object) -> Notice:
    return Notice(**{**vars(GOOD), **changes})


def test_a_kind_and_a_reason_are_enough() -> None:
    assert codes(GOOD) == []


@pytest.mark.parametrize("wrong", ["", "anders", "SPAM"])
def test_what_is_wrong_must_be_chosen(wrong: str) -> None:
    assert codes(but(wrong=wrong)) == [("wrong_missing", "wrong")]


@pytest.mark.parametrize("why", ["", "  \n\t"])
def test_a_reason_must_be_given(why: str) -> None:
    assert codes(but(why=why)) == [("why_missing", "why")]


def test_a_reason_may_be_so_long_and_no_longer() -> None:
    assert codes(but(why="é" * WHY_LIMIT)) == []
    assert codes(but(why="é" * (WHY_LIMIT + 1))) == [("why_long", "why")]


@pytest.mark.parametrize("why", ["a\0b", "a\x1bb", "a\ud800b"])
def test_what_a_database_cannot_hold_is_no_reason(why: str) -> None:
    assert codes(but(why=why)) == [("odd_characters", "why")]


def test_a_reason_may_have_lines() -> None:
    assert codes(but(why="een\r\ntwee\tdrie")) == []


@pytest.mark.parametrize("wrong", list(Wrong))
def test_only_who_calls_it_illegal_must_say_that_he_means_it(wrong: Wrong) -> None:
    found = codes(but(wrong=wrong))
    assert found == ([("good_faith_missing", "good_faith")] if wrong is Wrong.ILLEGAL else [])
    assert codes(but(wrong=wrong, good_faith=True)) == []


def test_name_and_address_are_looked_at_only_if_they_are_given() -> None:
    assert codes(but(name="x" * 81, email="geen adres")) == [
        ("name_long", "name"),
        ("email_wrong", "email"),
    ]


def test_what_is_kept_is_tidy() -> None:
    typed = but(why=" Zo. ", name=" Dia ", email=" dia@LEZERS.example ")
    notice, _ = judged(typed, FACTS)
    assert (notice.why, notice.name, notice.email) == ("Zo.", "Dia", "dia@lezers.example")
