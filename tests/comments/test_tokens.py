"""Signed tokens hold for one thing and one time, and no others do."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.tokens import Confirmation, Tokens

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


ASKED = Confirmation("1:sealed", 17, "dekschuit", "all", "nl")


def test_a_confirmation_is_read_as_it_was_signed() -> None:
    assert TOKENS.confirm_of(TOKENS.confirm(ASKED, START), START) == ASKED


@pytest.mark.parametrize(("days", "holds"), [(7, True), (8, False)])
def test_a_confirmation_holds_for_a_week(days: int, holds: bool) -> None:
    later = START + timedelta(days=days)
    assert (TOKENS.confirm_of(TOKENS.confirm(ASKED, START), later) is not None) is holds


@pytest.mark.parametrize(("hours", "found"), [(24, "1:sealed"), (25, None)])
def test_the_link_to_ones_own_page_ends(hours: int, found: str | None) -> None:
    later = START + timedelta(hours=hours)
    assert TOKENS.me_of(TOKENS.me("1:sealed", START), later, 24) == found


@given(st.text(st.characters()))
def test_no_text_is_a_mailed_link(text: str) -> None:
    assert TOKENS.confirm_of(text, START) is None
    assert TOKENS.me_of(text, START, 24) is None


@pytest.mark.parametrize("payload", [[], [1], ["a"] * 9, {"a": 1}, 17, None, ["a", None], "ab"])
def test_a_mailed_link_of_another_form_is_none(payload: object) -> None:
    for purpose in ("confirm", "me"):
        odd = str(TOKENS.signer(purpose).dumps(payload))
        assert TOKENS.confirm_of(odd, START) is None
        assert TOKENS.me_of(odd, START, 24) is None


def test_a_mailed_link_opens_only_what_it_is_for() -> None:
    assert TOKENS.me_of(TOKENS.confirm(ASKED, START), START, 24) is None
    assert TOKENS.confirm_of(TOKENS.me("1:sealed", START), START) is None
    assert TOKENS.receipt_of(TOKENS.me("1:sealed", START), START, 30) is None
