"""Keys: what is sealed opens with its own key for as long as it is kept, and nothing else opens it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.keys import BadKey, Keys, address_key, fresh, parse

OLD, NEW = fresh(bytes(range(32))), "2:" + fresh(bytes(range(1, 33))).partition(":")[2]
KEY_TEXT = OLD.partition(":")[2]


@pytest.fixture
def keys() -> Keys:
    return parse(OLD, "lookup")


def test_what_is_sealed_opens(keys: Keys) -> None:
    assert keys.open(keys.seal("dia@lezers.example")) == "dia@lezers.example"


def test_a_seal_does_not_show_what_is_in_it(keys: Keys) -> None:
    assert "dia" not in keys.seal("dia@lezers.example")


def test_the_same_text_is_never_sealed_the_same(keys: Keys) -> None:
    assert keys.seal("dia@lezers.example") != keys.seal("dia@lezers.example")


def test_an_empty_text_stays_empty(keys: Keys) -> None:
    assert (keys.seal(""), keys.open(""), keys.digest("email", "")) == ("", "", "")


def test_an_old_key_still_opens_after_a_new_one_came(keys: Keys) -> None:
    assert parse(f"{NEW},{OLD}", "lookup").open(keys.seal("dia")) == "dia"


def test_the_newest_key_seals(keys: Keys) -> None:
    sealed = parse(f"{NEW},{OLD}", "lookup").seal("dia")
    assert sealed.startswith("2:")
    with pytest.raises(BadKey, match="'2'"):
        keys.open(sealed)


def test_a_key_that_is_gone_opens_nothing_more(keys: Keys) -> None:
    with pytest.raises(BadKey):
        parse(NEW, "lookup").open(keys.seal("dia"))


def test_a_seal_under_another_keys_id_does_not_open(keys: Keys) -> None:
    relabelled = keys.seal("dia").replace("1:", "2:", 1)
    with pytest.raises(BadKey):
        parse(f"{NEW},{OLD}", "lookup").open(relabelled)


def test_an_altered_seal_does_not_open(keys: Keys) -> None:
    sealed = keys.seal("dia")
    with pytest.raises(BadKey):
        keys.open(sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:])


@given(st.text())
def test_no_text_opens_that_was_not_sealed(text: str) -> None:
    if text:
        with pytest.raises(BadKey):
            parse(OLD, "lookup").open(text)


@pytest.mark.parametrize(
    "data", ["", "  ", KEY_TEXT, f"1:{KEY_TEXT[:-4]}", "1:é", f"1:{KEY_TEXT},1:{KEY_TEXT}", ":"]
)
def test_keys_that_are_missing_or_of_the_wrong_form_are_refused(data: str) -> None:
    with pytest.raises(BadKey):
        parse(data, "lookup")


def test_an_id_given_twice_is_refused() -> None:
    with pytest.raises(BadKey, match="each id once"):
        parse(f"{OLD},1:{NEW[2:]}", "lookup")


def test_a_key_without_an_id_is_refused() -> None:
    with pytest.raises(BadKey, match="none that is empty"):
        parse(f":{KEY_TEXT}", "lookup")


def test_without_a_look_up_key_there_are_no_keys() -> None:
    with pytest.raises(BadKey, match="LOOKUP_KEY must both be set"):
        parse(OLD, "")


def test_an_error_never_holds_the_key() -> None:
    with pytest.raises(BadKey) as refused:
        parse(f"1:{KEY_TEXT[:-5]}", "lookup")
    assert KEY_TEXT[:10] not in str(refused.value)


def test_keys_are_not_printed(keys: Keys) -> None:
    assert KEY_TEXT not in repr(keys)
    assert "lookup" not in repr(keys).replace("lookup=", "")


def test_a_digest_is_the_same_for_the_same_text(keys: Keys) -> None:
    assert keys.digest("email", "dia") == keys.digest("email", "dia")


def test_a_digest_for_another_purpose_is_another(keys: Keys) -> None:
    assert keys.digest("email", "dia") != keys.digest("avatar", "dia")


def test_a_digest_under_another_key_is_another(keys: Keys) -> None:
    assert keys.digest("email", "dia") != parse(OLD, "another").digest("email", "dia")


def test_purpose_and_text_do_not_run_together(keys: Keys) -> None:
    assert keys.digest("ab", "c") != keys.digest("a", "bc")


@given(st.text(st.characters(categories=["Cs", "L"]), min_size=1))
def test_a_digest_can_be_made_of_any_text(text: str) -> None:
    assert len(parse(OLD, "lookup").digest("email", text)) == 32


def test_two_spellings_of_an_address_are_the_same() -> None:
    assert address_key(" Dia@Lezers.Example ") == address_key("dia@lezers.example")
