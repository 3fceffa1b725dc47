"""What the house may mark a comment with, and whether it fits; pure."""

from dataclasses import dataclass
from enum import StrEnum

PINS = 3
"""So many comments may be pinned in one discussion."""
SLOWEST = 24 * 60
"""Minutes; a discussion that is slower than a day is closed."""


class Mark(StrEnum):
    PIN = "pin"
    UNPIN = "unpin"
    FEATURE = "feature"
    UNFEATURE = "unfeature"
    LOCK = "lock"
    UNLOCK = "unlock"


@dataclass(frozen=True)
class Marked:
    """How a comment stands. `fit`: readers can see it, and it is a comment of its own (`root`)."""

    fit: bool = False
    root: bool = False
    pinned: bool = False
    featured: bool = False
    locked: bool = False


class Unfit(ValueError):
    """This mark does not go with this comment; `full` where enough are pinned already."""

    def __init__(self, full: bool = False) -> None:
        super().__init__("the mark does not fit the comment")
        self.full = full


def offered(found: Marked) -> tuple[Mark, ...]:
    """The marks that may be set or taken away now, in the order of the buttons.

    Replies are not pinned, and a conversation is locked at its top. What was locked can be opened
    whatever became of the comment above it.
    """
    marks = []
    if found.fit and found.root:
        marks.append(Mark.UNPIN if found.pinned else Mark.PIN)
    if found.fit:
        marks.append(Mark.UNFEATURE if found.featured else Mark.FEATURE)
    if found.root and (found.fit or found.locked):
        marks.append(Mark.UNLOCK if found.locked else Mark.LOCK)
    return tuple(marks)
