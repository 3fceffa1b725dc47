"""One decision on one comment: through the form, at the version that was seen, logged, undone."""

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from comments.database import reading
from comments.models import Thread
from comments.states import MOVES, Action, State, desk_actions, step
from tests.moderation.world import START, World

from .forms import form

STATES = [s for s in State if s is not State.WITHDRAWN]


def reach(world: World, state: State) -> int:
    """A comment in this state."""
    id_ = world.write()
    ways = {s: a for a, s in MOVES[State.PENDING].items()}
    if state in ways:
        world.move(id_, ways[state])
    return id_


def query_of(location: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(location).query)


@pytest.mark.parametrize("state", STATES)
def test_every_move_of_the_table_can_be_made_and_no_other(world, state):
    for action in set(Action) - {Action.WITHDRAW}:
        id_ = reach(world, state)
        answer = world.decide("hub", id_, action.value, world.stored(id_).version)
        fits = action in desk_actions(state)
        expected = (303, step(state, action)) if fits else (409, state)
        assert (answer.status_code, world.state(id_)) == expected


def test_a_decision_is_one_row_of_the_log_with_who_and_for_which_unit(world):
    id_ = world.write("naaf")
    world.decide("bob", id_, "approve")
    (row,) = world.log()
    assert (row.comment_id, row.action, row.before, row.after) == (
        id_,
        "approve",
        State.PENDING,
        State.APPROVED,
    )
    assert (row.actor_key, row.machine, row.unit_key, row.at) == ("bob", False, "utrecht", START)
    assert len(row.batch) == 16


def test_the_central_desk_decides_in_its_own_name(world):
    world.decide("hub", world.write("velg"), "approve")
    assert world.log()[0].unit_key == "hub"


def test_all_decisions_hang_together_in_one_chain(world):
    first, second = world.write("naaf"), world.write("velg")
    world.decide("bob", first, "approve")
    world.decide("cas", second, "spam")
    world.decide("hub", first, "reject", version=2)
    world.send("hub", "/desk/undo", batch=world.log()[-1].batch)
    assert [row.seq for row in world.log()] == [1, 2, 3, 4]
    assert world.broken() is None


def test_an_approved_comment_is_counted_on_its_thread(world):
    world.decide("bob", world.write("naaf"), "approve")
    with reading(world.engine) as session:
        assert session.scalars(select(Thread.comment_count)).all() == [1]


def test_the_forms_of_a_card_work_as_they_stand(world):
    id_ = world.write("naaf")
    client = world.client("bob")
    page = client.get("/desk/?q=is:pending").text
    assert form(page, f"/desk/{id_}").press(client, "reject").status_code == 303
    assert world.state(id_) is State.REJECTED


def test_the_form_on_the_cards_own_page_works_as_it_stands(world):
    id_ = world.write("naaf")
    client = world.client("bob")
    form(client.get(f"/desk/{id_}").text, f"/desk/{id_}").press(client, "approve")
    assert world.state(id_) is State.APPROVED


def test_after_a_decision_the_queue_is_there_as_it_was(make):
    world = make(cards_per_page=1)
    first, second = world.write(), world.write()
    client = world.client("hub")
    page = client.get(f"/desk/?q=is:pending&after={first}").text
    answer = form(page, f"/desk/{second}").press(client, "approve")
    back = query_of(answer.location)
    assert (back["q"], back["after"]) == (["is:pending"], [str(first)])


def test_after_a_decision_in_another_queue_that_queue_is_there(world):
    id_ = reach(world, State.SPAM)
    client = world.client("hub")
    answer = form(client.get("/desk/?q=is:spam").text, f"/desk/{id_}").press(client, "hold")
    assert query_of(answer.location)["q"] == ["is:spam"]


def test_after_a_decision_the_queue_offers_to_undo_it(world):
    id_ = world.write()
    client = world.client("hub")
    answer = form(client.get("/desk/").text, f"/desk/{id_}").press(client, "reject")
    page = client.get(answer.location).text
    assert "1 comment: rejected." in page
    answer = form(page, "/desk/undo").press(client)
    assert (answer.status_code, world.state(id_)) == (303, State.PENDING)
    assert "1 decision was taken back." in client.get(answer.location).text


class TestSomebodyWasFirst:
    @pytest.fixture
    def answer(self, world):
        self.id = world.write("naaf")
        world.decide("hub", self.id, "approve")
        return world.decide("bob", self.id, "spam", version=1)

    def test_it_gets_409(self, answer):
        assert answer.status_code == 409

    def test_the_other_and_his_decision_are_named(self, answer):
        assert "Hub Smeets: approved" in answer.text

    def test_the_first_decision_stands(self, world, answer):
        assert (world.state(self.id), len(world.log())) == (State.APPROVED, 1)

    def test_the_card_is_there_as_it_is_now_and_can_be_decided_on(self, world, answer):
        assert 'name="version" value="2"' in answer.text
        form(answer.text, f"/desk/{self.id}").press(world.client("bob"), "spam")
        assert world.state(self.id) is State.SPAM

    def test_no_cache_keeps_it(self, answer):
        assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("version", [0, 2, 10**18])
def test_a_version_that_was_never_shown_decides_nothing(world, version):
    id_ = world.write()
    assert world.decide("hub", id_, "approve", version).status_code == 409
    assert (world.state(id_), world.log()) == (State.PENDING, [])


def test_of_a_comment_that_changed_without_a_decision_that_is_said(world):
    id_ = world.write()
    assert "The comment was changed meanwhile." in world.decide("hub", id_, "approve", 7).text


def test_what_a_decision_causes_is_owed_only_after_the_time_for_undoing(world):
    id_ = world.write()
    world.decide("hub", id_, "spam")
    (job,) = world.jobs(id_, "teach_spam")
    assert (job.kind, (job.not_before - START).seconds, job.cause) == ("teach_spam", 10, 1)
