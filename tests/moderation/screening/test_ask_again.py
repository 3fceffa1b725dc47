"""`flask moderation ask-again`: what waits and was never answered for is asked about, once."""

import pytest
from click.testing import Result
from sqlalchemy import select

from comments.database import reading, writing
from comments.models import Comment, Job
from comments.states import Action
from moderation.settings import Settings
from tests.moderation.world import World, world_on

from .akismet_cast import KEY


@pytest.fixture
def world(make, service) -> World:
    """1 and 2 were never asked about, 3 and 4 were decided on by a person, 5 was answered for."""
    before = make(service)
    for _ in range(4):
        before.write()
    before.move(3, Action.APPROVE)
    before.move(4, Action.REJECT)
    before.move(4, Action.HOLD)
    world = world_on(before.engine, Settings(akismet_key=KEY), service)
    world.write(text="Nummer vijf.")
    world.comments.run_due()
    return world


def ask_again(world: World, *words: str) -> Result:
    return world.app.test_cli_runner().invoke(args=["moderation", "ask-again", *words])


def owed(world: World) -> list[int | None]:
    """The comments that somebody will be asked about."""
    with reading(world.engine) as session:
        found = select(Job.comment_id).where(Job.kind == "ask_akismet", Job.ended == "")
        return list(session.scalars(found.order_by(Job.id)))


def test_it_asks_about_what_waits_and_was_never_answered_for(world):
    result = ask_again(world)
    assert (result.exit_code, result.stdout) == (0, "2 comments are queued.\n")
    assert owed(world) == [1, 2]


def test_dry_it_says_how_many_and_asks_nothing(world):
    assert ask_again(world, "--dry-run").stdout == "2 comments would be asked about.\n"
    assert owed(world) == []


def test_twice_it_asks_once(world, server):
    ask_again(world)
    ask_again(world)
    assert owed(world) == [1, 2]
    world.comments.run_due()
    assert len(server.requests) == 3


def test_after_the_answers_nothing_is_left_to_ask(world):
    ask_again(world)
    world.comments.run_due()
    assert ask_again(world).stdout == "0 comments are queued.\n"


def test_one_that_was_given_up_is_asked_about_again(world, server):
    server.behave("500")
    ask_again(world)
    world.clock.later(days=16)
    world.comments.run_due()
    assert owed(world) == []
    ask_again(world)
    assert owed(world) == [1, 2]


def test_pingbacks_are_not_asked_about(world):
    with writing(world.engine) as session:
        session.get_one(Comment, 1).kind = "pingback"
    ask_again(world)
    assert owed(world) == [2]
