"""What the desk shows of a comment: everything that is needed to decide on it; pure, plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from markupsafe import Markup

from comments.states import Action, State, desk_actions

KEYS: Mapping[Action, str] = {
    Action.APPROVE: "a",
    Action.REJECT: "r",
    Action.SPAM: "s",
    Action.HOLD: "h",
}


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


def buttons(state: State, labels: Mapping[Action, str]) -> tuple[Button, ...]:
    return tuple(Button(a, labels[a], KEYS[a]) for a in desk_actions(state))


def masked(email: str) -> str:
    """`m…@example.com`: enough to tell two people apart, too little to write to one."""
    local, at, domain = email.rpartition("@")
    return f"{local[:1]}…{at}{domain}" if at else ""
