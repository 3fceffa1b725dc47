"""A person's correction is reported to Akismet, once, as long as it stands; agreement and undone haste are not."""

from typing import Any

import pytest

from comments.draft import Origin
from comments.states import Action, State
from examples.akismet_server import AkismetServer, Call
from moderation.settings import Settings
from tests.moderation.conftest import Make
from tests.moderation.world import World, world_on

from .akismet_cast import KEY

SPAM = "Best casino in town"
HAM = "Wij doen het al jaren zo."


@pytest.fixture
def world(make: Make, service) -> World:
    return make(service, akismet_key=KEY)


def judged(world: World, text: str, **more: Any) -> int:
    """A comment that Akismet has answered for."""
    id_ = world.write(text=text, origin=Origin("203.0.113.77", "Firefox"), **more)
    world.comments.run_due()
    return id_


def corrections(world: World, server: AkismetServer, seconds: int = 10) -> list[Call]:
    """What was reported once the time for undoing is over."""
    world.clock.later(seconds=seconds)
    world.comments.run_due()
    return [call for call in server.requests if "submit" in call.endpoint]


def kinds(calls: list[Call]) -> list[str]:
    return [call.endpoint.rpartition("-")[2] for call in calls]


def batch(world: World, id_: int) -> str:
    return world.log(id_)[-1].batch


def test_spam_that_akismet_missed_is_reported(world, server):
    id_ = judged(world, HAM)
    world.decide("bob", id_, "spam")
    assert kinds(corrections(world, server)) == ["spam"]
    assert world.history(id_)[-1] == "taught_spam"


def test_a_comment_that_akismet_wronged_is_reported(world, server):
    id_ = judged(world, SPAM)
    world.decide("bob", id_, "approve", version=2)
    assert kinds(corrections(world, server)) == ["ham"]
    assert world.history(id_)[-1] == "taught_ham"


@pytest.mark.parametrize(
    ("text", "action", "version", "first"),
    [(HAM, "spam", 1, "false"), (SPAM, "approve", 2, "true")],
)
def test_a_report_is_the_original_submission_with_who_corrects_which_verdict(
    world, server, text, action, version, first
):
    id_ = judged(world, text, url="https://dia.example/")
    world.decide("bob", id_, action, version)
    report = corrections(world, server)[0]
    asked = server.requests[0]
    more = {"reporter": ["bob"], "comment_check_response": [first]}
    assert report.fields == {**asked.fields, **more}


def test_nothing_is_reported_before_the_time_for_undoing_is_over(world, server):
    world.decide("bob", judged(world, HAM), "spam")
    assert corrections(world, server, seconds=9) == []


def test_what_is_undone_in_time_was_never_sent(world, server):
    id_ = judged(world, HAM)
    world.decide("bob", id_, "spam")
    assert world.send("bob", "/desk/undo", batch=batch(world, id_)).status_code == 303
    assert [job.kind for job in world.jobs(id_)] == ["ask_akismet"]
    assert corrections(world, server, seconds=600) == []


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_whoever_agrees_with_akismet_reports_nothing(world, server, action):
    world.decide("bob", judged(world, HAM), action)
    assert corrections(world, server) == []


def test_whoever_comes_round_to_akismets_verdict_reports_nothing(world, server):
    id_ = judged(world, SPAM)
    world.move(id_, Action.HOLD)
    world.move(id_, Action.SPAM)
    assert corrections(world, server) == []


def test_a_correction_that_was_overtaken_in_time_is_not_sent(world, server):
    id_ = judged(world, HAM)
    world.move(id_, Action.SPAM)
    world.move(id_, Action.APPROVE)
    assert corrections(world, server) == []


def test_a_report_that_was_a_mistake_is_taken_back_by_another(world, server):
    id_ = judged(world, HAM)
    world.move(id_, Action.SPAM)
    assert kinds(corrections(world, server)) == ["spam"]
    world.move(id_, Action.APPROVE)
    assert kinds(corrections(world, server)) == ["spam", "ham"]


def test_of_what_akismet_was_never_asked_about_nothing_is_reported(make, service, server):
    world = make(service, akismet_key=KEY, akismet_mode="off")
    world.decide("bob", world.write(text=SPAM), "spam")
    assert corrections(world, server) == []


def test_after_akismet_is_switched_off_nothing_is_reported(world, server):
    id_ = judged(world, HAM)
    world.decide("bob", id_, "spam")
    world.clock.later(seconds=10)
    off = world_on(world.engine, Settings())
    off.clock.now = world.clock()
    off.comments.run_due()
    assert [job.ended for job in world.jobs(id_)] == ["done", "done"]
    assert len(server.requests) == 1


def test_in_trouble_a_report_waits_and_is_sent_once(world, server):
    id_ = judged(world, HAM)
    world.decide("bob", id_, "spam")
    server.behave("500")
    assert kinds(corrections(world, server)) == ["spam"]
    assert world.jobs(id_)[-1].last_error == "server_error"
    server.behave("normal")
    assert kinds(corrections(world, server, seconds=60)) == ["spam", "spam"]
    assert kinds(corrections(world, server, seconds=3600)) == ["spam", "spam"]
    assert world.history(id_).count("taught_spam") == 1


def test_a_report_changes_nothing_about_the_comment(world, server):
    id_ = judged(world, SPAM)
    world.decide("bob", id_, "approve", version=2)
    corrections(world, server)
    assert (world.state(id_), world.stored(id_).version) == (State.APPROVED, 3)
