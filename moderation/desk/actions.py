"""Decisions: every one names the version that was seen, is logged, and can be undone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from comments import actions
from comments.actions import Stale
from comments.log import Actor
from comments.models import LogRow
from comments.settings import Settings
from comments.states import Action, IllegalMove

from ..units.permissions import Standing, Thing, acting_unit

LETS_STAND = frozenset({Action.APPROVE, Action.KEEP})


@dataclass(frozen=True)
class Choice:
    """A comment at the version that was on the screen, and the number of its open reports there."""

    comment_id: int
    version: int
    reports: int = 0


@dataclass
class Decided:
    """What became of a request to decide: the rows of the log, and what stays as it is.

    `stale`: something happened to it since it was seen; `unfit`: the decision does not go with it.
    """

    batch: str
    rows: list[LogRow] = field(default_factory=list)
    stale: list[int] = field(default_factory=list)
    unfit: list[int] = field(default_factory=list)


def decide(
    session: Session,
    standing: Standing,
    things: Mapping[int, Thing],
    choices: Sequence[Choice],
    action: Action,
    batch: str,
    now: datetime,
    settings: Settings,
) -> Decided:
    """Moves what was chosen; each of it is among `things`, which this person may decide on."""
    decided = Decided(batch)
    for choice in choices:
        unit_key = acting_unit(standing, things[choice.comment_id])
        actor = Actor(standing.person_key, unit_key=unit_key, batch=batch)
        try:
            row = move(session, choice, action, actor, now, settings)
        except Stale:
            decided.stale.append(choice.comment_id)
        except IllegalMove:
            decided.unfit.append(choice.comment_id)
        else:
            decided.rows.append(row)
    return decided


def move(
    session: Session,
    choice: Choice,
    action: Action,
    actor: Actor,
    now: datetime,
    settings: Settings,
) -> LogRow:
    """As `comments.actions.move`, but who lets a comment stand has read every report of it."""
    comment, _ = actions.seen_at(session, choice.comment_id, choice.version)
    if action in LETS_STAND and comment.report_count > choice.reports:
        raise actions.stale(session, comment, choice.comment_id)
    return actions.move(session, choice.comment_id, action, choice.version, actor, now, settings)


def undo(session: Session, rows: Sequence[LogRow], now: datetime) -> Decided:
    """Takes decisions back in the name of who took them; what changed since stays as it is."""
    decided = Decided("")
    for row in rows:
        actor = Actor(row.actor_key, unit_key=row.unit_key)
        try:
            decided.rows.append(actions.undo(session, row.seq, actor, now))
        except Stale:
            decided.stale.append(row.comment_id)
    return decided
