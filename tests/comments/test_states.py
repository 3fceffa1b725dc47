"""The table of moves: every pair of state and action, and what each move causes outside."""

from itertools import product

import pytest

from comments.states import (
    AUTHORS_OWN,
    EFFECTS,
    LESSONS,
    MACHINE_MOVES_FROM,
    MOVES,
    Action,
    Effect,
    IllegalMove,
    State,
    desk_actions,
    effects,
    step,
)

PAIRS = list(product(State, Action))
LEGAL = [(state, action) for state, action in PAIRS if action in MOVES[state]]
ILLEGAL = [pair for pair in PAIRS if pair not in LEGAL]
LEADS_TO = {
    Action.APPROVE: State.APPROVED,
    Action.REJECT: State.REJECTED,
    Action.SPAM: State.SPAM,
    Action.HOLD: State.PENDING,
    Action.KEEP: State.APPROVED,
    Action.WITHDRAW: State.WITHDRAWN,
}


@pytest.mark.parametrize(("state", "action"), LEGAL)
def test_an_action_of_the_table_leads_where_its_name_says(state: State, action: Action) -> None:
    assert step(state, action) is LEADS_TO[action]


@pytest.mark.parametrize(("state", "action"), ILLEGAL)
def test_an_action_that_is_not_in_the_table_is_illegal(state: State, action: Action) -> None:
    with pytest.raises(IllegalMove, match=f"{action} is no move from {state}"):
        step(state, action)


@pytest.mark.parametrize(("state", "action"), PAIRS)
def test_every_action_is_legal_but_to_stay_and_to_come_back(state: State, action: Action) -> None:
    """Only what is public can stay as it is, by a decision on an edit or a report."""
    if state is State.APPROVED and action in (Action.APPROVE, Action.KEEP):
        assert action in MOVES[state]
    else:
        moves = LEADS_TO[action] is not state and action is not Action.KEEP
        assert (action in MOVES[state]) == (moves and state is not State.WITHDRAWN)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize(("edited", "reported"), list(product([False, True], repeat=2)))
def test_a_desk_is_offered_every_move_that_does_something(
    state: State, edited: bool, reported: bool
) -> None:
    idle = {Action.WITHDRAW}
    if state is State.APPROVED and not edited:
        idle.add(Action.APPROVE)
    if state is State.APPROVED and not edited and not reported:
        idle.add(Action.KEEP)
    assert list(desk_actions(state, edited, reported)) == [a for a in MOVES[state] if a not in idle]


def test_only_withdrawing_belongs_to_the_author() -> None:
    assert {Action.WITHDRAW} == AUTHORS_OWN


def test_a_machine_moves_only_what_waits() -> None:
    assert {State.PENDING} == MACHINE_MOVES_FROM


@pytest.mark.parametrize(("before", "after"), list(product(State, State)))
def test_a_move_into_the_spam_folder_or_out_of_it_to_readers_teaches(
    before: State, after: State
) -> None:
    lessons = [effect for effect in effects(before, after) if effect in LESSONS]
    if after is State.SPAM and before in (State.PENDING, State.APPROVED, State.REJECTED):
        assert lessons == [Effect.TEACH_SPAM]
    elif before is State.SPAM and after in (State.APPROVED, State.PENDING):
        assert lessons == [Effect.TEACH_HAM]
    else:
        assert lessons == []


@pytest.mark.parametrize(("before", "after"), list(product(State, State)))
def test_its_author_hears_of_what_is_published_or_refused_and_followers_of_what_is_new(
    before: State, after: State
) -> None:
    told = {effect for effect in effects(before, after) if effect not in LESSONS}
    if after is State.APPROVED and before not in (State.APPROVED, State.WITHDRAWN):
        assert told == {Effect.TELL_AUTHOR, Effect.TELL_FOLLOWERS}
    elif after is State.REJECTED and before in (State.PENDING, State.APPROVED):
        assert told == {Effect.TELL_AUTHOR}
    else:
        assert told == set()


@pytest.mark.parametrize(("before", "after"), list(product(State, State)))
def test_a_machines_move_tells_but_teaches_nothing(before: State, after: State) -> None:
    told = [effect for effect in effects(before, after) if effect not in LESSONS]
    assert list(effects(before, after, machine=True)) == told


def test_effects_stand_only_behind_moves_that_there_are() -> None:
    moves = {(state, after) for state, found in MOVES.items() for after in found.values()}
    assert EFFECTS.keys() <= moves
