"""What the search line of the queue understands, and what it says it does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.states import State
from moderation.desk.search import Search, parse


@pytest.mark.parametrize("state", list(State))
def test_is_and_a_state_finds_that_state(state):
    assert parse(f"is:{state.value}") == Search(state)


@pytest.mark.parametrize("text", ["", "   ", "is:pending"])
def test_without_a_word_the_queue_is_what_waits(text):
    assert parse(text) == Search(State.PENDING)


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("from:dia", ("from:dia",)),
        ("is:spam casino", ("casino",)),
        ("is: is:open is", ("is:", "is:open", "is")),
        ("IS:SPAM", ("IS:SPAM",)),
        ("is:spam:now", ("is:spam:now",)),
    ],
)
def test_words_that_mean_nothing_are_told(text, unread):
    assert parse(text).unread == unread


def test_of_two_states_the_last_one_counts():
    assert parse("is:spam is:rejected") == Search(State.REJECTED)


@given(st.text(), st.sampled_from(list(State)))
def test_what_was_understood_is_understood_again(noise, state):
    found = parse(f"{noise} is:{state.value}")
    assert parse(found.text) == Search(state)


@pytest.mark.parametrize(("state", "expected"), [(s, s is State.PENDING) for s in State])
def test_who_waits_longest_is_read_first_and_what_was_decided_from_the_newest_on(state, expected):
    assert Search(state).oldest_first is expected
