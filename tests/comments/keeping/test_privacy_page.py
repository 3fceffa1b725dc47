"""The page on data: made from the settings in force and the columns there are, with figures of now."""

import re
from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient

from comments.draft import Origin

from ..browser import words_of
from ..host import SETTINGS, Clock, Room, SmallHost
from ..small_site import small_site


def held(page: str, what: str) -> str:
    """What the page says of one row: all of it, up to the next one."""
    said = words_of(page)
    return re.split(r"Where it stands", said[said.index(what) :])[0]


def test_it_says_how_much_is_held_now(client: FlaskClient, room: Room) -> None:
    room.accept(replace(room.draft(), origin=Origin("192.0.2.77", "Lezer/1.0")))
    room.says()
    page = client.get("/privacy").text
    assert "What we hold now 2 records" in held(page, "Your name, your website and your text")
    assert "What we hold now 1 record" in held(page, "The network that you wrote from")
    assert "What we hold now 0 records" in held(page, "An address that you confirmed")


def test_the_days_are_those_of_the_settings(host: SmallHost, clock: Clock) -> None:
    app = small_site(host, clock, settings=replace(SETTINGS, origin_days=7, email_days=1))
    page = app.test_client().get("/privacy").text
    assert "How long 7 days" in held(page, "The network that you wrote from")
    assert "How long 1 day" in held(page, "Your e-mail address, encrypted")
    assert "How long 30 days after the last one in that discussion" in held(
        page, "A number made from your network and browser"
    )
    app.extensions["comments"].site.versions.close()


def test_it_names_the_columns(client: FlaskClient) -> None:
    page = client.get("/privacy").text
    assert "<code>ww_origin.network</code>, <code>ww_origin.agent</code>" in page
    assert "<code>ww_comment.email_sealed</code>" in page


def test_its_figures_are_of_this_hour_and_the_same_bytes_for_everybody(
    client: FlaskClient, room: Room, clock: Clock
) -> None:
    first = client.get("/privacy")
    room.says()
    again = client.get("/privacy")
    assert again.data == first.data
    tag = {"If-None-Match": first.headers["ETag"]}
    assert client.get("/privacy", headers=tag).status_code == 304
    clock.goes_on(seconds=3600)
    page = client.get("/privacy", headers=tag).text
    assert "What we hold now 1 record" in held(page, "Your name, your website and your text")


def test_who_has_a_session_gets_a_page_of_his_own(app: Flask, client: FlaskClient) -> None:
    client.set_cookie(app.config["SESSION_COOKIE_NAME"], "x")
    assert "no-store" in client.get("/privacy").headers["Cache-Control"]
