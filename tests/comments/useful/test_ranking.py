"""A rank says how useful a comment is at the least; few votes cannot make it great."""

from datetime import timedelta
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.useful.ranking import Cast, lower_bound, ranks

from ..host import START

LATER = START + timedelta(hours=1)


@pytest.mark.parametrize(
    ("successes", "trials", "bound"),
    [
        (0, 0, 0.0),
        (0, 10, 0.0),
        (1, 1, 0.2065493),  # 1 / (1 + z²)
        (1, 10, 0.0178762),
        (5, 10, 0.2365931),
        (10, 10, 0.7224672),
        (80, 100, 0.7111708),
    ],
)
def test_the_bound_is_wilsons(successes: int, trials: int, bound: float) -> None:
    """As statistics programs give it."""
    assert isclose(lower_bound(successes, trials), bound, abs_tol=1e-6)


@given(st.integers(0, 300), st.integers(0, 300))
def test_a_bound_is_a_share_and_never_above_the_share_that_was_seen(one: int, more: int) -> None:
    trials = one + more
    assert 0 <= lower_bound(one, trials) <= (one / trials if trials else 0)


@given(st.integers(0, 200), st.integers(1, 200))
def test_one_more_who_found_it_useful_never_lowers_it(one: int, more: int) -> None:
    assert lower_bound(one + 1, one + more) >= lower_bound(one, one + more)


@given(st.integers(1, 200), st.integers(0, 200))
def test_one_more_who_did_not_lowers_it(one: int, more: int) -> None:
    assert lower_bound(one, one + more + 1) < lower_bound(one, one + more)


def votes(comment_id: int, *who: str, at: object = START) -> list[Cast]:
    return [(comment_id, name, at) for name in who]  # type: ignore[misc]


def test_a_trial_is_a_reader_however_much_he_finds_useful() -> None:
    cast = [*votes(1, "a", "b"), *votes(2, "a"), *votes(3, "a")]
    found = ranks(cast, {1: START, 2: START, 3: START})
    assert found == {1: lower_bound(2, 2), 2: lower_bound(1, 2), 3: lower_bound(1, 2)}


def test_who_was_here_before_a_comment_did_not_pass_it_over() -> None:
    cast = [*votes(1, "a", "b", "c"), *votes(2, "d", at=LATER)]
    found = ranks(cast, {1: START, 2: LATER})
    assert found == {1: lower_bound(3, 4), 2: lower_bound(1, 1)}


def test_who_voted_in_the_moment_in_which_it_appeared_could_have() -> None:
    assert ranks(votes(1, "a", at=LATER) + votes(2, "b"), {2: LATER})[2] == lower_bound(1, 2)


def test_a_vote_from_before_it_was_taken_away_and_brought_back_is_a_trial_as_well() -> None:
    assert ranks(votes(1, "a"), {1: LATER}) == {1: lower_bound(1, 1)}


def test_the_new_one_that_all_have_liked_does_not_beat_the_old_one_that_most_have() -> None:
    many = [str(number) for number in range(40)]
    cast = [*votes(1, *many[:36]), *votes(2, *many[36:]), *votes(3, "x", at=LATER)]
    found = ranks(cast, {1: START, 2: START, 3: LATER})
    assert found[1] > found[3] > found[2]


def test_a_comment_that_nobody_found_useful_has_no_rank() -> None:
    assert ranks(votes(1, "a"), {1: START, 2: START})[2] == 0


@given(
    st.lists(
        st.tuples(st.integers(1, 5), st.sampled_from("abcdefgh"), st.integers(0, 9)), max_size=30
    ),
    st.lists(st.integers(0, 9), min_size=5, max_size=5),
)
def test_there_are_never_more_successes_than_trials(
    cast: list[tuple[int, str, int]], hours: list[int]
) -> None:
    born = {number + 1: START + timedelta(hours=hour) for number, hour in enumerate(hours)}
    said = [(c, who, START + timedelta(hours=hour)) for c, who, hour in cast]
    assert all(0 <= rank <= 1 for rank in ranks(said, born).values())
