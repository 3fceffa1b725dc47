"""Rights from a small table, as the blog's tests need them: two units, authors, one who runs the site."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from blog.discussion import Person
from blog.states import Act
from tests.people import BOB, CAS, DIRK, HUB

UNITS = {"utrecht": "Utrecht", "gent": "Gent"}
AUTHORS = {BOB.email: ("utrecht",), CAS.email: ("gent",), DIRK.email: ("utrecht",)}
DESK = {BOB.email, CAS.email, HUB.email}


@dataclass
class Table:
    """Authors write in their units; `publishing` names units whose authors publish their own."""

    publishing: set[str] = field(default_factory=set)

    def may(self, person: Person, act: Act, unit_key: str, author_key: str) -> bool:
        own = author_key == person.key and unit_key in AUTHORS.get(person.email, ())
        return person.admin or (own and (act == "write" or unit_key in self.publishing))

    def units(self, person: Person) -> Sequence[tuple[str, str]]:
        return [
            (key, name)
            for key, name in UNITS.items()
            if person.admin or key in AUTHORS.get(person.email, ())
        ]

    def roles(self, person: Person) -> Sequence[tuple[str, str]]:
        return [(UNITS[key], "auteur") for key in AUTHORS.get(person.email, ())]

    def desk(self, person: Person) -> bool:
        return person.admin or person.email in DESK

    def names(self) -> Mapping[str, str]:
        return UNITS
