"""Every SELECT on units and members, and a scope as a condition on threads."""

from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import Session

from comments.models import Thread
from comments.queries import AUTHORS

from .models import Member, Unit
from .permissions import Membership, Scope, Standing


def standing_of(session: Session, person_key: str, admin: bool) -> Standing:
    rows = session.execute(
        select(Unit.key, Unit.kind, Member.role, Unit.authors_publish, Unit.authors_decide)
        .join(Member, Member.unit_id == Unit.id)
        .where(Member.person_key == person_key)
        .order_by(Unit.id)
    )
    return Standing(person_key, admin, tuple(Membership(*row) for row in rows))


def unit_names(session: Session) -> Mapping[str, str]:
    """Names by key, the hub first."""
    rows = session.execute(select(Unit.key, Unit.name).order_by(Unit.kind, Unit.name))
    return {key: name for key, name in rows}


def under(scope: Scope) -> ColumnElement[bool]:
    """The scope as a condition on ww_thread."""
    if scope.everywhere:
        return true()
    own = and_(Thread.author_key == scope.author_key, Thread.unit_key.in_(scope.author_units))
    return or_(Thread.unit_key.in_(scope.units), own) if not scope.empty else false()


def house(session: Session) -> Collection[str]:
    """Keys of everybody whose name no reader may take: members of units, and authors of what is discussed."""
    return set(session.scalars(select(Member.person_key).union(AUTHORS)))
