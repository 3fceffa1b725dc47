"""The states of a comment and the one table of moves between them; nothing here knows of storage."""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    SPAM = "spam"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    APPROVE = "approve"
    REJECT = "reject"
    SPAM = "spam"
    HOLD = "hold"
    KEEP = "keep"
    WITHDRAW = "withdraw"


class Effect(StrEnum):
    """What a move causes outside: the name of the outbox handler that does it."""

    TEACH_SPAM = "teach_spam"
    TEACH_HAM = "teach_ham"
    TELL_AUTHOR = "tell_author"
    TELL_FOLLOWERS = "tell_followers"


class IllegalMove(ValueError):
    """The table of moves has no such action from this state."""


MOVES: Mapping[State, Mapping[Action, State]] = {
    State.PENDING: {
        Action.APPROVE: State.APPROVED,
        Action.REJECT: State.REJECTED,
        Action.SPAM: State.SPAM,
        Action.WITHDRAW: State.WITHDRAWN,
    },
    State.APPROVED: {
        Action.APPROVE: State.APPROVED,
        Action.KEEP: State.APPROVED,
        Action.REJECT: State.REJECTED,
        Action.SPAM: State.SPAM,
        Action.HOLD: State.PENDING,
        Action.WITHDRAW: State.WITHDRAWN,
    },
    State.REJECTED: {
        Action.APPROVE: State.APPROVED,
        Action.SPAM: State.SPAM,
        Action.HOLD: State.PENDING,
        Action.WITHDRAW: State.WITHDRAWN,
    },
    State.SPAM: {
        Action.APPROVE: State.APPROVED,
        Action.REJECT: State.REJECTED,
        Action.HOLD: State.PENDING,
        Action.WITHDRAW: State.WITHDRAWN,
    },
    State.WITHDRAWN: {},
}

HEARD = (Effect.TELL_AUTHOR, Effect.TELL_FOLLOWERS)

EFFECTS: Mapping[tuple[State, State], tuple[Effect, ...]] = {
    (State.PENDING, State.APPROVED): HEARD,
    (State.PENDING, State.REJECTED): (Effect.TELL_AUTHOR,),
    (State.PENDING, State.SPAM): (Effect.TEACH_SPAM,),
    (State.APPROVED, State.REJECTED): (Effect.TELL_AUTHOR,),
    (State.APPROVED, State.SPAM): (Effect.TEACH_SPAM,),
    (State.REJECTED, State.APPROVED): HEARD,
    (State.REJECTED, State.SPAM): (Effect.TEACH_SPAM,),
    (State.SPAM, State.APPROVED): (Effect.TEACH_HAM, *HEARD),
    (State.SPAM, State.PENDING): (Effect.TEACH_HAM,),
}

LESSONS = frozenset({Effect.TEACH_SPAM, Effect.TEACH_HAM})
"""Only people teach; a machine's move is no lesson to another."""

MACHINE_MOVES_FROM = frozenset({State.PENDING})
"""A machine moves only what no person has decided yet."""

AUTHORS_OWN = frozenset({Action.WITHDRAW})
"""Actions that belong to the comment's own author, never to a desk."""


def step(state: State, action: Action) -> State:
    """The state after `action`; raises IllegalMove where the table has no such move."""
    try:
        return MOVES[state][action]
    except KeyError:
        raise IllegalMove(f"{action} is no move from {state}") from None


def desk_actions(
    state: State, edit_waits: bool = False, reported: bool = False
) -> tuple[Action, ...]:
    """The actions that a desk may offer on a comment in this state, in the table's order.

    One that is public already is approved again only to take an edit that waits, and kept as it is
    only where there is an edit or a report to turn down.
    """
    idle = set(AUTHORS_OWN)
    if state is State.APPROVED:
        idle |= set() if edit_waits else {Action.APPROVE}
        idle |= set() if edit_waits or reported else {Action.KEEP}
    return tuple(action for action in MOVES[state] if action not in idle)


def effects(before: State, after: State, machine: bool = False) -> tuple[Effect, ...]:
    found = EFFECTS.get((before, after), ())
    return tuple(effect for effect in found if not (machine and effect in LESSONS))
