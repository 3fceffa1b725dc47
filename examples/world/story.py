"""What happened to each comment of the demo world, and when: the decisions that led to its state; pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zlib import crc32

from comments.states import Action, State

from .world import Remark, World

SLOWEST = 400
ENDS: dict[State, Action] = {
    State.APPROVED: Action.APPROVE,
    State.REJECTED: Action.REJECT,
    State.SPAM: Action.SPAM,
    State.WITHDRAWN: Action.WITHDRAW,
}


@dataclass(frozen=True)
class Said:
    at: datetime
    remark: Remark


@dataclass(frozen=True)
class Decision:
    at: datetime
    remark: Remark
    action: Action


def story(world: World) -> list[Said | Decision]:
    """Everything in the order in which it happened."""
    events: list[Said | Decision] = []
    for remark in world.remarks:
        replies = [other.at for other in world.remarks if other.parent == remark.key]
        events += [Said(remark.at, remark), *decisions(remark, replies, world.ends)]
    return sorted(events, key=lambda event: event.at)


def decisions(remark: Remark, replies: Sequence[datetime], ends: datetime) -> Iterator[Decision]:
    """Nobody decides on what staff say; what was answered was approved before."""
    if remark.state is State.PENDING or remark.person:
        return
    action = ENDS[remark.state]
    if remark.was_approved:
        soon = after(remark.at, min([*replies, ends]), remark.key)
        yield Decision(soon, remark, Action.APPROVE)
        yield Decision(after(max([*replies, soon]), ends, remark.key), remark, action)
    else:
        yield Decision(after(remark.at, min([*replies, ends]), remark.key), remark, action)


def after(moment: datetime, before: datetime, key: str) -> datetime:
    """Some minutes or hours later, the same for the same key, and well before that other moment."""
    minutes = timedelta(minutes=5 + number(key) % SLOWEST)
    return moment + min(minutes, (before - moment) / 2)


def number(key: str) -> int:
    """Anything, but always the same for one key."""
    return crc32(key.encode())
