"""Letters are written from templates without a request, in the language of whoever gets them."""

import re
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask

from comments.extension import Comments
from comments.mailing.letter import Written
from comments.mailing.settings import MailSettings
from comments.settings import SettingError
from comments.texts import language

from ..host import START, Clock, SmallHost
from ..small_site import small_site
from .conftest import SENDER, SITE_URL, in_dutch

VALUES = {"name": "Bob", "text": "Nee.", "at": START, "path": "/dekschuit/", "stop_url": ""}


def written(comments: Comments, language: str = "nl", **values: object) -> Written:
    assert comments.site.post is not None
    return comments.site.post.write("answered", language, {**VALUES, **values})


def test_a_letter_is_whole_in_text(comments: Comments) -> None:
    assert written(comments) == Written(
        "Probeer het nog eens, Bob",
        "Bob (1 maart 2026 om 13:00):\n\n"
        "Nee.\n\n"
        "https://weerwoord.example/dekschuit/\n\n"
        "—\n"
        "Het Weerwoord · https://weerwoord.example/\n"
        "Je naam mag hoogstens 80 tekens hebben.\n"
        "Alles wat we van je bewaren: https://weerwoord.example/me/\n",
        written(comments).html,
        "nl",
    )


def test_its_texts_plurals_and_dates_are_in_the_language_that_was_asked_for(
    comments: Comments,
) -> None:
    found = written(comments, "en")
    assert found.subject == "Please try again, Bob"
    assert "Bob (1 March 2026 at 13:00):" in found.text
    assert "Your name may have at most 80 characters." in found.text
    assert '<html lang="en">' in found.html
    assert '<time datetime="2026-03-01T12:00Z">1 March 2026 at 13:00</time>' in found.html
    assert found.language == "en"


def test_a_language_that_is_not_there_is_the_sites_own(comments: Comments) -> None:
    for code in ("fr", "", "../nl", "en_US"):
        found = written(comments, code)
        assert (found.language, found.subject) == ("nl", "Probeer het nog eens, Bob")


def test_the_foot_says_how_to_stop_it(comments: Comments) -> None:
    found = written(comments, stop_url="https://weerwoord.example/stop?a=1&b=2")
    assert found.text.endswith("\nStop deze mails: https://weerwoord.example/stop?a=1&b=2\n")
    assert '<a href="https://weerwoord.example/stop?a=1&amp;b=2">Stop deze mails</a>' in found.html


def test_a_letter_is_written_in_a_thread_of_the_worker(comments: Comments) -> None:
    """It has neither a request nor an app context."""
    found: list[Written] = []
    thread = Thread(target=lambda: found.append(written(comments, "en")))
    thread.start()
    thread.join()
    assert found == [written(comments, "en")]


def test_a_request_in_another_language_is_not_disturbed(app: Flask, comments: Comments) -> None:
    @app.get("/probe")
    def probe() -> str:
        before = language()
        return f"{before} {written(comments, 'en').language} {language()}"

    assert app.test_client().get("/probe").text == "nl en nl"


def test_what_is_known_of_the_request_gets_into_no_letter(app: Flask, comments: Comments) -> None:
    app.context_processor(lambda: {"name": "of the request"})
    with app.test_request_context("/?lang=en"):
        assert written(comments).subject == "Probeer het nog eens, Bob"


def test_nothing_in_a_letter_comes_from_elsewhere(comments: Comments) -> None:
    html = written(comments, stop_url=f"{SITE_URL}/stop").html
    assert re.findall(r"<(?:img|link|script|iframe|object|video)\b|@import|url\(", html) == []
    assert {url.split("/")[2] for url in re.findall(r'href="([^"]+)"', html)} == {
        "weerwoord.example"
    }
    assert html.startswith("<!doctype html>")
    assert "prefers-color-scheme: dark" in html


def test_a_site_without_a_name_is_called_by_its_address(host: SmallHost, clock: Clock) -> None:
    mail = MailSettings(sender=SENDER)
    app = small_site(host, clock, in_dutch, site_url=f"{SITE_URL}/", mail=mail)
    found = written(app.extensions["comments"])
    assert "\nweerwoord.example · https://weerwoord.example/\n" in found.text
    assert "https://weerwoord.example/dekschuit/\n" in found.text


@pytest.mark.parametrize(
    ("site_url", "mail", "says"),
    [
        ("", MailSettings(), "mail needs the site's address"),
        (SITE_URL, MailSettings("smtp://a@b"), "WEERWOORD_MAIL_URL"),
        (SITE_URL, MailSettings(sender="niemand"), "WEERWOORD_MAIL_FROM"),
    ],
)
def test_mail_that_does_not_fit_stops_the_start(
    site_url: str, mail: MailSettings, says: str, host: SmallHost, clock: Clock
) -> None:
    with pytest.raises(SettingError, match=says):
        small_site(host, clock, in_dutch, site_url=site_url, mail=mail)


def test_letters_lie_in_the_instance_where_no_server_is_named(
    host: SmallHost, clock: Clock
) -> None:
    app = small_site(host, clock, in_dutch, site_url=SITE_URL, mail=MailSettings())
    assert app.extensions["comments"].site.post.road.folder == Path(app.instance_path) / "mail"
