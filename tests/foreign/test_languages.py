"""The plug-in speaks the site's language: with a Flask-Babel of the site's own, and without one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import request
from flask_babel import Babel

from comments.texts import Catalogue, catalogue

from .conftest import BOOK, Site


def test_without_babel_the_site_is_served_in_dutch(site: Site) -> None:
    page = site.client().get(BOOK).text
    assert "Laat een antwoord achter" in page
    assert 'lang="nl"' in page


def test_without_babel_one_setting_makes_it_english(furnished_site: Site) -> None:
    furnished_site.app.config["BABEL_DEFAULT_LOCALE"] = "en"
    page = furnished_site.attach().client().get(BOOK).text
    assert "Leave a reply" in page
    assert 'lang="en"' in page


@pytest.mark.parametrize(
    ("language", "form", "desk"),
    [
        ("nl", "Laat een antwoord achter", "Er wacht niemand"),
        ("en", "Leave a reply", "Nobody is waiting"),
    ],
)
def test_a_babel_of_the_sites_own_decides(
    furnished_site: Site, language: str, form: str, desk: str
) -> None:
    Babel(furnished_site.app, locale_selector=lambda: request.args.get("lang", "en"))
    site = furnished_site.attach()
    assert form in site.client().get(f"{BOOK}?lang={language}").text
    assert desk in site.client("Mo").get(f"/desk/?lang={language}").text


def test_a_babel_of_the_sites_own_stays_the_only_one(furnished_site: Site) -> None:
    own = Babel(furnished_site.app)
    furnished_site.attach()
    assert furnished_site.app.extensions["babel"].instance is own


GERMAN = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8"

msgid "Leave a reply"
msgstr "Schreib eine Antwort"
"""


@pytest.fixture
def texts() -> Iterator[Catalogue]:
    """The plug-in's, as they were when the test is over."""
    before = catalogue.folders
    yield catalogue
    catalogue.folders = before


def test_a_site_may_bring_a_language_of_its_own(
    furnished_site: Site, texts: Catalogue, tmp_path: Path
) -> None:
    file = tmp_path / "de" / "LC_MESSAGES" / "messages.po"
    file.parent.mkdir(parents=True)
    file.write_text(GERMAN)
    Babel(furnished_site.app, default_locale="de")
    site = furnished_site.attach()
    site.app.extensions["comments"].texts.add(tmp_path)
    page = site.client().get(BOOK).text
    assert 'lang="de"' in page
    assert "Schreib eine Antwort" in page
    assert texts.languages() == ["de", "en", "nl"]
