"""What holds for the HTML of any text at all."""

from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from comments.writing import sanitise
from comments.writing.markup import ARTICLE, COMMENT, IMPORTED_COMMENT, Refused, plain, render

from .judge import balanced, faults, text_of

MARKS = "* ** _ ` ``` > - 1. < > & &lt; &# ' \" = ( ) \\ x é".split()
TAGS = "<p> </p> <li> <ul> </ul> <em> </em> <b <svg> <h1> <td> <dl> <dd> <blockquote> <pre>".split()
LONGER = [
    "<a href='/x'>",
    "[a](https://a.example)",
    "https://b.example/(",
    "<!--",
    "-->",
    "\n",
    "\n\n",
    " ",
]
PIECES = st.sampled_from([*MARKS, *TAGS, *LONGER]) | st.text(max_size=4)
TEXTS = st.lists(PIECES, max_size=25).map("".join)
WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="*_`[>&<-.+#~|\ufffe\uffff")
)
FORMATS: st.SearchStrategy[Literal["markdown", "html"]] = st.sampled_from(["markdown", "html"])
POLICIES = st.sampled_from([COMMENT, IMPORTED_COMMENT, ARTICLE])


@given(TEXTS, FORMATS, POLICIES)
def test_any_text_gives_only_what_is_allowed_or_is_refused(text, source_format, policy):
    try:
        shown = render(text, source_format, policy).html
    except Refused:
        return
    assert faults(shown, policy) == []
    assert balanced(shown)


@given(TEXTS, FORMATS, POLICIES)
def test_any_text_gives_the_same_twice_and_cleaning_again_changes_nothing(
    text, source_format, policy
):
    try:
        first = render(text, source_format, policy)
    except Refused:
        return
    assert render(text, source_format, policy) == first
    again, agreed = sanitise.clean(first.html, policy)
    assert sanitise._agreed(first.html, again)
    assert agreed


@given(WORDS)
def test_any_text_without_marks_keeps_every_character(text):
    try:
        shown = render(text).html
    except Refused as refused:
        assert refused.reason == "empty"  # noqa: PT017 - nothing was lost: nothing was there
        return
    assert text_of(shown).split() == text.split()
    assert plain(shown) == " ".join(text.split())
