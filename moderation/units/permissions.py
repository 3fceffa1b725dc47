"""Who may do what: the one place where rights are decided; pure, over plain data.

The same answers serve pages, addresses, mail links and exports; no other file asks for a role.
"""

from dataclasses import dataclass
from enum import StrEnum


class Act(StrEnum):
    DECIDE = "decide"
    SEE_EMAIL = "see_email"
    WRITE = "write"
    PUBLISH = "publish"
    CORRECT = "correct"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Membership:
    """One role in one unit, with what the unit lets its authors do."""

    unit_key: str
    unit_kind: str
    role: str
    authors_publish: bool = False
    authors_decide: bool = True


@dataclass(frozen=True)
class Standing:
    """A person as far as rights go."""

    person_key: str
    admin: bool = False
    memberships: tuple[Membership, ...] = ()


@dataclass(frozen=True)
class Thing:
    """What is acted on: an article, or a comment under one."""

    unit_key: str
    author_key: str


@dataclass(frozen=True)
class Scope:
    """The comments that somebody decides on: all, those of some units, those under his articles."""

    everywhere: bool = False
    units: frozenset[str] = frozenset()
    author_units: frozenset[str] = frozenset()
    author_key: str = ""

    @property
    def empty(self) -> bool:
        return not (self.everywhere or self.units or self.author_units)


DECIDERS = frozenset({"moderator", "lead"})
EDITORIAL = frozenset({Act.PUBLISH, Act.CORRECT, Act.WITHDRAW})


def scope(standing: Standing) -> Scope:
    """The hub decides everywhere, a moderator in his unit, an author under his own articles there."""
    return Scope(
        everywhere=any(decides_everywhere(m) for m in standing.memberships),
        units=frozenset(m.unit_key for m in standing.memberships if m.role in DECIDERS),
        author_units=frozenset(
            m.unit_key for m in standing.memberships if m.authors_decide and standing.person_key
        ),
        author_key=standing.person_key,
    )


def decides_everywhere(membership: Membership) -> bool:
    return membership.unit_kind == "hub" and membership.role in DECIDERS


def may(standing: Standing, act: Act, thing: Thing) -> bool:
    """Whether this person may do this to this thing; an admin decides only as a member of a unit."""
    if act is Act.DECIDE:
        return within(scope(standing), thing)
    if act is Act.SEE_EMAIL:
        return moderates(scope(standing), thing)
    if act in EDITORIAL:
        return standing.admin or publishes_own(standing, thing)
    return standing.admin or writes(standing, thing)


def within(found: Scope, thing: Thing) -> bool:
    own = thing.author_key == found.author_key and thing.unit_key in found.author_units
    return moderates(found, thing) or own


def moderates(found: Scope, thing: Thing) -> bool:
    return found.everywhere or thing.unit_key in found.units


def writes(standing: Standing, thing: Thing) -> bool:
    """A member writes in his own unit, and on his own articles only."""
    member = any(m.unit_key == thing.unit_key for m in standing.memberships)
    return member and thing.author_key in ("", standing.person_key)


def publishes_own(standing: Standing, thing: Thing) -> bool:
    allowed = any(m.authors_publish and m.unit_key == thing.unit_key for m in standing.memberships)
    return allowed and thing.author_key == standing.person_key


def acting_unit(standing: Standing, thing: Thing) -> str:
    """The unit in whose name somebody decides: the comment's own if he is of it, else the hub's."""
    own = [m.unit_key for m in standing.memberships if m.unit_key == thing.unit_key]
    hub = [m.unit_key for m in standing.memberships if m.unit_kind == "hub"]
    return next(iter([*own, *hub]), "")
