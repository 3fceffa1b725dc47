"""Akismet is asked in the background, of a real server that is well or ill; nothing is lost, nothing slips out."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from comments.database import reading, writing
from comments.draft import Origin
from comments.models import Finding
from comments.states import Action, State
from examples.akismet_modes import MODES
from examples.akismet_server import UNANSWERED, AkismetServer
from moderation.screening import actions, queries
from moderation.screening.akismet import Akismet
from moderation.screening.akismet_answer import Answer
from moderation.screening.akismet_submission import Submission
from moderation.settings import Settings
from tests.moderation.conftest import Make
from tests.moderation.world import CAST, EMAIL, World, world_on

from .akismet_cast import KEY, SITE

SPAM = "Best casino in town"
HAM = "Wij doen het al jaren zo."
ADDRESS = Origin("203.0.113.77", "Firefox")
SHORT = 0.3

TROUBLES = {
    # mode: what the task notes, and after how many seconds it is asked again
    "down": ("down", 60),
    "slow": ("timeout", 60),
    "trickle": ("timeout", 60),
    "500": ("server_error", 60),
    "429": ("rate_limited", 30),
    "garbage": ("garbage", 60),
    "flood": ("garbage", 60),
    "redirect": ("redirect", 60),
    "invalid_key": ("invalid_key", 60),
    "indiscreet": ("garbage", 60),
    "suspended": ("suspended", 60),
    "unsure": ("server_error", 60),
    "recheck": ("provisional", 120),
}
WELL = {"normal", "over_quota", "newline", "odd_headers"}


@dataclass
class Meanwhile:
    """The service, during whose every check something else happens."""

    service: Akismet
    happens: Callable[[], object] = field(default=lambda: None)

    def check(self, submission: Submission) -> Answer:
        answer = self.service.check(submission)
        self.happens()
        return answer

    def __getattr__(self, name: str) -> Any:
        return getattr(self.service, name)


@pytest.fixture
def service(server: AkismetServer) -> Iterator[Meanwhile]:
    with closing(Akismet(KEY, SITE, server.url, seconds=SHORT)) as client:
        yield Meanwhile(client)


@pytest.fixture
def world(make: Make, service) -> World:
    return make(service, akismet_key=KEY)


def write(world: World, text: str = HAM, **more: Any) -> int:
    return world.write(text=text, **{"origin": ADDRESS, **more})


def errors(world: World, id_: int) -> list[tuple[str, str, timedelta]]:
    return [
        (j.ended, j.last_error, j.not_before - world.clock())
        for j in world.jobs(id_, "ask_akismet")
    ]


def endpoints(server: AkismetServer) -> list[str]:
    return [call.endpoint.rpartition("/")[2] for call in server.requests]


def test_nobody_is_asked_before_the_comment_is_stored(world, server):
    write(world)
    assert not server.requests


def test_until_akismet_answers_the_comment_waits_for_it(world):
    assert "akismet_not_asked" in world.codes(write(world))


@pytest.mark.parametrize("mode", TROUBLES)
def test_in_trouble_every_comment_stays_held_and_is_asked_about_again(world, server, mode):
    server.behave(mode, 2.0)
    ids = [write(world, HAM), write(world, SPAM)]
    world.comments.run_due()
    why, seconds = TROUBLES[mode]
    assert [world.state(id_) for id_ in ids] == [State.PENDING] * 2
    assert [errors(world, id_) for id_ in ids] == [[("", why, timedelta(seconds=seconds))]] * 2
    assert [world.codes(id_) for id_ in ids] == [["waits_for_person", "akismet_silent"]] * 2


@pytest.mark.parametrize("mode", ["down", "garbage", "recheck"])
def test_after_trouble_the_answer_comes_in_the_end(world, server, mode):
    server.behave(mode)
    id_ = write(world, SPAM)
    world.comments.run_due()
    server.behave("normal")
    world.clock.later(seconds=TROUBLES[mode][1])
    world.comments.run_due()
    assert world.state(id_) is State.SPAM
    assert world.jobs(id_, "ask_akismet")[0].ended == "done"


def test_before_the_time_has_come_nobody_asks_again(world, server):
    server.behave("500")
    write(world)
    world.comments.run_due()
    world.clock.later(seconds=59)
    world.comments.run_due()
    assert len(server.requests) == 1


def test_the_waits_grow(world, server):
    server.behave("500")
    id_ = write(world)
    waits = []
    for _ in range(4):
        world.comments.run_due()
        waits.append(errors(world, id_)[0][2].seconds)
        world.clock.later(seconds=waits[-1])
    assert waits == [60, 120, 240, 480]


def test_where_akismet_never_answers_the_comment_is_left_to_people(world, server):
    server.behave("500")
    id_ = write(world)
    world.clock.later(days=16)
    world.comments.run_due()
    assert (world.jobs(id_, "ask_akismet")[0].ended, world.state(id_)) == (
        "given_up",
        State.PENDING,
    )


@pytest.mark.parametrize("mode", sorted(WELL))
def test_ham_stays_for_a_person(world, server, mode):
    server.behave(mode)
    id_ = write(world)
    world.comments.run_due()
    assert (world.state(id_), world.codes(id_)) == (State.PENDING, ["waits_for_person"])
    assert world.jobs(id_, "ask_akismet")[0].ended == "done"


def test_spam_goes_to_the_spam_folder(world):
    id_ = write(world, SPAM)
    world.comments.run_due()
    assert (world.state(id_), world.codes(id_)) == (
        State.SPAM,
        ["waits_for_person", "akismet_spam"],
    )


def test_blatant_spam_goes_to_the_spam_folder_and_no_further(world, server):
    server.behave("discard")
    id_ = write(world)
    world.comments.run_due()
    assert (world.state(id_), world.codes(id_)[-1]) == (State.SPAM, "akismet_discard")


def test_every_mode_of_the_server_is_tried_here():
    assert {*TROUBLES, *WELL, "discard"} == MODES.keys() | UNANSWERED.keys()


def test_the_machines_decision_is_in_the_log_as_a_machines(world):
    id_ = write(world, SPAM)
    world.comments.run_due()
    assert [(row.actor_key, row.machine, row.action) for row in world.log(id_)] == [
        ("akismet", True, "spam")
    ]
    assert world.broken() is None


def test_what_a_machine_decides_is_reported_to_nobody(world, server):
    write(world, SPAM)
    world.comments.run_due()
    world.clock.later(minutes=1)
    world.comments.run_due()
    assert endpoints(server) == ["comment-check"]


def test_a_decision_that_a_person_takes_during_the_question_stands(world, service):
    id_ = write(world, SPAM)
    service.happens = lambda: world.move(id_, Action.APPROVE)
    world.comments.run_due()
    assert world.state(id_) is State.APPROVED
    assert [row.actor_key for row in world.log(id_)] == ["hub"]
    assert [(job.ended, job.last_error) for job in world.jobs(id_, "ask_akismet")] == [("done", "")]


def test_a_decision_during_the_question_is_measured_against_the_answer(world, server, service):
    id_ = write(world, HAM)
    service.happens = lambda: world.move(id_, Action.SPAM)
    world.comments.run_due()
    world.clock.later(seconds=10)
    world.comments.run_due()
    assert endpoints(server) == ["comment-check", "submit-spam"]


def test_about_a_comment_that_a_person_decided_on_nobody_is_asked(world, server):
    id_ = write(world, SPAM)
    world.move(id_, Action.APPROVE)
    world.comments.run_due()
    assert (list(server.requests), world.state(id_)) == ([], State.APPROVED)


def test_a_comment_that_a_person_put_back_stays_with_people(world, server):
    id_ = write(world, SPAM)
    world.move(id_, Action.REJECT)
    world.move(id_, Action.HOLD)
    world.comments.run_due()
    assert (list(server.requests), world.state(id_)) == ([], State.PENDING)


def test_the_article_that_closed_meanwhile_changes_nothing(world):
    id_ = write(world, SPAM)
    world.house.closed.add("naaf")
    world.comments.run_due()
    assert (world.state(id_), world.codes(id_)) == (
        State.SPAM,
        ["waits_for_person", "akismet_spam"],
    )


@pytest.mark.parametrize("kept", [True, False])
def test_a_reply_is_judged_again_like_any_other_comment(world, kept):
    parent = world.write(text="Eerst dit.", person=CAST["bob"])
    id_ = write(world, SPAM, parent_id=parent)
    if not kept:
        world.move(parent, Action.REJECT)
    world.comments.run_due()
    assert (world.state(id_), world.codes(id_)) == (
        State.SPAM,
        ["waits_for_person", "akismet_spam"],
    )


def test_a_reply_that_is_ham_has_no_finding_of_a_closed_door(world):
    parent = world.write(text="Eerst dit.", person=CAST["bob"])
    id_ = write(world, parent_id=parent)
    world.comments.run_due()
    assert world.codes(id_) == ["waits_for_person"]


def add_rule(world: World, kind: str, pattern: str, outcome: str = "hold") -> None:
    with writing(world.engine) as session:
        actions.add_rule(session, kind, pattern, outcome, "", world.clock())


def test_a_rule_that_was_made_meanwhile_counts_when_the_row_runs_again(world):
    id_ = write(world, "Wij houden van gokautomaten")
    add_rule(world, "phrase", "gokautomaten", "spam")
    world.comments.run_due()
    assert (world.state(id_), world.codes(id_)[0]) == (State.SPAM, "rule_phrase")


def test_what_a_rule_said_of_the_whole_address_stands_and_tells_only_its_network(world):
    add_rule(world, "network", ADDRESS.address)
    id_ = write(world)
    world.comments.run_due()
    with reading(world.engine) as session:
        values = session.scalars(select(Finding.values).where(Finding.code == "rule_network")).all()
    assert world.codes(id_) == ["rule_network", "waits_for_person"]
    assert values == [{"rule": 1, "what": "203.0.113.0"}]


def test_a_rule_on_one_address_does_not_meet_its_neighbours_when_the_row_runs_again(world):
    add_rule(world, "network", "203.0.113.0", "spam")
    id_ = write(world)
    world.comments.run_due()
    assert (world.state(id_), world.codes(id_)) == (State.PENDING, ["waits_for_person"])


def test_akismets_ham_frees_nothing_that_a_rule_called_spam(make, service):
    world = make(service, akismet_key=KEY, akismet_mode="always")
    add_rule(world, "phrase", "jaren", "spam")
    id_ = write(world)
    world.comments.run_due()
    assert (world.state(id_), world.codes(id_)) == (
        State.SPAM,
        ["rule_phrase", "waits_for_person"],
    )


def test_unsure_asks_nothing_about_what_a_rule_called_spam(world):
    add_rule(world, "phrase", "jaren", "spam")
    assert world.jobs(write(world), "ask_akismet") == []


def test_nobody_is_asked_about_staff(world):
    assert world.jobs(write(world, person=CAST["bob"]), "ask_akismet") == []


@pytest.mark.parametrize("settings", [{}, {"akismet_key": KEY, "akismet_mode": "off"}])
def test_without_a_key_or_switched_off_nobody_is_asked(make, service, settings):
    world = make(service, **settings)
    assert world.jobs(write(world), "ask_akismet") == []


def test_who_switches_akismet_off_ends_the_questions_that_are_open(world, server):
    id_ = write(world, SPAM)
    off = world_on(world.engine, Settings())
    off.comments.run_due()
    assert [job.ended for job in world.jobs(id_, "ask_akismet")] == ["done"]
    assert (list(server.requests), world.state(id_)) == ([], State.PENDING)


def test_the_first_answer_that_can_be_trusted_is_kept(world, server):
    server.behave("recheck")
    id_ = write(world, SPAM)
    world.comments.run_due()
    with reading(world.engine) as session:
        assert queries.asked(session, id_) is None
    server.behave("normal")
    world.clock.later(seconds=120)
    world.comments.run_due()
    with reading(world.engine) as session:
        kept = queries.asked(session, id_)
    assert kept is not None
    assert (kept.verdict, kept.guid) == ("spam", server.requests[-1].guid)


def test_every_question_is_a_line_in_the_comments_history(world, server):
    server.behave("500")
    id_ = write(world)
    world.comments.run_due()
    world.clock.later(seconds=60)
    world.comments.run_due()
    assert world.history(id_) == ["submitted", "akismet", "akismet"]


def test_akismet_is_told_what_the_comment_is_and_where_it_stands(world, server):
    parent = world.write(text="Eerst dit.", person=CAST["bob"])
    write(world, parent_id=parent, name="Dia", url="https://dia.example/", language="nl")
    world.comments.run_due()
    told = server.requests[0]
    names = "comment_type comment_content comment_author comment_author_url permalink blog_lang"
    assert [told.one(name) for name in names.split()] == [
        "reply",
        HAM,
        "Dia",
        "https://dia.example/",
        "https://weerwoord.example/naaf/",
        "nl",
    ]


def test_neither_the_email_nor_the_whole_address_ever_reaches_akismet(world, server):
    ham, spam = write(world), write(world, SPAM)
    world.comments.run_due()
    world.move(ham, Action.SPAM)
    world.move(spam, Action.APPROVE)
    world.clock.later(minutes=1)
    world.comments.run_due()
    assert sorted(endpoints(server)) == ["comment-check"] * 2 + ["submit-ham", "submit-spam"]
    told = " ".join(f"{call.fields} {call.headers}" for call in server.requests)
    assert "203.0.113.0" in told
    assert EMAIL not in told
    assert ADDRESS.address not in told


def test_a_comment_that_is_gone_meanwhile_is_no_trouble(world, server):
    id_ = write(world)
    with writing(world.engine) as session:
        session.delete(session.get_one(type(world.stored(id_)), id_))
    assert (world.comments.run_due(), list(server.requests)) == (0, [])
