"""Screening at the plug-in's own front door, as a reader meets it."""

import re

import pytest

from comments.states import State
from tests.moderation.world import EMAIL

TOKEN = re.compile(r'name="token"[^>]* value="([^"]+)"')


def post(world, text: str = "Wij doen het al jaren.", address: str = "203.0.113.7", **more):
    token = world.site.tokens.form("naaf", world.clock())
    fields = {"name": "Dia", "email": EMAIL, "text": text, "token": token, **more}
    return world.client().post(
        "/comments/naaf", data=fields, environ_overrides={"REMOTE_ADDR": address}
    )


def test_a_guests_comment_is_taken_and_waits(world):
    assert post(world).status_code == 303
    assert world.state(1) is State.PENDING


def test_the_eleventh_in_ten_minutes_gets_429_with_the_time_to_wait(world):
    assert {post(world, f"Nummer {number}").status_code for number in range(10)} == {303}
    answer = post(world, "Nummer elf")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 600
    assert "Try again in 10 minutes." in answer.text


def test_what_was_typed_is_still_in_the_form_of_who_has_to_wait(make):
    world = make(accepted_per_ten_minutes=1)
    post(world)
    assert "Mijn tweede bijdrage" in post(world, "Mijn tweede bijdrage").text


def test_whoever_waited_as_long_as_he_was_told_is_let_in(make):
    world = make(accepted_per_ten_minutes=1)
    post(world)
    world.clock.later(seconds=int(post(world, "Te vroeg").headers["Retry-After"]))
    assert post(world, "Nu mag het").status_code == 303


def test_a_second_click_gets_the_answer_of_the_first(make):
    world = make(accepted_per_ten_minutes=1)
    assert [post(world).status_code for _ in range(3)] == [303] * 3
    assert world.state(1) is State.PENDING


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, "no other party is asked"),
        ({"akismet_key": "k", "akismet_mode": "off"}, "no other party is asked"),
        ({"akismet_key": "k"}, "uses Akismet"),
        ({"akismet_key": "k", "akismet_mode": "always"}, "uses Akismet"),
    ],
)
def test_the_page_on_data_names_the_check_of_spam_that_is_in_force(make, settings, expected):
    assert expected in make(**settings).client().get("/privacy").text


@pytest.mark.parametrize(("settings", "told"), [({}, False), ({"akismet_key": "k"}, True)])
def test_the_page_on_data_says_what_akismet_gets_where_it_is_asked(make, settings, told):
    assert ("Automattic" in make(**settings).client().get("/privacy").text) is told
