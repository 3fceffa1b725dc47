"""Who may do what, written out by person; the code is compared with it cell by cell."""

from itertools import product

import pytest

from moderation.units.permissions import (
    Act,
    Membership,
    Scope,
    Standing,
    Thing,
    acting_unit,
    may,
    scope,
)

CENTRAL = Membership("hub", "hub", "moderator")
STANDINGS = {
    "ada": Standing("ada", admin=True, memberships=(CENTRAL,)),
    "hub": Standing("hub", memberships=(Membership("hub", "hub", "lead"),)),
    "bob": Standing("bob", memberships=(Membership("utrecht", "spoke", "moderator"),)),
    "cas": Standing("cas", memberships=(Membership("gent", "spoke", "moderator"),)),
    "dirk": Standing("dirk", memberships=(Membership("utrecht", "spoke", "author"),)),
    "noor": Standing("noor", admin=True),
    "dia": Standing("dia"),
}
ACTS = (Act.DECIDE, Act.SEE_EMAIL, Act.WRITE, Act.PUBLISH, Act.CORRECT, Act.WITHDRAW)
# What each may do to an article or a comment under one, in the order of ACTS: d(ecide), e(-mail),
# w(rite), p(ublish), c(orrect), u (withdraw). Columns: in Utrecht an article of his own and
# somebody else's, then the same in Gent.
TABLE = {
    "ada": ("dewpcu", "dewpcu", "dewpcu", "dewpcu"),
    "hub": ("de----", "de----", "de----", "de----"),
    "bob": ("dew---", "de----", "------", "------"),
    "cas": ("------", "------", "dew---", "de----"),
    "dirk": ("d-w---", "------", "------", "------"),
    "noor": ("--wpcu", "--wpcu", "--wpcu", "--wpcu"),
    "dia": ("------", "------", "------", "------"),
}
PLACES = [("utrecht", True), ("utrecht", False), ("gent", True), ("gent", False)]
CELLS = [
    (who, act, place, TABLE[who][column][row] != "-")
    for who, (column, place), (row, act) in product(TABLE, enumerate(PLACES), enumerate(ACTS))
]


@pytest.mark.parametrize(("who", "act", "place", "expected"), CELLS)
def test_each_person_may_do_what_the_table_says(who, act, place, expected):
    unit, own = place
    thing = Thing(unit, who if own else "somebody")
    assert may(STANDINGS[who], act, thing) is expected


def test_the_table_knows_every_act():
    assert set(ACTS) == set(Act)


@pytest.mark.parametrize("thing", [Thing("utrecht", "noor"), Thing("", ""), Thing("hub", "bob")])
def test_an_admin_outside_the_units_decides_on_nothing(thing):
    assert not may(STANDINGS["noor"], Act.DECIDE, thing)


def test_an_admin_outside_the_units_has_an_empty_scope():
    assert scope(STANDINGS["noor"]).empty


def test_an_author_of_the_hub_does_not_decide_everywhere():
    author = Standing("ivo", memberships=(Membership("hub", "hub", "author"),))
    assert not may(author, Act.DECIDE, Thing("utrecht", "bob"))


def test_a_unit_may_keep_its_authors_from_deciding_under_their_own_articles():
    bound = Membership("utrecht", "spoke", "author", authors_decide=False)
    assert scope(Standing("dirk", memberships=(bound,))).empty


def test_an_author_whose_article_stands_in_another_unit_does_not_decide_under_it():
    assert not may(STANDINGS["dirk"], Act.DECIDE, Thing("gent", "dirk"))


def test_who_has_no_key_owns_no_article_without_an_author():
    nobody = Standing("", memberships=(Membership("utrecht", "spoke", "author"),))
    assert scope(nobody).empty


def test_whoever_has_two_roles_has_the_rights_of_both():
    both = Standing(
        "dirk",
        memberships=(
            Membership("utrecht", "spoke", "author"),
            Membership("gent", "spoke", "moderator"),
        ),
    )
    assert scope(both) == Scope(
        units=frozenset({"gent"}), author_units=frozenset({"utrecht", "gent"}), author_key="dirk"
    )


PUBLISHER = Standing("dirk", memberships=(Membership("utrecht", "spoke", "author", True),))


@pytest.mark.parametrize("act", [Act.PUBLISH, Act.CORRECT, Act.WITHDRAW])
@pytest.mark.parametrize(
    ("thing", "expected"),
    [
        (Thing("utrecht", "dirk"), True),
        (Thing("utrecht", "bob"), False),
        (Thing("gent", "dirk"), False),
    ],
)
def test_where_a_unit_lets_its_authors_publish_they_publish_their_own_there(act, thing, expected):
    assert may(PUBLISHER, act, thing) is expected


def test_a_member_begins_an_article_that_has_no_author_yet():
    assert may(STANDINGS["dirk"], Act.WRITE, Thing("utrecht", ""))


@pytest.mark.parametrize(
    ("who", "unit", "expected"),
    [
        ("bob", "utrecht", "utrecht"),
        ("dirk", "utrecht", "utrecht"),
        ("hub", "utrecht", "hub"),
        ("ada", "gent", "hub"),
        ("noor", "utrecht", ""),
        ("both", "utrecht", "utrecht"),
        ("both", "gent", "hub"),
    ],
)
def test_a_decision_is_taken_in_the_name_of_the_comments_own_unit_else_of_the_hub(
    who, unit, expected
):
    both = Standing("both", memberships=(CENTRAL, Membership("utrecht", "spoke", "moderator")))
    assert acting_unit({**STANDINGS, "both": both}[who], Thing(unit, "bob")) == expected
