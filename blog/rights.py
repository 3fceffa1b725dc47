"""What the blog asks of whoever decides on rights; it knows no rule of its own."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from .discussion import Person
from .states import Act


class Rights(Protocol):
    def may(self, person: Person, act: Act, unit_key: str, author_key: str) -> bool:
        """Somebody may do this to an article of that unit by that author."""

    def units(self, person: Person) -> Sequence[tuple[str, str]]:
        """Key and name of each unit for which somebody may write."""

    def roles(self, person: Person) -> Sequence[tuple[str, str]]:
        """Name of each unit that somebody belongs to, and as what, in words."""

    def desk(self, person: Person) -> bool:
        """Somebody has a place at the desk."""

    def names(self) -> Mapping[str, str]:
        """Names of all units by key."""
