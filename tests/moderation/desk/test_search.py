"""What the search line of the queue understands, and what it says it does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.states import State
from moderation.desk.search import WAITING, Queue, Search, parse


@pytest.mark.parametrize("queue", list(Queue))
def test_is_and_a_queue_finds_that_queue(queue):
    assert parse(f"is:{queue.value}") == Search(queue)


def test_every_state_has_its_queue_and_what_waits_has_two_more():
    assert {*Queue} == {*(state.value for state in State), "edited", "reported"}


@pytest.mark.parametrize("text", ["", "   ", "is:pending"])
def test_without_a_word_the_queue_is_what_waits(text):
    assert parse(text) == Search(Queue.PENDING)


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


def test_of_two_queues_the_last_one_counts():
    assert parse("is:spam is:rejected") == Search(Queue.REJECTED)


@given(st.text(), st.sampled_from(list(Queue)))
def test_what_was_understood_is_understood_again(noise, queue):
    found = parse(f"{noise} is:{queue.value}")
    assert parse(found.text) == Search(queue)


@pytest.mark.parametrize("queue", list(Queue))
def test_who_waits_longest_is_read_first_and_what_was_decided_from_the_newest_on(queue):
    assert Search(queue).oldest_first is (queue in WAITING)
    assert {Queue.PENDING, Queue.EDITED, Queue.REPORTED} == WAITING
