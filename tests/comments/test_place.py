"""Where comments stand: for any tree, in any legal order of arrival, reading order is right."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.place import TOP, WIDTH, Spot, indent, place, under

from .host import START


@dataclass(frozen=True)
class Placed:
    id: int
    parent: int | None
    place: int
    spot: Spot


def arrivals(parents: list[int], seconds: list[int], levels: int) -> list[Placed]:
    """Comments that arrive one by one; each number picks a parent among those before it, or none."""
    found: list[Placed] = []
    last = 0
    for number, (pick, offset) in enumerate(zip(parents, seconds, strict=True), start=1):
        last = place(START + timedelta(seconds=offset), last)
        at = pick % (len(found) + 1)
        above = found[at - 1] if at else None
        spot = under(above.id, above.spot, last, levels) if above else TOP
        found.append(Placed(number, above.id if above else None, last, spot))
    return found


def in_reading_order(comments: list[Placed]) -> list[Placed]:
    places = {c.id: c.place for c in comments}
    return sorted(comments, key=lambda c: (places[c.spot.root_id or c.id], c.spot.path))


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[Placed], int]:
    size = draw(st.integers(1, 25))
    parents = draw(st.lists(st.integers(0, 1000), min_size=size, max_size=size))
    seconds = draw(st.lists(st.integers(-9, 9), min_size=size, max_size=size))
    levels = draw(st.integers(2, 5))
    return arrivals(parents, seconds, levels), levels


@given(trees())
def test_a_parent_is_read_before_its_replies(tree: tuple[list[Placed], int]) -> None:
    comments, _ = tree
    read = [c.id for c in in_reading_order(comments)]
    for comment in comments:
        if comment.parent is not None:
            assert read.index(comment.parent) < read.index(comment.id)


@given(trees())
def test_a_conversation_is_read_in_one_piece(tree: tuple[list[Placed], int]) -> None:
    comments, _ = tree
    roots = [c.spot.root_id or c.id for c in in_reading_order(comments)]
    assert len([1 for a, b in pairwise(roots) if a != b]) == len(set(roots)) - 1


@given(trees())
def test_siblings_are_read_in_the_order_in_which_they_came(tree: tuple[list[Placed], int]) -> None:
    comments, _ = tree
    read = [c.id for c in in_reading_order(comments)]
    for parent in {c.parent for c in comments}:
        siblings = [c.id for c in comments if c.parent == parent]
        assert sorted(siblings, key=read.index) == siblings


@given(trees())
def test_a_reply_is_indented_one_step_more_until_the_last_level(
    tree: tuple[list[Placed], int],
) -> None:
    comments, levels = tree
    by_id = {c.id: c for c in comments}
    for comment in comments:
        if comment.parent is None:
            assert comment.spot == TOP
            continue
        parent = by_id[comment.parent]
        assert indent(comment.spot.path) == min(indent(parent.spot.path) + 1, levels - 1)
        assert comment.spot.depth == parent.spot.depth + 1
        assert comment.spot.root_id == (parent.spot.root_id or parent.id)


@given(trees())
def test_replies_that_can_go_no_deeper_stand_in_the_same_branch_by_time(
    tree: tuple[list[Placed], int],
) -> None:
    comments, levels = tree
    by_id = {c.id: c for c in comments}
    for comment in comments:
        parent = by_id.get(comment.parent or 0)
        if parent and indent(parent.spot.path) == levels - 1:
            assert comment.spot.path[:-WIDTH] == parent.spot.path[:-WIDTH]
            assert comment.spot.path > parent.spot.path


@given(trees())
def test_no_path_is_longer_than_its_column(tree: tuple[list[Placed], int]) -> None:
    assert max(len(c.spot.path) for c in tree[0]) <= 64


@given(st.lists(st.integers(-(10**9), 10**9), min_size=2))
def test_a_clock_that_is_set_back_reorders_nothing(offsets: list[int]) -> None:
    places = [0]
    for offset in offsets:
        places.append(place(START + timedelta(seconds=offset), places[-1]))
    assert places == sorted(set(places))


def test_a_place_is_the_microsecond_of_creation() -> None:
    assert place(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC), 0) == 1_000_000


@pytest.mark.parametrize("year", [1969, 2026, 4253])
def test_a_place_of_any_likely_year_fits_its_step(year: int) -> None:
    spot = under(1, TOP, place(datetime(year, 1, 1, tzinfo=UTC), 0), 4)
    assert len(spot.path) == WIDTH
