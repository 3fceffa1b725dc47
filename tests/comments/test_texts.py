"""Texts in the reader's language, from .po files as they are; what has no translation stays as it is."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel

from comments import texts
from comments.texts import Catalogue, beside
from comments.when import when

DUTCH = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n != 1);"

msgid "Hello %(name)s"
msgstr "Dag %(name)s"

msgid "%(num)s hat"
msgid_plural "%(num)s hats"
msgstr[0] "%(num)s hoed"
msgstr[1] "%(num)s hoeden"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return with_catalogue(tmp_path / "one", DUTCH)


def with_catalogue(folder: Path, written: str) -> Path:
    file = folder / "nl" / "LC_MESSAGES" / "messages.po"
    file.parent.mkdir(parents=True)
    file.write_text(written)
    return folder


def speaking(code: str) -> Flask:
    app = Flask("speaking")
    Babel(app, default_locale=code, default_timezone="Europe/Amsterdam")
    return app


def test_a_text_is_said_in_the_language_of_the_request(folder: Path) -> None:
    catalogue = Catalogue(folder)
    with speaking("nl").test_request_context():
        assert catalogue.gettext("Hello %(name)s", name="Dia") == "Dag Dia"
    with speaking("en").test_request_context():
        assert catalogue.gettext("Hello %(name)s", name="Dia") == "Hello Dia"


@pytest.mark.parametrize(("num", "said"), [(0, "0 hoeden"), (1, "1 hoed"), (2, "2 hoeden")])
def test_a_number_is_said_in_its_form(folder: Path, num: int, said: str) -> None:
    with speaking("nl").test_request_context():
        assert Catalogue(folder).ngettext("%(num)s hat", "%(num)s hats", num) == said


def test_what_has_no_translation_stays_as_it_is(folder: Path) -> None:
    with speaking("nl").test_request_context():
        assert Catalogue(folder).gettext("Something else") == "Something else"


def test_another_packages_texts_are_asked_after_the_first(folder: Path, tmp_path: Path) -> None:
    more = DUTCH.replace("Dag", "Hoi") + '\nmsgid "Bye"\nmsgstr "Tot ziens"\n'
    catalogue = Catalogue(folder)
    catalogue.add(with_catalogue(tmp_path / "two", more))
    catalogue.add(folder)
    with speaking("nl").test_request_context():
        assert catalogue.gettext("Hello %(name)s", name="Dia") == "Dag Dia"
        assert catalogue.gettext("Bye") == "Tot ziens"
    assert len(catalogue.folders) == 2


def test_the_languages_are_those_with_a_catalogue_and_the_sources(
    folder: Path, tmp_path: Path
) -> None:
    (folder / "de").mkdir()
    (folder / "README").write_text("no catalogue")
    catalogue = Catalogue(folder, tmp_path / "not there yet")
    assert catalogue.languages() == ["en", "nl"]


def test_outside_a_request_the_source_speaks() -> None:
    assert texts.language() == "en"
    assert texts.t("Reply to %(name)s", name="Dia") == "Reply to Dia"


def test_a_folder_is_within_the_package_or_else_at_the_top(tmp_path: Path) -> None:
    package = tmp_path / "pakket"
    package.mkdir()
    file = str(package / "texts.py")
    assert beside(file, "translations", "pakket") == tmp_path / "translations" / "pakket"
    (package / "translations").mkdir()
    assert beside(file, "translations", "pakket") == package / "translations"


@pytest.mark.parametrize(
    ("code", "said"), [("nl", "1 juli 2026 om 14:30"), ("en", "1 July 2026 at 14:30")]
)
def test_a_date_is_said_in_language_and_zone_and_marked_in_utc(code: str, said: str) -> None:
    at = datetime(2026, 7, 1, 12, 30, 59, 999, tzinfo=UTC)
    with speaking(code).test_request_context():
        assert str(when(at)) == f'<time datetime="2026-07-01T12:30Z">{said}</time>'


@pytest.mark.parametrize(
    ("code", "said"), [("de", "1. Juli 2026, 14:30"), ("fr", "1 juillet 2026, 14:30")]
)
def test_a_language_that_is_new_here_says_dates_by_its_own_custom(code: str, said: str) -> None:
    at = datetime(2026, 7, 1, 12, 30, tzinfo=UTC)
    with speaking(code).test_request_context():
        assert f">{said}</time>" in when(at)


def test_a_date_may_say_to_machines_what_it_is_of() -> None:
    at = datetime(2026, 7, 1, 12, 30, tzinfo=UTC)
    with speaking("en").test_request_context():
        assert when(at, "datePublished").startswith(
            '<time datetime="2026-07-01T12:30Z" itemprop="datePublished">'
        )


@pytest.mark.parametrize(
    ("code", "num", "said"),
    [
        ("nl", 999, "999 hoeden"),
        ("nl", 12_345, "12.345 hoeden"),
        ("nl", -1, "-1 hoeden"),
        ("en", 12_345, "12,345 hats"),
        ("fr", 12_345, "12\u202f345 hats"),
    ],
)
def test_a_large_number_is_written_in_groups(folder: Path, code: str, num: int, said: str) -> None:
    with speaking(code).test_request_context():
        assert Catalogue(folder).ngettext("%(num)s hat", "%(num)s hats", num) == said
