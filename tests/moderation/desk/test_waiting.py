"""How long people mostly took lately: the figure that a writer is told on his receipt."""

from datetime import timedelta

from comments import actions
from comments.database import reading, writing
from comments.log import Actor
from comments.models import Comment
from comments.states import Action
from moderation.desk.waiting import ENOUGH, LATELY, usual_wait

from ..world import World


def usual(world: World) -> timedelta | None:
    with reading(world.engine) as db:
        return usual_wait(db)


def decided_after(world: World, minutes: float, action: Action = Action.APPROVE) -> int:
    """A comment that a person decided on after so long."""
    own = world.write()
    world.clock.later(minutes=minutes)
    world.move(own, action)
    return own


def test_it_is_the_median_of_what_people_took(either_world: World) -> None:
    for minutes in (1, 2, 30, 40, 5000):
        decided_after(either_world, minutes)
    assert usual(either_world) == timedelta(minutes=30)


def test_of_too_few_decisions_nothing_is_said(either_world: World) -> None:
    assert usual(either_world) is None
    for _ in range(ENOUGH - 1):
        decided_after(either_world, 10)
    assert usual(either_world) is None
    decided_after(either_world, 10)
    assert usual(either_world) == timedelta(minutes=10)


def test_what_machines_and_authors_did_is_no_wait_for_a_person(world: World) -> None:
    for actor, action in (
        (Actor("akismet", machine=True), Action.SPAM),
        (Actor("author"), Action.WITHDRAW),
    ):
        for _ in range(ENOUGH):
            own = world.write()
            with writing(world.engine) as db:
                version = db.get_one(Comment, own).version
                settings = world.site.settings
                actions.move(db, own, action, version, actor, world.clock(), settings)
    assert usual(world) is None


def test_only_the_first_decision_on_a_comment_counts(world: World) -> None:
    own = [decided_after(world, 10) for _ in range(ENOUGH)]
    world.clock.later(days=3)
    for id_ in own:
        world.move(id_, Action.HOLD)
        world.move(id_, Action.REJECT)
    assert usual(world) == timedelta(minutes=10)


def test_a_decision_that_was_taken_back_is_followed_by_the_one_that_stands(world: World) -> None:
    for _ in range(ENOUGH):
        decided_after(world, 10)
    with writing(world.engine) as db:
        actions.undo(db, world.log()[-1].seq, Actor("hub"), world.clock())
    assert usual(world) == timedelta(minutes=10)


def test_long_ago_is_not_lately(world: World) -> None:
    for _ in range(LATELY):
        decided_after(world, 600, Action.REJECT)
    slow = usual(world)
    for _ in range(LATELY // 2 + 1):
        decided_after(world, 1)
    assert slow == timedelta(minutes=600)
    assert usual(world) == timedelta(minutes=1)


def test_the_receipt_has_the_figure(world: World) -> None:
    assert world.site.seams.usual_wait is usual_wait
