"""Akismet answers while the comment is edited or withdrawn: what its author did stands, and nothing fails."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import Engine

from comments import log
from comments.database import writing
from comments.draft import Origin
from comments.editing.changing import Ended, change, mark_of
from comments.editing.withdrawing import withdraw
from comments.outbox import Task
from comments.states import State
from moderation.screening.akismet import Akismet
from moderation.screening.akismet_answer import Answer
from moderation.screening.akismet_submission import Submission
from moderation.settings import Settings
from tests.comments.databases import until_somebody_waits
from tests.moderation.world import World, world_on

from .akismet_cast import KEY

SPAM = "Best casino in town"
LINKS = "Zie https://a.example en https://b.example"


@dataclass
class Meanwhile:
    """The service, during whose check something else happens once."""

    service: Akismet
    happens: list[Any] = field(default_factory=list)

    def check(self, submission: Submission) -> Answer:
        answer = self.service.check(submission)
        while self.happens:
            self.happens.pop()()
        return answer

    def __getattr__(self, name: str) -> Any:
        return getattr(self.service, name)


@pytest.fixture
def asked(service: Akismet) -> Meanwhile:
    return Meanwhile(service)


@pytest.fixture
def world(either: Engine, asked: Meanwhile) -> World:
    return world_on(either, Settings(akismet_key=KEY), asked)


def asks(world: World, id_: int) -> None:
    """Past the outbox, which would catch what goes wrong."""
    (job,) = world.jobs(id_, "ask_akismet")
    task = Task(job.id, job.kind, id_, 1, job.values, job.created_at)
    world.comments.handlers["ask_akismet"](task, world.clock())


def test_what_was_found_in_the_new_text_stands(world: World, asked: Meanwhile) -> None:
    id_ = world.write(text="Wij doen het al jaren zo.", origin=Origin("203.0.113.77", "Firefox"))

    def edits() -> None:
        world.clock.later(seconds=10)
        old = world.stored(id_).source
        assert change(world.site, id_, LINKS, mark_of(old)).ended is Ended.STANDS

    asked.happens.append(edits)
    asks(world, id_)
    assert "many_links" in world.codes(id_)
    assert "akismet_not_asked" in world.codes(id_)


@pytest.mark.service
@pytest.mark.parametrize("either", ["postgresql"], indirect=True)
def test_withdrawn_while_akismet_answers_it_is_gone(world: World) -> None:
    id_ = world.write(text=SPAM, origin=Origin("203.0.113.77", "Firefox"))
    with ThreadPoolExecutor(1) as pool:
        with writing(world.engine) as session:
            log.queue(session)  # as whoever withdraws begins
            answered = pool.submit(asks, world, id_)
            until_somebody_waits(world.engine)
            withdraw(session, world.site, [id_], world.clock())
        answered.result()
    assert (world.state(id_), world.codes(id_)) == (State.WITHDRAWN, [])
