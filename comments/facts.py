"""What the checks may know beside the draft, gathered before they run; plain data only."""

from dataclasses import dataclass
from datetime import datetime

from .host import Subject
from .settings import Settings
from .states import State


@dataclass(frozen=True)
class Parent:
    """The comment that is answered; `locked` where nobody may answer in its conversation any more."""

    id: int
    thread_key: str
    state: State
    author_name: str
    locked: bool = False


@dataclass(frozen=True)
class Mode:
    """What people decided for one discussion, beside what the host says of its subject."""

    closed: bool = False
    premoderated: bool = False
    slow_minutes: int = 0


@dataclass(frozen=True)
class Facts:
    """Gathered in a handful of reads; `twin` is the id of the same comment said a moment ago.

    `spoke_at` is when this author last spoke here, where the discussion is slow. `name_of_house`: the
    name is that of one of us; `name_of_other`: somebody with another address has confirmed it.
    `approved_before` counts what was approved of this address, each proved to be its owner's.
    `stored` is the id of a comment that is in already and judged again; `trial`: the draft is only
    looked at, and counts nowhere.
    """

    now: datetime
    settings: Settings
    subject: Subject | None
    parent: Parent | None = None
    twin: int | None = None
    mode: Mode = Mode()
    spoke_at: datetime | None = None
    name_of_house: bool = False
    name_of_other: bool = False
    approved_before: int = 0
    stored: int | None = None
    trial: bool = False
