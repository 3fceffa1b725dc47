"""What a host asks about rights, as the blog asks it."""

from typing import get_args

import pytest

import blog.rights
import blog.states
from moderation.units.rights import Rights
from tests.moderation.world import CAST


def test_the_blog_gets_all_the_answers_that_it_asks_for(world):
    rights: blog.rights.Rights = Rights(world.moderation.site)
    asked = {name for name in vars(blog.rights.Rights) if not name.startswith("_")}
    assert {name for name in asked if callable(getattr(rights, name, None))} == asked


@pytest.mark.parametrize("act", get_args(blog.states.Act))
def test_every_act_that_the_blog_asks_about_is_known(world, act):
    assert world.moderation.rights.may(CAST["ada"], act, "utrecht", "bob") is True


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("ada", [("hub", "De naaf"), ("gent", "Gent"), ("utrecht", "Utrecht")]),
        ("noor", [("hub", "De naaf"), ("gent", "Gent"), ("utrecht", "Utrecht")]),
        ("hub", [("hub", "De naaf")]),
        ("bob", [("utrecht", "Utrecht")]),
        ("dirk", [("utrecht", "Utrecht")]),
    ],
)
def test_an_admin_writes_for_all_units_and_a_member_for_his_own(world, who, expected):
    assert world.moderation.rights.units(CAST[who]) == expected


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("ada", [("De naaf", "moderator")]),
        ("hub", [("De naaf", "lead")]),
        ("dirk", [("Utrecht", "author")]),
        ("noor", []),
    ],
)
def test_roles_are_told_in_words(world, who, expected):
    assert world.moderation.rights.roles(CAST[who]) == expected


@pytest.mark.parametrize(
    ("who", "expected"),
    [("ada", True), ("hub", True), ("bob", True), ("cas", True), ("dirk", True), ("noor", False)],
)
def test_the_desk_has_a_place_for_who_decides_on_something(world, who, expected):
    assert world.moderation.rights.desk(CAST[who]) is expected


def test_names_of_units_come_by_their_key(world):
    assert world.moderation.rights.names()["gent"] == "Gent"
