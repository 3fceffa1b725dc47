"""Answers a host's questions on rights from `permissions`; it has no rule of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from comments.database import reading
from comments.host import Person
from comments.site import Site
from comments.texts import t

from . import permissions, queries
from .permissions import Act, Standing, Thing


@dataclass(frozen=True)
class Rights:
    """`site` is asked for at each question, since it is put together after this."""

    site: Callable[[], Site]

    def may(self, person: Person, act: str, unit_key: str, author_key: str) -> bool:
        """Whether this person may do this to something of that unit by that author."""
        return permissions.may(self.standing(person), Act(act), Thing(unit_key, author_key))

    def units(self, person: Person) -> Sequence[tuple[str, str]]:
        """Keys and names of the units in which this person may write."""
        standing = self.standing(person)
        return [
            (key, name)
            for key, name in self.names().items()
            if permissions.may(standing, Act.WRITE, Thing(key, person.key))
        ]

    def roles(self, person: Person) -> Sequence[tuple[str, str]]:
        """Name of each unit that this person belongs to, and as what, in words."""
        words = {"author": t("author"), "moderator": t("moderator"), "lead": t("lead")}
        names = self.names()
        memberships = self.standing(person).memberships
        return [(names[m.unit_key], words[m.role]) for m in memberships]

    def desk(self, person: Person) -> bool:
        """Whether the desk has a place for this person."""
        return not permissions.scope(self.standing(person)).empty

    def names(self) -> Mapping[str, str]:
        """Names of all units by key, the hub first."""
        with reading(self.site().engine) as session:
            return queries.unit_names(session)

    def standing(self, person: Person) -> Standing:
        with reading(self.site().engine) as session:
            return queries.standing_of(session, person.key, person.admin)
