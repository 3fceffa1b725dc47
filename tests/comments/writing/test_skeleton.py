"""Names that look the same have one skeleton; names that people tell apart have two."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.writing.skeleton import LOOK_ALIKES, skeleton

NAME = "Alice Dahl"
SAME = {
    "case": "ALICE dahl",
    "spaces": "  Alice   Dahl ",
    "no space": "AliceDahl",
    "a wide space": "Alice\u3000Dahl",
    "dots": "A.l.i.c.e. D.a.h.l",
    "dashes": "Alice-Dahl",
    "accents": "Álîçé Dåhl",
    "accents apart": "A\u0301lice D\u0308ahl",
    "Cyrillic": "Аlісе Dаhl",
    "a Cyrillic h": "Alice Daһl",
    "Greek": "Αlιcε Dαhl",
    "Armenian": "Alice Daհl",
    "full width": "Ａｌｉｃｅ Ｄａｈｌ",
    "mathematical": "𝐀𝐥𝐢𝐜𝐞 𝒟𝒶𝒽𝓁",
    "circled": "Ⓐⓛⓘⓒⓔ Ⓓⓐⓗⓛ",
    "small capitals": "ᴀʟɪᴄᴇ ᴅᴀʜʟ",
    "zero width": "Al\u200bi\u200dce\ufeff Da\u2060hl",
    "a soft hyphen": "Ali\u00adce Dahl",
    "read from right to left": "\u202eAlice Dahl\u202c",
    "a variation selector": "Alice\ufe0f Dahl",
    "digits": "4l1c3 D4h1",
    "a capital i for an l": "AIice DahI",
    "a bar": "A|ice Dah|",
    "signs": "@lice D@hl",
    "emoji around it": "✨Alice Dahl✨",
}


@pytest.mark.parametrize("how", SAME)
def test_a_look_alike_is_the_same_name(how: str) -> None:
    assert skeleton(SAME[how]) == skeleton(NAME)


@pytest.mark.parametrize(
    ("latin", "other"),
    [
        ("Hans", "Ηans"),  # Greek Eta
        ("Nina", "Νina"),  # Greek Nu
        ("HANNA", "ΗΑΝΝΑ"),
        ("BETTY", "ВЕТТУ"),
        ("Peter", "Реtеr"),
        ("Bob", "8o8"),
        ("Zoë", "ΖΟË"),
        ("Strauss", "Strauß"),
        ("Øystein", "Oystein"),
        ("Łukasz", "Lukasz"),
        ("finn", "ﬁnn"),
    ],
)
def test_letters_of_another_script_hide_no_name(latin: str, other: str) -> None:
    assert skeleton(latin) == skeleton(other)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Ada", "Ida"),
        ("Jan de Vries", "Jan de Vos"),
        ("Marnix", "Martin"),
        ("Bob Terpstra", "Bob"),
        ("Николай", "Никита"),
        ("שלום", "עולם"),
        ("李小龙", "李小明"),
    ],
)
def test_names_that_people_tell_apart_are_two(one: str, two: str) -> None:
    assert skeleton(one) != skeleton(two)


@pytest.mark.parametrize("nothing", ["", " ", "...", "☺️", "\u200b\u200d", "—·—", "\u0301"])
def test_a_name_without_letters_has_none(nothing: str) -> None:
    assert skeleton(nothing) == ""


@given(st.text())
def test_the_skeleton_of_a_skeleton_is_itself(text: str) -> None:
    once = skeleton(text)
    assert skeleton(once) == once


@given(st.text())
def test_a_skeleton_is_letters_and_digits_that_fit_the_table(text: str) -> None:
    found = skeleton(text)
    assert found == "" or found.isalnum()
    assert len(found) <= 300


LATIN = st.characters(categories=("Lu", "Ll"), max_codepoint=0x17F, exclude_characters="µ")


@given(st.text(alphabet=LATIN))
def test_case_makes_no_other_latin_name(text: str) -> None:
    assert skeleton(text.upper()) == skeleton(text.lower()) == skeleton(text)


@given(st.text())
def test_how_accents_are_written_makes_no_other_name(text: str) -> None:
    assert skeleton(unicodedata.normalize("NFC", text)) == skeleton(
        unicodedata.normalize("NFD", text)
    )


def test_no_letter_looks_like_one_that_looks_like_a_third() -> None:
    """But l, which the table is asked about twice for."""
    plain = set("".join(LOOK_ALIKES.values()))
    assert plain & set("".join(LOOK_ALIKES)) == {"l"}
