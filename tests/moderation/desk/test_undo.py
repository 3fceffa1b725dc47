"""Taking decisions back: one's own, in one go, as long as nobody decided since."""

from sqlalchemy import update

from comments.database import writing
from comments.models import LogRow, Thread
from comments.states import State
from tests.moderation.world import World

from .forms import form


def batch(world: World) -> str:
    return world.log()[-1].batch


def test_a_decision_that_is_taken_back_is_a_decision_of_its_own(world):
    id_ = world.write("naaf")
    world.decide("bob", id_, "spam")
    world.send("bob", "/desk/undo", batch=batch(world))
    done, undone = world.log(id_)
    assert (world.state(id_), undone.action, undone.reverses) == (State.PENDING, "undo", done.seq)
    assert (undone.actor_key, undone.unit_key) == ("bob", "utrecht")
    assert world.broken() is None


def test_what_was_decided_in_one_go_is_taken_back_in_one_go(world):
    ids = [world.write() for _ in range(3)]
    world.in_bulk("hub", "spam", *[f"{id_}:1" for id_ in ids])
    world.send("hub", "/desk/undo", batch=batch(world))
    assert [world.state(id_) for id_ in ids] == [State.PENDING] * 3


def test_what_somebody_decided_since_stays_and_is_told(world):
    ids = [world.write() for _ in range(3)]
    world.in_bulk("hub", "spam", *[f"{id_}:1" for id_ in ids])
    mine = batch(world)
    world.decide("bob", ids[0], "approve", version=2)
    client = world.client("hub")
    answer = client.post("/desk/undo", data={"csrf_token": world.token, "batch": mine})
    assert [world.state(id_) for id_ in ids] == [State.APPROVED, State.PENDING, State.PENDING]
    said = "2 decisions were taken back. 1 comment was decided on since and stays as it is."
    assert said in client.get(answer.location).text


def test_undoing_twice_undoes_once(world):
    id_ = world.write()
    world.decide("hub", id_, "spam")
    first = batch(world)
    answers = [world.send("hub", "/desk/undo", batch=first).status_code for _ in range(2)]
    assert (answers, world.state(id_), len(world.log())) == ([303, 303], State.PENDING, 2)


def test_nobody_takes_back_what_somebody_else_decided(world):
    id_ = world.write("naaf")
    world.decide("bob", id_, "spam")
    assert world.send("hub", "/desk/undo", batch=batch(world)).status_code == 404
    assert world.state(id_) is State.SPAM


def test_nobody_takes_back_what_is_no_longer_his_to_decide(world):
    id_ = world.write("naaf")
    world.decide("bob", id_, "spam")
    with writing(world.engine) as session:
        session.execute(update(Thread).values(unit_key="gent"))
    assert world.send("bob", "/desk/undo", batch=batch(world)).status_code == 404
    assert world.state(id_) is State.SPAM


def test_the_queue_offers_to_undo_only_what_still_can_be(world):
    ids = [world.write() for _ in range(3)]
    world.in_bulk("hub", "spam", *[f"{id_}:1" for id_ in ids])
    mine = batch(world)
    world.decide("bob", ids[0], "approve", version=2)
    page = world.client("hub").get(f"/desk/?batch={mine}").text
    assert "2 comments: spam." in page
    assert ("batch", mine) in form(page, "/desk/undo").fields


def test_after_everything_was_undone_the_queue_offers_nothing(world):
    world.decide("hub", world.write(), "spam")
    mine = batch(world)
    world.send("hub", "/desk/undo", batch=mine)
    assert "/desk/undo" not in world.client("hub").get(f"/desk/?batch={mine}").text


def test_somebody_elses_batch_is_not_offered(world):
    world.decide("bob", world.write("naaf"), "spam")
    assert "/desk/undo" not in world.client("hub").get(f"/desk/?batch={batch(world)}").text


def test_decisions_without_a_batch_are_never_taken_back_by_an_empty_name(world):
    id_ = world.write()
    world.decide("hub", id_, "spam")
    with writing(world.engine) as session:
        session.execute(update(LogRow).values(batch=""))
    assert world.send("hub", "/desk/undo", batch="").status_code == 404
    assert world.state(id_) is State.SPAM


def test_undo_brings_back_the_queue_that_one_came_from(world):
    id_ = world.write()
    world.decide("hub", id_, "spam")
    answer = world.send("hub", "/desk/undo", batch=batch(world), q="is:spam", after="0")
    assert answer.location == "/desk/?q=is:spam&after=0"
