"""Several decisions in one go: all that is still as it was seen, nothing that is not one's own."""

import pytest

from comments.states import State
from tests.moderation.world import World

from .forms import form


def cards(*ids: int) -> list[str]:
    return [f"{id_}:1" for id_ in ids]


def states(world: World, *ids: int) -> list[State]:
    return [world.state(id_) for id_ in ids]


@pytest.mark.parametrize(
    ("action", "state"),
    [("approve", State.APPROVED), ("reject", State.REJECTED), ("spam", State.SPAM)],
)
def test_what_is_chosen_is_decided_in_one_go(world, action, state):
    ids = [world.write(key) for key in ("naaf", "spaak", "naaf")]
    assert world.in_bulk("bob", action, *cards(*ids)).status_code == 303
    assert states(world, *ids) == [state] * 3
    assert len({row.batch for row in world.log()}) == 1


def test_what_is_not_chosen_stays(world):
    chosen, left = world.write(), world.write()
    world.in_bulk("hub", "approve", *cards(chosen))
    assert states(world, chosen, left) == [State.APPROVED, State.PENDING]


def test_the_boxes_of_the_page_belong_to_the_form(world):
    ids = [world.write() for _ in range(3)]
    client = world.client("hub")
    bulk = form(client.get("/desk/").text, "/desk/bulk")
    assert len(bulk.boxes) == 3
    bulk.press(client, "spam", picked=2)
    assert states(world, *ids) == [State.SPAM, State.SPAM, State.PENDING]


def test_comments_can_be_put_back_in_bulk(world):
    ids = [world.write(), world.write()]
    world.in_bulk("hub", "spam", *cards(*ids))
    world.in_bulk("hub", "hold", *[f"{id_}:2" for id_ in ids])
    assert states(world, *ids) == [State.PENDING] * 2


def test_where_somebody_was_first_the_others_are_done_and_the_number_is_said(world):
    ids = [world.write() for _ in range(3)]
    world.decide("bob", ids[1], "spam")
    client = world.client("hub")
    answer = client.post(
        "/desk/bulk",
        data={"csrf_token": world.token, "action": "approve", "card": cards(*ids)},
    )
    assert states(world, *ids) == [State.APPROVED, State.SPAM, State.APPROVED]
    page = client.get(answer.location).text
    assert "2 comments: approved." in page
    assert "Somebody decided on 1 comment before you" in page


def test_one_comment_of_somebody_else_stops_the_whole(world):
    own, foreign = world.write("naaf"), world.write("velg")
    assert world.in_bulk("bob", "approve", *cards(own, foreign)).status_code == 404
    assert (states(world, own, foreign), world.log()) == ([State.PENDING] * 2, [])


def test_one_comment_that_is_not_there_stops_the_whole(world):
    own = world.write("naaf")
    assert world.in_bulk("bob", "approve", *cards(own, own + 1)).status_code == 404
    assert world.state(own) is State.PENDING


def test_a_comment_that_is_sent_twice_is_decided_once_and_nobody_was_first(world):
    id_ = world.write()
    answer = world.in_bulk("hub", "approve", *cards(id_, id_))
    assert "late" not in answer.location
    assert len(world.log()) == 1


def test_where_nothing_is_chosen_that_is_said(world):
    id_ = world.write()
    client = world.client("hub")
    answer = form(client.get("/desk/").text, "/desk/bulk").press(client, "approve")
    assert answer.status_code == 303
    assert "Choose one or more comments first." in client.get(answer.location).text
    assert world.state(id_) is State.PENDING


def test_a_reply_and_its_parent_are_decided_together(world):
    parent = world.write()
    world.decide("hub", parent, "approve")
    reply = world.write(parent_id=parent)
    world.in_bulk("hub", "reject", f"{parent}:2", f"{reply}:1")
    assert states(world, parent, reply) == [State.REJECTED] * 2
    assert world.broken() is None
