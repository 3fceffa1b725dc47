"""A draft and its findings: what says the same is the same, and one function weighs what was found."""

from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.draft import Draft, Outcome, verdict
from comments.states import State

from .host import START

DRAFT = Draft("dekschuit", "Mooi stuk.", START)
SETS = list(chain.from_iterable(combinations(Outcome, n) for n in range(5)))


def found(*outcomes: Outcome) -> Draft:
    draft = DRAFT
    for outcome in outcomes:
        draft = draft.found("some_check", outcome, "some_code")
    return draft


@pytest.mark.parametrize("outcomes", SETS)
def test_findings_are_weighed_in_one_order(outcomes: tuple[Outcome, ...]) -> None:
    weighed = [
        (Outcome.REFUSE, None),
        (Outcome.ALLOW, State.APPROVED),
        (Outcome.SPAM, State.SPAM),
        (Outcome.HOLD, State.PENDING),
    ]
    expected = next((state for o, state in weighed if o in outcomes), State.APPROVED)
    assert verdict(found(*outcomes)) is expected
    assert verdict(found(*reversed(outcomes))) is expected


def test_findings_add_up_and_the_first_draft_stays_as_it_was() -> None:
    draft = found(Outcome.HOLD, Outcome.SPAM)
    assert [f.outcome for f in draft.findings] == [Outcome.HOLD, Outcome.SPAM]
    assert DRAFT.findings == ()


def test_findings_are_picked_by_their_outcome() -> None:
    assert [f.outcome for f in found(*Outcome).of(Outcome.SPAM)] == [Outcome.SPAM]


def test_a_finding_keeps_its_values_and_the_field_it_belongs_to() -> None:
    draft = DRAFT.found("well_formed", Outcome.REFUSE, "name_long", "name", limit=80)
    assert draft.findings[0].values == {"limit": 80}
    assert draft.findings[0].field == "name"


def test_the_same_words_are_the_same_whatever_stands_between_them() -> None:
    spaced = Draft("dekschuit", " Mooi\n\n stuk. ", START)
    assert spaced.text_hash == DRAFT.text_hash


def test_other_words_are_not_the_same() -> None:
    assert Draft("dekschuit", "Mooi stuk!", START).text_hash != DRAFT.text_hash


@given(st.text(st.characters()))
def test_any_text_has_its_hash(text: str) -> None:
    assert len(Draft("dekschuit", text, START).text_hash) == 32
