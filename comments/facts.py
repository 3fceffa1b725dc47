"""What the checks may know beside the draft, gathered before they run; plain data only."""

from dataclasses import dataclass
from datetime import datetime

from .host import Subject
from .settings import Settings
from .states import State


@dataclass(frozen=True)
class Parent:
    """The comment that is answered."""

    id: int
    thread_key: str
    state: State
    author_name: str


@dataclass(frozen=True)
class Facts:
    """Gathered in a handful of reads; `twin` is the id of the same comment said a moment ago."""

    now: datetime
    settings: Settings
    subject: Subject | None
    parent: Parent | None = None
    twin: int | None = None
