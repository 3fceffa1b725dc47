"""Units and members are made, renamed and moved."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound

from comments.database import reading, writing
from moderation.units.actions import set_member, set_unit
from moderation.units.models import Member, Unit


def unit(world, key: str) -> Unit:
    with reading(world.engine) as session:
        return session.scalars(select(Unit).where(Unit.key == key)).one()


def roles(world, person_key: str) -> list[str]:
    with reading(world.engine) as session:
        return list(session.scalars(select(Member.role).where(Member.person_key == person_key)))


def test_a_new_unit_is_a_spoke(world):
    with writing(world.engine) as session:
        set_unit(session, "delft", "Delft")
    assert unit(world, "delft").kind == "spoke"


def test_a_hub_that_is_renamed_stays_the_hub(world):
    with writing(world.engine) as session:
        set_unit(session, "hub", "Het midden")
    assert (unit(world, "hub").name, unit(world, "hub").kind) == ("Het midden", "hub")


def test_a_unit_that_is_renamed_keeps_its_parent(world):
    with writing(world.engine) as session:
        set_unit(session, "gent", "Gent en omstreken")
    assert unit(world, "gent").parent_id == unit(world, "hub").id


@pytest.mark.parametrize("kind", ["", "hub", "spoke"])
def test_a_parent_that_is_not_there_is_a_mistake(world, kind):
    with pytest.raises(NoResultFound), writing(world.engine) as session:
        set_unit(session, "delft", "Delft", kind, "nowhere")


def test_a_second_role_in_the_same_unit_takes_the_place_of_the_first(world):
    with writing(world.engine) as session:
        set_member(session, "dirk", "utrecht", "moderator")
    assert roles(world, "dirk") == ["moderator"]


def test_a_person_may_have_roles_in_two_units(world):
    with writing(world.engine) as session:
        set_member(session, "dirk", "gent", "moderator")
    assert roles(world, "dirk") == ["author", "moderator"]


def test_a_member_of_the_hub_represents_a_unit(world):
    with reading(world.engine) as session:
        hub = session.scalars(select(Member).where(Member.person_key == "hub")).one()
    assert hub.represents_id == unit(world, "utrecht").id


def test_nobody_becomes_a_member_of_a_unit_that_is_not_there(world):
    with pytest.raises(NoResultFound), writing(world.engine) as session:
        set_member(session, "dirk", "nowhere", "author")
