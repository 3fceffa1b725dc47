from collections.abc import Callable
from itertools import product

import pytest

from blog.states import MOVES, Act, Action, State, open_actions, right


def allow(*acts: Act) -> Callable[[Act], bool]:
    return lambda act: act in acts


@pytest.mark.parametrize("pair", list(product(State, Action)))
def test_nothing_but_the_table_moves_an_article(pair):
    state, _action = pair
    may = allow("write", "publish", "correct", "withdraw")
    opened = {(state, action) for action in open_actions(state, may)}
    assert (pair in opened) == (pair in MOVES and pair != (State.DRAFT, Action.SUBMIT))


def test_who_may_only_write_submits():
    assert open_actions(State.DRAFT, allow("write")) == [Action.SAVE, Action.SUBMIT]


def test_who_may_publish_has_no_need_to_submit():
    opened = open_actions(State.DRAFT, allow("write", "publish"))
    assert opened == [Action.SAVE, Action.PUBLISH]


def test_who_may_only_write_does_not_touch_what_readers_have():
    assert open_actions(State.PUBLISHED, allow("write")) == []
    assert open_actions(State.WITHDRAWN, allow("write")) == []


def test_what_was_submitted_can_be_taken_back_by_its_author():
    assert MOVES[State.SUBMITTED, Action.WITHDRAW] is State.DRAFT
    assert right(State.SUBMITTED, Action.WITHDRAW) == "write"


def test_withdrawing_from_readers_takes_a_right_of_its_own():
    assert right(State.PUBLISHED, Action.WITHDRAW) == "withdraw"


def test_a_withdrawn_article_can_be_published_again():
    assert MOVES[State.WITHDRAWN, Action.PUBLISH] is State.PUBLISHED


def test_no_move_makes_a_draft_of_what_readers_have_seen():
    seen = [State.PUBLISHED, State.WITHDRAWN]
    assert not [pair for pair, after in MOVES.items() if pair[0] in seen and after not in seen]
