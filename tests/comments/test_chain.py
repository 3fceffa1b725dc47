"""The chain finds every row that was altered, left out, put elsewhere or put in."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from comments.chain import START, Break, Link, digest, verify

Head = tuple[int, str]


def chain_of(length: int) -> Iterator[Link]:
    last = START
    for seq in range(1, length + 1):
        values: Mapping[str, str | int | None] = {"comment_id": seq * 3, "reverses": None}
        own = digest(seq, values, last)
        yield Link(seq, values, last, own)
        last = own


@pytest.fixture
def links() -> list[Link]:
    return list(chain_of(5))


def head_of(links: list[Link]) -> Head:
    return links[-1].seq, links[-1].hash


def test_a_chain_that_nobody_touched_holds(links: list[Link]) -> None:
    assert verify(links, head_of(links)) is None


def test_a_log_without_rows_holds() -> None:
    assert verify([], (0, START)) is None


def test_an_altered_value_is_found(links: list[Link]) -> None:
    altered = replace(links[2], values={**links[2].values, "reverses": 1})
    found = verify([*links[:2], altered, *links[3:]], head_of(links))
    assert found == Break(3, "the row was altered")


def test_an_altered_row_whose_hash_was_made_anew_is_found_at_the_next(links: list[Link]) -> None:
    values = {**links[2].values, "reverses": 1}
    forged = Link(3, values, links[2].prev_hash, digest(3, values, links[2].prev_hash))
    found = verify([*links[:2], forged, *links[3:]], head_of(links))
    assert found == Break(4, "the row does not follow the one before it")


def test_an_altered_last_row_whose_hash_was_made_anew_is_found_at_the_head(
    links: list[Link],
) -> None:
    values = {**links[4].values, "reverses": 1}
    forged = Link(5, values, links[4].prev_hash, digest(5, values, links[4].prev_hash))
    assert verify([*links[:4], forged], head_of(links)) is not None


@pytest.mark.parametrize("gone", range(4))
def test_a_removed_row_is_found(links: list[Link], gone: int) -> None:
    left = [link for i, link in enumerate(links) if i != gone]
    assert verify(left, head_of(links)) == Break(gone + 1, "a row is missing or out of order")


def test_a_removed_last_row_is_found(links: list[Link]) -> None:
    assert verify(links[:4], head_of(links)) == Break(5, "rows are missing at the end")


def test_all_rows_removed_are_found(links: list[Link]) -> None:
    assert verify([], head_of(links)) == Break(1, "rows are missing at the end")


def test_two_rows_that_changed_places_are_found(links: list[Link]) -> None:
    swapped = [links[0], links[2], links[1], *links[3:]]
    assert verify(swapped, head_of(links)) == Break(2, "a row is missing or out of order")


def test_a_row_that_was_appended_without_the_head_is_found(links: list[Link]) -> None:
    longer = list(chain_of(6))
    assert verify(longer, head_of(links)) is not None


def test_a_row_that_was_put_in_twice_is_found(links: list[Link]) -> None:
    doubled = [*links[:2], links[1], *links[2:]]
    assert verify(doubled, head_of(links)) == Break(3, "a row is missing or out of order")


def test_a_number_and_its_text_are_not_the_same_value() -> None:
    assert digest(1, {"a": 1}, START) != digest(1, {"a": "1"}, START)


def test_the_order_of_the_values_does_not_matter() -> None:
    assert digest(1, {"a": 1, "b": None}, START) == digest(1, {"b": None, "a": 1}, START)


def test_a_hundred_thousand_rows_are_read_to_the_last() -> None:
    read = []

    def counted() -> Iterator[Link]:
        for link in chain_of(100_000):
            read.append(link.seq)
            yield link

    assert verify(counted(), (99_999, "somewhere else")) is not None
    assert len(read) == 100_000
