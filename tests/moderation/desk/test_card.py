"""The plain data of a card."""

from datetime import UTC, datetime

import pytest

from comments.states import Action, State, desk_actions
from moderation.desk.card import KEYS, PersonStrip, buttons, masked
from moderation.desk.view import action_labels, label, state_labels

SINCE = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("email", "expected"),
    [
        ("dia@lezers.example", "d…@lezers.example"),
        ("d@lezers.example", "d…@lezers.example"),
        ('"a@b"@lezers.example', '"…@lezers.example'),
        ("@lezers.example", "…@lezers.example"),
        ("geen adres", ""),
        ("", ""),
    ],
)
def test_of_an_address_only_the_first_letter_and_the_domain_are_shown(email, expected):
    assert masked(email) == expected


@pytest.mark.parametrize("edit_waits", [True, False])
@pytest.mark.parametrize("reported", [True, False])
@pytest.mark.parametrize("state", list(State))
def test_a_card_has_a_button_for_each_move_that_the_table_knows(world, state, reported, edit_waits):
    with world.app.test_request_context():
        found = buttons(state, label, edit_waits, reported)
    assert [b.action for b in found] == list(desk_actions(state, edit_waits, reported))


def test_on_what_is_public_approving_says_that_it_means_the_edit(world):
    with world.app.test_request_context():
        said = {s: dict(b[:2] for b in buttons(s, label, True)).get(Action.APPROVE) for s in State}
    assert said == {
        State.PENDING: "Approve",
        State.APPROVED: "Take over the edit",
        State.REJECTED: "Approve",
        State.SPAM: "Approve",
        State.WITHDRAWN: None,
    }


def test_no_key_stands_for_two_decisions():
    assert len(set(KEYS.values())) == len(KEYS)


def test_every_action_of_the_desk_has_a_key_and_a_label(world):
    desk = {action for state in State for action in desk_actions(state, True, True)}
    with world.app.test_request_context():
        assert set(KEYS) == set(action_labels()) == desk == set(Action) - {Action.WITHDRAW}


def test_every_state_has_a_word(world):
    with world.app.test_request_context():
        assert set(state_labels()) == set(State)


def test_the_comment_that_is_looked_at_is_not_among_the_others():
    found = PersonStrip(approved=2, spam=1, pending=1, first_seen=SINCE).without(State.PENDING)
    assert found == PersonStrip(approved=2, spam=1, first_seen=SINCE)


def test_who_has_no_other_comment_was_never_seen_before():
    assert PersonStrip(pending=1, first_seen=SINCE).without(State.PENDING) == PersonStrip()
