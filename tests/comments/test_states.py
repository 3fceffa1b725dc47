"""The table of moves: every pair of state and action, and what each move causes outside."""

from itertools import product

import pytest

from comments.states import (
    AUTHORS_OWN,
    EFFECTS,
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
    stays = LEADS_TO[action] is state
    assert (action in MOVES[state]) == (not stays and state is not State.WITHDRAWN)


@pytest.mark.parametrize("state", State)
def test_a_desk_is_offered_every_move_but_the_authors_own(state: State) -> None:
    assert list(desk_actions(state)) == [a for a in MOVES[state] if a is not Action.WITHDRAW]


def test_only_withdrawing_belongs_to_the_author() -> None:
    assert {Action.WITHDRAW} == AUTHORS_OWN


def test_a_machine_moves_only_what_waits() -> None:
    assert {State.PENDING} == MACHINE_MOVES_FROM


@pytest.mark.parametrize(("before", "after"), list(product(State, State)))
def test_a_move_into_the_spam_folder_or_out_of_it_to_readers_teaches(
    before: State, after: State
) -> None:
    if after is State.SPAM and before in (State.PENDING, State.APPROVED, State.REJECTED):
        assert effects(before, after) == (Effect.TEACH_SPAM,)
    elif before is State.SPAM and after in (State.APPROVED, State.PENDING):
        assert effects(before, after) == (Effect.TEACH_HAM,)
    else:
        assert effects(before, after) == ()


def test_effects_stand_only_behind_moves_that_there_are() -> None:
    moves = {(state, after) for state, found in MOVES.items() for after in found.values()}
    assert EFFECTS.keys() <= moves
