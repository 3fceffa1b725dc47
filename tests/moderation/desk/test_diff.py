"""Which words of an edit went and which came."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.desk.diff import Piece, changes


def said(old: str, new: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in changes(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("een", "een", [("same", "een")]),
        ("een", "", [("del", "een")]),
        ("", "een", [("ins", "een")]),
        (
            "een zin.",
            "een regel.",
            [("same", "een "), ("del", "zin"), ("ins", "regel"), ("same", ".")],
        ),
        (
            "een\ntwee",
            "een\n\ntwee",
            [("same", "een"), ("del", "\n"), ("ins", "\n\n"), ("same", "twee")],
        ),
    ],
)
def test_words_stay_go_or_come(old, new, expected):
    assert said(old, new) == expected


@given(st.text(), st.text())
def test_both_texts_stand_in_it_whole(old, new):
    found = changes(old, new)
    assert "".join(p.text for p in found if p.kind != "ins") == old
    assert "".join(p.text for p in found if p.kind != "del") == new


@given(st.text(min_size=1))
def test_of_a_text_that_stayed_nothing_is_marked(text):
    assert changes(text, text) == (Piece("same", text),)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 2500, "b " * 2500),
        ("a b " * 1250, "b a " * 1250),
        ("." * 5000, ".," * 2500),
        (" ".join(map(str, range(1000))), " ".join(map(str, range(1000, 0, -1)))),
    ],
    ids=["others", "turned", "dots", "numbers"],
)
def test_the_longest_text_does_not_hold_up_the_desk(old, new):
    began = time.perf_counter()
    changes(old, new)
    assert time.perf_counter() - began < 2
