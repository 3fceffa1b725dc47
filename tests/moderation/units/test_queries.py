"""Units, members and scopes as the database sees them."""

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from comments.database import reading, writing
from comments.models import Thread
from moderation.units.models import Unit
from moderation.units.permissions import Act, Membership, Standing, Thing, may, scope
from moderation.units.queries import standing_of, under, unit_names

UNITS = ["", "hub", "utrecht", "gent"]
PEOPLE = ["", "ada", "bob", "dirk"]
THINGS = {Thing(unit, author) for unit, author in product(UNITS, PEOPLE)}

memberships = st.builds(
    Membership,
    unit_key=st.sampled_from(UNITS[1:]),
    unit_kind=st.sampled_from(["hub", "spoke"]),
    role=st.sampled_from(["author", "moderator", "lead"]),
    authors_publish=st.booleans(),
    authors_decide=st.booleans(),
)
standings = st.builds(
    Standing,
    person_key=st.sampled_from(PEOPLE),
    admin=st.booleans(),
    memberships=st.lists(memberships, max_size=3).map(tuple),
)


@pytest.fixture
def threads(either: Engine) -> Engine:
    """A thread of every unit by every author."""
    with writing(either) as session:
        session.add_all(thread(number, thing) for number, thing in enumerate(THINGS))
    return either


def thread(number: int, thing: Thing) -> Thread:
    return Thread(
        key=str(number), title="", url="", unit_key=thing.unit_key, author_key=thing.author_key
    )


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(standing=standings)
def test_the_queue_holds_exactly_what_its_reader_may_decide_on(threads, standing):
    found = select(Thread.unit_key, Thread.author_key).where(under(scope(standing)))
    with reading(threads) as session:
        selected = {Thing(*row) for row in session.execute(found)}
    assert selected == {thing for thing in THINGS if may(standing, Act.DECIDE, thing)}


def test_a_standing_holds_every_role_of_a_person_and_of_nobody_else(world):
    with reading(world.engine) as session:
        found = standing_of(session, "dirk", admin=False)
    assert found == Standing("dirk", False, (Membership("utrecht", "spoke", "author"),))


def test_a_standing_knows_what_the_unit_lets_its_authors_do(world):
    with writing(world.engine) as session:
        unit = session.scalars(select(Unit).where(Unit.key == "utrecht")).one()
        unit.authors_publish, unit.authors_decide = True, False
    with reading(world.engine) as session:
        found = standing_of(session, "dirk", admin=False)
    assert found.memberships == (Membership("utrecht", "spoke", "author", True, False),)


def test_who_is_in_no_unit_has_no_memberships(world):
    with reading(world.engine) as session:
        assert standing_of(session, "noor", admin=True) == Standing("noor", True, ())


def test_the_names_of_units_begin_with_the_hub(world):
    with reading(world.engine) as session:
        names = unit_names(session)
    assert list(names.items()) == [("hub", "De naaf"), ("gent", "Gent"), ("utrecht", "Utrecht")]
