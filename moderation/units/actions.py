"""Sets up units and members; each call is a part of its caller's transaction."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from .models import Member, Unit


def set_unit(session: Session, key: str, name: str, kind: str = "", parent_key: str = "") -> Unit:
    """The unit of this key, made or renamed; kind and parent stay as they are when left out.

    A new one is a spoke. A parent that is not there is a mistake (NoResultFound).
    """
    unit = session.scalar(select(Unit).where(Unit.key == key)) or Unit(key=key, kind="spoke")
    unit.name, unit.kind = name, kind or unit.kind
    if parent_key:
        unit.parent_id = unit_of(session, parent_key).id
    session.add(unit)
    session.flush()
    return unit


def unit_of(session: Session, key: str) -> Unit:
    return session.scalars(select(Unit).where(Unit.key == key)).one()


def set_member(
    session: Session, person_key: str, unit_key: str, role: str, represents_key: str = ""
) -> Member:
    """Gives a person his role in a unit, in place of the one he had there."""
    unit = unit_of(session, unit_key)
    found = session.scalar(
        select(Member).where(Member.person_key == person_key, Member.unit_id == unit.id)
    )
    member = found or Member(person_key=person_key, unit_id=unit.id)
    member.role = role
    member.represents_id = unit_of(session, represents_key).id if represents_key else None
    session.add(member)
    session.flush()
    return member
