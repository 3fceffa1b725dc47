"""What a host gives to the plug-in: subjects, people and an engine; the plug-in asks for nothing else."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Engine


@dataclass(frozen=True)
class Subject:
    """What a discussion is about. `url` is a path on this site; `open_until` is aware, UTC.

    `feed_url` is the host's own address for the discussion's feed, if it gives it one.
    """

    key: str
    title: str
    url: str
    author_key: str = ""
    unit_key: str = ""
    open: bool = True
    open_until: datetime | None = None
    language: str = ""
    tags: tuple[str, ...] = ()
    modified_at: datetime | None = None
    feed_url: str = ""

    def open_at(self, now: datetime) -> bool:
        return self.open and (self.open_until is None or now < self.open_until)


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in at the host."""

    key: str
    name: str
    email: str
    language: str = ""
    admin: bool = False


class Host(Protocol):
    """The seam between the plug-in and the site that it is attached to."""

    @property
    def engine(self) -> Engine:
        """The host's engine; the plug-in opens short sessions of its own on it."""

    def subject(self, key: str) -> Subject | None:
        """The subject that readers may see under this key, or None."""

    def subjects(self, query: str) -> Sequence[Subject]:
        """Subjects to pick one from, whose title fits the query."""

    def person(self) -> Person | None:
        """Who of the house is signed in in this request, or None; a reader with an account is a guest."""

    def people(self, keys: Collection[str]) -> Mapping[str, Person]:
        """The people of these keys; unknown keys are left out."""
