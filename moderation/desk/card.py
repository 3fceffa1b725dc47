"""What the desk shows of a comment: everything that is needed to decide on it; pure, plain data."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from markupsafe import Markup

from comments.states import Action, State, desk_actions
from comments.steering.marks import Mark

from .diff import Piece

KEYS: Mapping[Action, str] = {
    Action.APPROVE: "a",
    Action.REJECT: "r",
    Action.SPAM: "s",
    Action.HOLD: "h",
    Action.KEEP: "l",
}
Labels = Callable[[State, Action], str]
"""What an action is called on a comment in a state."""


class Button(NamedTuple):
    action: Action
    label: str
    key: str


@dataclass(frozen=True)
class Reason:
    """One finding in words. `outcome` is what it asked for."""

    text: str
    outcome: str
    detail: str = ""


@dataclass(frozen=True)
class EditView:
    """Another text that its author sent: as it would look, and what it changes word by word."""

    html: Markup
    at: datetime
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class ReportView:
    """What one reader says; `name` only for who may know it, never an address."""

    why: str
    at: datetime
    name: str = ""


@dataclass(frozen=True)
class KindView:
    """All open reports of one kind: how many, and what the last of them say."""

    label: str
    number: int
    reports: Sequence[ReportView]


@dataclass(frozen=True)
class ParentView:
    name: str
    html: Markup
    at: datetime


@dataclass(frozen=True)
class PersonStrip:
    """What became of the other comments with the same e-mail address; None in `first_seen`: there is none."""

    approved: int = 0
    rejected: int = 0
    spam: int = 0
    pending: int = 0
    withdrawn: int = 0
    first_seen: datetime | None = None

    def without(self, state: State) -> "PersonStrip":
        """The same, less one comment in this state: the one that is looked at."""
        counts = {each.value: getattr(self, each.value) - (each is state) for each in State}
        return PersonStrip(**counts, first_seen=self.first_seen) if any(counts.values()) else NOBODY


NOBODY = PersonStrip()


@dataclass(frozen=True)
class Card:
    id: int
    version: int
    state: State
    article_title: str
    article_url: str
    unit_name: str
    at: datetime
    name: str
    url: str
    email_masked: str
    html: Markup
    avatar: Markup
    parent: ParentView | None
    reasons: Sequence[Reason]
    actions: Sequence[Button]
    person: PersonStrip | None
    permalink: str
    last: str | None
    proved: bool = False
    name_kept: bool = False
    edit: EditView | None = None
    report_count: int = 0
    reports: Sequence[KindView] = ()
    marks: Sequence[tuple[Mark, str]] = ()
    discussion_key: str = ""


def buttons(
    state: State, labels: Labels, edit_waits: bool = False, reported: bool = False
) -> tuple[Button, ...]:
    offered = desk_actions(state, edit_waits, reported)
    return tuple(Button(a, labels(state, a), KEYS[a]) for a in offered)


def for_all(cards: Sequence[Card], labels: Mapping[Action, str]) -> tuple[Button, ...]:
    """A button for each action that one of these cards has, named as on all of them or in general."""
    named: dict[Action, set[str]] = {}
    for card in cards:
        for action, label, _ in card.actions:
            named.setdefault(action, set()).add(label)
    return tuple(
        Button(a, named[a].pop() if len(named[a]) == 1 else labels[a], KEYS[a])
        for a in KEYS
        if a in named
    )


def masked(email: str) -> str:
    """`m…@example.com`: enough to tell two people apart, too little to write to one."""
    local, at, domain = email.rpartition("@")
    return f"{local[:1]}…{at}{domain}" if at else ""
