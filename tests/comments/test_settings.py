"""Settings come from the environment by type; what does not fit or does not exist stops the start."""

from dataclasses import dataclass, fields

import pytest

from comments.settings import SettingError, Settings, read, refuse_unknown, setting, variables

GROUPS: dict[str, type] = {"COMMENTS_": Settings}


@dataclass(frozen=True)
class Lamp:
    bright: bool = setting(False, "whether it is bright")
    mode: str = setting("off", "what it does", among=("off", "unsure", "always"))
    address: str = setting("", "where it is", name="LAMP_ADDRESS")
    watts: int = setting(5, "what it takes", between=(1, 60))


def test_nothing_set_gives_every_default() -> None:
    assert read(Settings, {}, "COMMENTS_") == Settings()


def test_a_number_is_converted() -> None:
    assert read(Settings, {"WEERWOORD_COMMENTS_DEPTH": "3"}, "COMMENTS_").depth == 3


@pytest.mark.parametrize("text", ["many", "", "3.5", "1e3"])
def test_a_number_that_is_none_is_refused_by_name(text: str) -> None:
    with pytest.raises(SettingError, match=r"WEERWOORD_COMMENTS_DEPTH is .* a whole number"):
        read(Settings, {"WEERWOORD_COMMENTS_DEPTH": text}, "COMMENTS_")


@pytest.mark.parametrize("text", ["1", "6", "-4"])
def test_a_depth_that_a_path_has_no_room_for_is_refused(text: str) -> None:
    with pytest.raises(SettingError, match=f"is {text}; it may be 2 to 5"):
        read(Settings, {"WEERWOORD_COMMENTS_DEPTH": text}, "COMMENTS_")


@pytest.mark.parametrize("text", ["2", "5"])
def test_the_least_and_the_greatest_number_are_taken(text: str) -> None:
    assert read(Settings, {"WEERWOORD_COMMENTS_DEPTH": text}, "COMMENTS_").depth == int(text)


def test_every_default_is_a_value_that_may_be_set() -> None:
    environ = {
        name: str(item.default)
        for name, item in variables("COMMENTS_", Settings)
        if item.type in (int, "int")
    }
    assert len(environ) >= 9
    assert read(Settings, environ, "COMMENTS_") == Settings()


@pytest.mark.parametrize("text", ["1", "true", "YES", "on"])
def test_words_for_yes_are_yes(text: str) -> None:
    assert read(Lamp, {"WEERWOORD_X_BRIGHT": text}, "X_").bright is True


@pytest.mark.parametrize("text", ["0", "False", "no", "off", ""])
def test_words_for_no_are_no(text: str) -> None:
    assert read(Lamp, {"WEERWOORD_X_BRIGHT": text}, "X_").bright is False


def test_a_word_that_is_neither_yes_nor_no_is_refused() -> None:
    with pytest.raises(SettingError, match="WEERWOORD_X_BRIGHT is 'maybe'; it may be 1 or 0"):
        read(Lamp, {"WEERWOORD_X_BRIGHT": "maybe"}, "X_")


def test_a_choice_outside_its_list_is_refused_with_the_list() -> None:
    with pytest.raises(SettingError, match="'sometimes'; it may be off, unsure, always"):
        read(Lamp, {"WEERWOORD_X_MODE": "sometimes"}, "X_")


def test_a_choice_within_its_list_is_taken() -> None:
    assert read(Lamp, {"WEERWOORD_X_MODE": "unsure"}, "X_").mode == "unsure"


def test_a_setting_with_a_name_of_its_own_has_no_prefix_of_its_package() -> None:
    assert read(Lamp, {"WEERWOORD_LAMP_ADDRESS": "thuis"}, "X_").address == "thuis"
    assert read(Lamp, {"WEERWOORD_X_ADDRESS": "thuis"}, "X_").address == ""


def test_an_unknown_setting_is_refused_with_the_nearest() -> None:
    with pytest.raises(SettingError, match="did you mean WEERWOORD_COMMENTS_DEPTH"):
        refuse_unknown({"WEERWOORD_COMENTS_DEPTH": "4"}, GROUPS)


def test_known_settings_and_other_peoples_variables_pass() -> None:
    refuse_unknown({"WEERWOORD_DATA_KEYS": "", "PATH": "/bin", "COMMENTS_DEPTH": "9"}, GROUPS)


def test_keys_are_not_printed_with_the_settings() -> None:
    printed = repr(Settings(data_keys="1:geheim", lookup_key="ook geheim"))
    assert "geheim" not in printed
    assert "depth=4" in printed


def test_every_setting_has_its_help() -> None:
    assert [item.name for item in fields(Settings) if not item.metadata["help"]] == []
