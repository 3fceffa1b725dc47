"""Where a comment stands in its discussion: its place in time and its path in the tree; pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

WIDTH = 14
"""Hexadecimal digits of one step of a path: microseconds since 1970 until the year 4253."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Spot:
    """`depth` counts all true ancestors; `path` has at most `levels` - 1 steps."""

    root_id: int | None
    depth: int
    path: str


TOP = Spot(None, 0, "")


def place(created_at: datetime, last: int) -> int:
    """Microseconds of creation, but always after `last`: a clock set back reorders nothing."""
    return max((created_at - EPOCH) // timedelta(microseconds=1), last + 1)


def under(parent_id: int, parent: Spot, own_place: int, levels: int) -> Spot:
    """The spot of a reply. Beyond `levels` indented levels it stands beside its parent, by time."""
    kept = parent.path[: WIDTH * max(levels - 2, 0)]
    root_id = parent.root_id or parent_id
    return Spot(root_id, parent.depth + 1, f"{kept}{own_place:0{WIDTH}x}")


def indent(path: str) -> int:
    """The level at which a comment with this path is shown; 0 for one at the top."""
    return len(path) // WIDTH
