"""The life of an article: its states, what moves it from one to another, and which right that takes; pure."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Literal, get_args

Act = Literal["write", "publish", "correct", "withdraw"]
ACTS: tuple[Act, ...] = get_args(Act)


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    SAVE = "save"
    SUBMIT = "submit"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


MOVES: Mapping[tuple[State, Action], State] = {
    (State.DRAFT, Action.SAVE): State.DRAFT,
    (State.DRAFT, Action.SUBMIT): State.SUBMITTED,
    (State.DRAFT, Action.PUBLISH): State.PUBLISHED,
    (State.SUBMITTED, Action.SAVE): State.SUBMITTED,
    (State.SUBMITTED, Action.PUBLISH): State.PUBLISHED,
    (State.SUBMITTED, Action.WITHDRAW): State.DRAFT,
    (State.PUBLISHED, Action.SAVE): State.PUBLISHED,
    (State.PUBLISHED, Action.WITHDRAW): State.WITHDRAWN,
    (State.WITHDRAWN, Action.SAVE): State.WITHDRAWN,
    (State.WITHDRAWN, Action.PUBLISH): State.PUBLISHED,
}
"""Each action also saves the text as it was typed."""

SEEN_BEFORE = frozenset({State.PUBLISHED, State.WITHDRAWN})
"""Readers have seen such an article: its address stays, and to change it is to correct it."""


def right(state: State, action: Action) -> Act:
    """What somebody must be allowed to do for this."""
    if action is Action.PUBLISH:
        return "publish"
    if state in SEEN_BEFORE:
        return "withdraw" if action is Action.WITHDRAW else "correct"
    return "write"


def open_actions(state: State, may: Callable[[Act], bool]) -> list[Action]:
    """The actions that somebody may take; to submit is for those who may not publish."""
    return [
        action
        for action in Action
        if (state, action) in MOVES
        and may(right(state, action))
        and not (action is Action.SUBMIT and may("publish"))
    ]
