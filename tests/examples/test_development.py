"""The secrets of a development site: made once, kept, and never in place of those that were given."""

from pathlib import Path

import pytest

from comments.keys import parse
from examples.development import MAKERS, read, secrets


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "instance" / "secrets.env"


def test_they_are_made_once(file: Path) -> None:
    made = secrets(file, {})
    assert made.keys() == MAKERS.keys()
    assert secrets(file, {}) == made == read(file)


def test_no_two_sites_have_the_same(file: Path, tmp_path: Path) -> None:
    one, other = secrets(file, {}), secrets(tmp_path / "secrets.env", {})
    assert not set(one.values()) & set(other.values())


def test_they_are_long_and_of_the_form_that_the_plug_in_takes(file: Path) -> None:
    made = secrets(file, {})
    assert min(len(value) for value in made.values()) >= 43
    keys = parse(made["WEERWOORD_DATA_KEYS"], made["WEERWOORD_LOOKUP_KEY"])
    assert keys.open(keys.seal("dia@lezers.example")) == "dia@lezers.example"


def test_only_their_owner_reads_them(file: Path) -> None:
    secrets(file, {})
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["secrets.env"]


def test_what_is_given_is_neither_made_nor_kept(file: Path) -> None:
    given = {"WEERWOORD_DATA_KEYS": "1:van-buiten"}
    assert secrets(file, given).keys() == MAKERS.keys() - given.keys()
    assert "van-buiten" not in file.read_text()


def test_what_the_file_lacks_is_added_and_the_rest_stays(file: Path) -> None:
    first = secrets(file, {"WEERWOORD_DATA_KEYS": "1:van-buiten"})
    later = secrets(file, {})
    assert later == first | {"WEERWOORD_DATA_KEYS": later["WEERWOORD_DATA_KEYS"]}


def test_with_everything_given_no_file_is_made(file: Path) -> None:
    assert secrets(file, dict.fromkeys(MAKERS, "gegeven")) == {}
    assert not file.exists()


def test_comments_and_empty_lines_are_no_settings(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("# a=b\n\nWEERWOORD_SECRET_KEY = met=teken \nlos\n")
    assert read(file) == {"WEERWOORD_SECRET_KEY": "met=teken"}
