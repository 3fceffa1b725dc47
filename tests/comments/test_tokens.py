"""Signed tokens hold for one thing and one time, and no others do."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.tokens import Tokens

from .host import START

TOKENS = Tokens("een geheim")


def test_a_form_token_holds_for_its_own_thread() -> None:
    assert TOKENS.form_holds(TOKENS.form("dekschuit", START), "dekschuit", START)


def test_a_form_token_does_not_hold_for_another_thread() -> None:
    assert not TOKENS.form_holds(TOKENS.form("dekschuit", START), "spaak", START)


@pytest.mark.parametrize(
    ("hours", "holds"), [(-2, False), (-1, True), (0, True), (24, True), (25, False), (900, False)]
)
def test_a_form_token_holds_for_a_day_and_an_hour_of_skew(hours: int, holds: bool) -> None:
    token = TOKENS.form("dekschuit", START)
    assert TOKENS.form_holds(token, "dekschuit", START + timedelta(hours=hours)) is holds


def test_a_form_token_is_the_same_for_everybody_within_an_hour() -> None:
    later = START + timedelta(minutes=59, seconds=59)
    assert TOKENS.form("dekschuit", START) == TOKENS.form("dekschuit", later)


def test_a_form_token_of_the_next_hour_is_another() -> None:
    later = START + timedelta(hours=1)
    assert TOKENS.form("dekschuit", START) != TOKENS.form("dekschuit", later)


def test_a_token_under_another_secret_does_not_hold() -> None:
    forged = Tokens("geraden")
    assert not TOKENS.form_holds(forged.form("dekschuit", START), "dekschuit", START)
    assert TOKENS.receipt_of(forged.receipt(1, START), START, 30) is None


@given(st.text(st.characters()))
def test_no_text_is_a_token(text: str) -> None:
    assert not TOKENS.form_holds(text, "dekschuit", START)
    assert TOKENS.receipt_of(text, START, 30) is None


def test_a_receipt_names_its_comment() -> None:
    assert TOKENS.receipt_of(TOKENS.receipt(17, START), START, 30) == 17


@pytest.mark.parametrize(("days", "found"), [(30, 17), (31, None)])
def test_a_receipt_ends(days: int, found: int | None) -> None:
    later = START + timedelta(days=days)
    assert TOKENS.receipt_of(TOKENS.receipt(17, START), later, 30) == found


def test_what_was_signed_for_one_purpose_does_not_hold_for_another() -> None:
    receipt, form = TOKENS.signer("receipt"), TOKENS.signer("form")
    now = int(START.timestamp())
    assert not TOKENS.form_holds(str(receipt.dumps(["spaak", now // 3600])), "spaak", START)
    assert TOKENS.receipt_of(str(form.dumps([17, now])), START, 30) is None


@pytest.mark.parametrize("payload", [["17", 0], [17], [17, 0, 0], {"a": 1}, 17, None, [None, 0]])
def test_a_receipt_of_another_form_is_none(payload: object) -> None:
    odd = TOKENS.signer("receipt").dumps(payload)
    assert TOKENS.receipt_of(str(odd), START, 100_000) is None
