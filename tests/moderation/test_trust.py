"""Whom the row trusts: an address that was confirmed by a link and of which enough was approved; no typed name."""

from typing import Any

import pytest
from sqlalchemy import event

from comments import gather
from comments.database import reading, writing
from comments.intake import Refused, submit
from comments.keys import address_key
from comments.me import export, leaving
from comments.me.leaving import How
from comments.me.view import Owner
from comments.proof import actions, confirming
from comments.states import Action, State
from comments.tokens import Confirmation
from moderation.screening.models import Asked
from moderation.units.actions import set_member
from moderation.units.queries import house

from .conftest import Make
from .world import CAST, EMAIL, World


@pytest.fixture
def trusting(make: Make) -> World:
    """A site that trusts an address after two approved comments."""
    return make(trusted_after=2)


def proven(world: World, count: int) -> None:
    """So many comments of Dia that are hers for sure and that a person approved."""
    for _ in range(count):
        world.move(world.write(proved=True), Action.APPROVE)


def confirms(world: World, comment_id: int, name: bool = False) -> State | None:
    """She presses the button behind the link in the letter for this comment."""
    asked = Confirmation(world.site.keys.seal(EMAIL), comment_id, "naaf")
    found = confirming.offer(world.site, asked)
    assert found is not None
    return confirming.confirm(world.site, found, name, f"key {comment_id}", world.clock())


def own(world: World) -> str:
    return world.site.keys.digest("email", address_key(EMAIL))


def test_after_enough_approved_ones_a_proved_comment_appears_at_once(trusting: World) -> None:
    proven(trusting, 2)
    fresh = trusting.write(proved=True)
    assert trusting.state(fresh) is State.APPROVED
    assert trusting.codes(fresh) == ["known_address"]


@pytest.mark.parametrize("count", [0, 1])
def test_before_that_it_waits(trusting: World, count: int) -> None:
    proven(trusting, count)
    assert trusting.state(trusting.write(proved=True)) is State.PENDING


def test_a_typed_address_is_never_trusted(trusting: World) -> None:
    proven(trusting, 2)
    assert trusting.state(trusting.write()) is State.PENDING


def test_what_was_not_proved_does_not_count(trusting: World) -> None:
    for _ in range(5):
        trusting.move(trusting.write(), Action.APPROVE)
    assert trusting.state(trusting.write(proved=True)) is State.PENDING


def test_confirming_lets_a_trusted_ones_comment_appear_at_once(trusting: World) -> None:
    proven(trusting, 2)
    waiting = trusting.write()
    assert trusting.state(waiting) is State.PENDING
    assert confirms(trusting, waiting) is State.APPROVED
    (row,) = trusting.log(waiting)
    assert (row.machine, row.actor_key) == (True, "trust")
    assert {job.kind for job in trusting.jobs(waiting)} >= {"tell_followers"}
    assert trusting.broken() is None


def test_confirming_changes_nothing_where_trust_is_not_earned(trusting: World) -> None:
    waiting = trusting.write()
    assert confirms(trusting, waiting) is State.PENDING
    assert trusting.log(waiting) == []
    assert trusting.codes(waiting) == ["known_too_little"]


def test_a_person_who_decided_first_is_right(trusting: World) -> None:
    proven(trusting, 2)
    waiting = trusting.write()
    trusting.move(waiting, Action.APPROVE)
    trusting.move(waiting, Action.HOLD)
    assert confirms(trusting, waiting) is State.PENDING
    rejected = trusting.write()
    trusting.move(rejected, Action.REJECT)
    assert confirms(trusting, rejected) is State.REJECTED


@pytest.mark.parametrize("text", ["Kijk: https://a.example https://b.example https://c.example"])
def test_trust_goes_before_what_only_holds(trusting: World, text: str) -> None:
    proven(trusting, 2)
    waiting = trusting.write(text=text)
    assert confirms(trusting, waiting) is State.APPROVED


def test_under_anothers_name_nobody_is_trusted(trusting: World) -> None:
    proven(trusting, 2)
    other = trusting.site.keys.digest("email", "eve@elders.example")
    with writing(trusting.engine) as session:
        actions.open_mailbox(session, other, "1:x", "", "key", trusting.clock())
        assert actions.claim(session, "Eve", other, trusting.clock())
    fresh = trusting.write(proved=True, name="Еve")
    assert trusting.state(fresh) is State.PENDING
    assert "name_of_other" in trusting.codes(fresh)


def test_a_trusted_address_keeps_its_trust_under_its_own_name(trusting: World) -> None:
    proven(trusting, 2)
    first = trusting.write()
    confirms(trusting, first, name=True)
    assert trusting.state(trusting.write(proved=True)) is State.APPROVED


@pytest.mark.parametrize("who", ["ada", "bob", "cas", "dirk", "hub"])
def test_the_name_of_no_member_can_be_taken(world: World, who: str) -> None:
    result = submit(world.site, world.draft(name=CAST[who].name.upper()))
    assert isinstance(result, Refused)
    assert [found.code for found in result.draft.findings if found.field == "name"] == [
        "name_of_house"
    ]


def test_the_house_are_members_and_authors(either_world: World) -> None:
    either_world.write("naaf")
    with reading(either_world.engine) as session:
        assert house(session) == {"ada", "bob", "cas", "dirk", "hub"}


def test_asking_after_the_house_costs_the_same_for_any_number(world: World) -> None:
    asked: list[str] = []

    def cost() -> int:
        asked.clear()
        with reading(world.engine) as session:
            gather.is_of_house(session, world.site, "Dia", None)
        return len(asked)

    def noted(*args: Any) -> None:
        asked.append(args[2])

    event.listen(world.engine, "before_cursor_execute", noted)
    few = cost()
    with writing(world.engine) as session:
        for number in range(200):
            set_member(session, f"lid {number}", "gent", "author")
    assert cost() == few == 1
    event.remove(world.engine, "before_cursor_execute", noted)


def test_the_desk_sees_a_confirmed_address_and_a_name_of_his_own(trusting: World) -> None:
    waiting = trusting.write()
    page = trusting.client("hub").get(f"/desk/{waiting}").text
    assert ("address confirmed" in page, "this name is his own" in page) == (False, False)
    confirms(trusting, waiting, name=True)
    page = trusting.client("hub").get(f"/desk/{waiting}").text
    assert ("address confirmed" in page, "this name is his own" in page) == (True, True)
    borrowed = trusting.write(email="eve@elders.example")
    page = trusting.client("hub").get(f"/desk/{borrowed}").text
    assert ("address confirmed" in page, "this name is his own" in page) == (False, False)


def asked_about(world: World) -> int:
    comment_id = world.write()
    with writing(world.engine) as session:
        session.add(
            Asked(comment_id=comment_id, verdict="spam", guid="G-1", asked_at=world.clock())
        )
    return comment_id


def test_what_akismet_said_is_told_to_its_author(either_world: World) -> None:
    comment_id = asked_about(either_world)
    owner = Owner("token", EMAIL, own(either_world))
    (told,) = export.everything(either_world.site, owner, either_world.clock())["comments"]
    assert told["id"] == comment_id
    assert told["more"]["akismet_says"] == "spam"
    assert told["more"]["akismet_reference"] == "G-1"


@pytest.mark.parametrize("how", How)
def test_what_akismet_said_goes_with_him(either_world: World, how: How) -> None:
    asked_about(either_world)
    leaving.leave(either_world.site, own(either_world), how, either_world.clock())
    assert either_world.counted(Asked) == 0
    assert either_world.broken() is None
