"""The picture beside a comment: small, harmless, always the same, and seldom somebody else's."""

import hashlib
import re

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import example, given
from hypothesis import strategies as st

from comments.avatar import avatar, seed_of

SEEDS = st.integers(0, 2**32 - 1)
DIGESTS = [hashlib.sha256(str(n).encode()).digest() for n in range(5_000)]


@given(SEEDS)
@example(0)
@example(2**32 - 1)
def test_any_picture_is_small_and_well_formed(seed):
    drawn = avatar(seed)
    assert len(drawn.encode()) <= 450
    root = fromstring(drawn)
    assert root.tag == "svg"
    assert root.get("aria-hidden") == "true"
    assert root.get("viewBox") == "0 0 4 4"
    assert re.fullmatch(r"avatar tone-(\d|1[01]|none)", root.get("class", ""))


@given(SEEDS)
def test_any_picture_keeps_to_the_strict_policy_of_the_page(seed):
    for node in fromstring(avatar(seed)).iter():
        assert node.tag in ("svg", "path")
        assert set(node.attrib) <= {"class", "viewBox", "aria-hidden", "fill", "opacity", "d"}


@given(SEEDS)
def test_any_picture_stays_on_its_tile(seed):
    for node in fromstring(avatar(seed)).iter("path"):
        if node.get("opacity") is None:
            assert all(0 <= place <= 4 for place in corners(node.get("d", "")))


def corners(drawn: str) -> list[float]:
    """Every end point of a path of `M`, `l` and `a` steps, across and down in one list."""
    places: list[float] = []
    for part in drawn.split("z")[:-1]:
        start, *steps = re.split(r"(?=[la])", part.removeprefix("M"))
        across, down = map(float, start.split())
        for step in steps:
            by = [float(number) for number in re.findall(r"-?[\d.]+", step)][-2:]
            across, down = across + by[0], down + by[1]
            places += [across, down]
    return places


@given(SEEDS.filter(bool))
def test_any_person_has_two_colours(seed):
    fills = {node.get("fill") for node in fromstring(avatar(seed)).iter()} - {None}
    assert len(fills) == 2


def test_the_same_seed_draws_the_same_picture():
    assert avatar(123_456_789) == avatar(123_456_789)


def test_of_five_thousand_people_hardly_two_look_alike():
    assert len({avatar(seed_of(digest)) for digest in DIGESTS}) >= 4_990


def test_nobody_has_a_picture_that_no_person_has():
    assert "tone-none" in avatar(0)
    assert all("tone-none" not in avatar(seed_of(digest)) for digest in DIGESTS[:500])


@pytest.mark.parametrize(
    ("digest", "seed"),
    [(b"\0\0\1\2after", 258), (b"\xff" * 32, 2**32 - 1), (b"\0" * 16, 1), (b"\0\0\0\0\x09", 1)],
)
def test_the_seed_takes_32_bits_and_is_never_nobodys(digest, seed):
    assert seed_of(digest) == seed
