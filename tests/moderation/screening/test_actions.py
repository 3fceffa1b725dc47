"""Rules are written, answers kept, and the row runs again, each within its caller's transaction."""

import pytest

from comments import rejudging
from comments.database import reading, writing
from comments.draft import Outcome
from comments.models import Comment, History
from comments.states import Action, State
from moderation.screening import actions, queries
from moderation.screening.akismet_answer import Alert, Answer
from moderation.screening.rules import BadPattern
from tests.moderation.world import World


def rule(world: World, kind: str, pattern: str, outcome: str = "hold") -> None:
    with writing(world.engine) as session:
        actions.add_rule(session, kind, pattern, outcome, "", world.clock())


def keep(world: World, id_: int, answer: Answer) -> None:
    with writing(world.engine) as session:
        actions.keep_answer(session, id_, answer, world.clock())


@pytest.mark.parametrize(
    ("kind", "outcome"), [("regex", "hold"), ("phrase", "approve"), ("phrase", "refuse")]
)
def test_a_rule_of_no_known_kind_or_outcome_is_refused(world, kind, outcome):
    with pytest.raises(BadPattern):
        rule(world, kind, "casino", outcome)


def test_a_rule_is_kept_as_it_was_tidied(world):
    rule(world, "network", " 192.0.2.77/24 ")
    with reading(world.engine) as session:
        assert [row.pattern for row in queries.all_rules(session)] == ["192.0.2.0/24"]


def test_of_two_answers_the_first_that_can_be_trusted_counts(world):
    id_ = world.write()
    for answer in (Answer(problem="down"), Answer("spam", guid="a"), Answer("ham", guid="b")):
        keep(world, id_, answer)
    with reading(world.engine) as session:
        kept = queries.asked(session, id_)
    assert kept is not None
    assert (kept.verdict, kept.guid) == ("spam", "a")


def test_every_answer_is_in_the_history_with_its_trouble(world):
    id_ = world.write()
    keep(world, id_, Answer("ham", "suspended", alert=Alert(10009, "geheim"), recheck_after=60))
    with reading(world.engine) as session:
        row = session.get(History, 2)
    assert row is not None
    assert row.values == {
        "verdict": "ham",
        "problem": "suspended",
        "alert": 10009,
        "recheck_after": 60,
    }


def again(world: World, id_: int, outcome: Outcome) -> None:
    """The row runs again and finds this."""
    judged = world.draft().found("house_rules", outcome, "rule_phrase", what="casino")
    with writing(world.engine) as session:
        comment = session.get_one(Comment, id_)
        actions.apply(session, comment, judged, world.clock(), world.site.settings)


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.ALLOW, State.APPROVED),
        (Outcome.HOLD, State.PENDING),
        (Outcome.SPAM, State.SPAM),
    ],
)
def test_what_the_row_finds_the_second_time_takes_the_place_of_the_first(world, outcome, state):
    id_ = world.write()
    again(world, id_, outcome)
    assert (world.state(id_), world.codes(id_)) == (state, ["rule_phrase"])


def test_a_refusal_the_second_time_is_neither_kept_nor_followed(world):
    """What would be refused today, because the discussion was closed, was let in all the same."""
    id_ = world.write()
    world.house.closed.add("naaf")
    with writing(world.engine) as session:
        subject, now = world.house.subject("naaf"), world.clock()
        comment, judged = rejudging.again(session, world.site, subject, id_, 1, now)
        actions.apply(session, comment, judged, now, world.site.settings)
    assert (world.state(id_), world.codes(id_)) == (State.PENDING, ["waits_for_person"])


@pytest.mark.parametrize("action", [Action.APPROVE, Action.REJECT, Action.SPAM])
@pytest.mark.parametrize("outcome", [Outcome.ALLOW, Outcome.SPAM])
def test_a_machine_moves_nothing_that_a_person_decided_on(world, action, outcome):
    id_ = world.write()
    world.move(id_, action)
    before = world.state(id_)
    again(world, id_, outcome)
    assert (world.state(id_), len(world.log(id_))) == (before, 1)
