"""The page of a discussion at the desk: how it is held, what is marked, who may, who did."""

import re
from typing import Any

import pytest

from comments.facts import Mode
from comments.states import Action
from tests.moderation.world import CAST, World

PAGE = "/desk/discussion/naaf"


def hold(world: World, who: str = "bob", path: str = PAGE, **fields: str):
    return world.send(who, path, **fields)


def mark(world: World, id_: int, wanted: str, who: str = "bob", **fields: str):
    return world.send(who, f"/desk/{id_}/mark", mark=wanted, **fields)


def approved(world: World, key: str = "naaf", **more: Any) -> int:
    id_ = world.write(key, **more)
    world.move(id_, Action.APPROVE)
    return id_


@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("hub", (200, 200, 200)),
        ("ada", (200, 200, 200)),
        ("bob", (200, 404, 200)),
        ("cas", (404, 200, 404)),
        ("dirk", (404, 404, 200)),
        ("noor", (404, 404, 404)),
        ("", (302, 302, 302)),
    ],
)
def test_whoever_decides_on_its_comments_holds_the_discussion(world, who, statuses):
    client = world.client(who)
    paths = [f"/desk/discussion/{key}" for key in ("naaf", "velg", "spaak")]
    assert tuple(client.get(path).status_code for path in paths) == statuses


@pytest.mark.parametrize("who", ["cas", "dirk", "noor", ""])
def test_who_may_not_changes_nothing(world, who):
    id_ = approved(world)
    hold(world, who, closed="1")
    mark(world, id_, "pin", who)
    assert world.comments.mode("naaf") == Mode()
    assert not world.stored(id_).pinned


def test_a_discussion_is_held_before_anybody_has_spoken(world):
    answer = hold(world, premoderated="1", slow_minutes=" 10 ")
    assert (answer.status_code, answer.location) == (303, PAGE)
    assert world.comments.mode("naaf") == Mode(False, True, 10)
    page = world.client("bob").get(PAGE).text
    assert 'name="premoderated" value="1" checked' in page
    assert 'name="slow_minutes" value="10"' in page
    assert "Bob Terpstra: every comment is read first" in page
    assert "Bob Terpstra: the discussion goes slowly: one comment in 10 minutes" in page


@pytest.mark.parametrize("typed", ["x", "-1", "1441", "1e3", "9" * 30])
def test_odd_minutes_are_said_and_come_back(world, typed):
    answer = hold(world, slow_minutes=typed)
    assert answer.status_code == 422
    assert "A whole number of minutes" in answer.text
    assert f'value="{typed}"' in answer.text
    assert world.comments.mode("naaf") == Mode()


def test_what_the_desk_closed_takes_no_comment_until_it_is_opened(world):
    hold(world, closed="1")
    assert [f.code for f in world.refused("naaf")] == ["closed"]
    hold(world)
    assert world.refused("naaf") == ()


def test_where_all_is_read_first_that_is_said_on_the_card(world):
    hold(world, premoderated="1")
    world.write("naaf")
    assert (
        "Every comment in this discussion is read first" in world.client("bob").get("/desk/").text
    )


def test_a_slow_discussion_sends_who_was_too_soon_back(world):
    hold(world, slow_minutes="10")
    world.write("naaf")
    world.clock.later(minutes=9)
    (found,) = world.refused("naaf", "Nog een.")
    assert (found.code, found.values["minutes"]) == ("slow", 1)
    world.clock.later(minutes=1)
    assert world.refused("naaf", "Nog een.") == ()


def test_staff_are_never_too_soon(world):
    hold(world, slow_minutes="10")
    assert [world.refused("naaf", f"Deel {n}.", person=CAST["bob"]) for n in range(2)] == [(), ()]


@pytest.mark.parametrize("back", ["", "naaf"])
def test_a_mark_is_set_by_a_button_and_brings_back_where_it_stood(world, back):
    id_ = approved(world)
    answer = mark(world, id_, "pin", **({"discussion": back} if back else {}))
    assert answer.location == (PAGE if back else f"/desk/{id_}")
    assert world.stored(id_).pinned


def test_the_card_offers_what_fits_and_leads_to_the_discussion(world):
    id_ = approved(world)
    page = world.client("bob").get(f"/desk/{id_}").text
    assert re.findall(r'name="mark" value="(\w+)"', page) == ["pin", "feature", "lock"]
    assert f'href="{PAGE}"' in page
    held = world.write("naaf")
    assert 'name="mark"' not in world.client("bob").get(f"/desk/{held}").text


def test_the_page_lists_what_is_marked_and_takes_it_away(world):
    id_ = approved(world, name="Fenna")
    for wanted in ("pin", "feature", "lock"):
        mark(world, id_, wanted)
    page = world.client("bob").get(PAGE).text
    assert f"Fenna, comment {id_}" in page
    assert re.findall(r'name="mark" value="(\w+)"', page) == ["unpin", "unfeature", "unlock"]
    for wanted in ("unpin", "unfeature", "unlock"):
        mark(world, id_, wanted)
    assert "Fenna, comment" not in world.client("bob").get(PAGE).text


def test_a_fourth_pin_is_refused_kindly(world):
    for _ in range(3):
        mark(world, approved(world), "pin")
    client, last = world.client("bob"), approved(world)
    answer = client.post(f"/desk/{last}/mark", data={"csrf_token": world.token, "mark": "pin"})
    assert "3 comments are pinned here already." in client.get(answer.location).text
    assert not world.stored(last).pinned


def test_a_mark_that_does_not_fit_is_refused_kindly(world):
    client, held = world.client("bob"), world.write("naaf")
    answer = client.post(f"/desk/{held}/mark", data={"csrf_token": world.token, "mark": "pin"})
    assert "That does not go with this comment as it is now." in client.get(answer.location).text


@pytest.mark.parametrize("wanted", ["", "PIN", "delete"])
def test_a_mark_that_does_not_exist_is_not_understood(world, wanted):
    assert mark(world, approved(world), wanted).status_code == 400


@pytest.mark.parametrize("id_", [4711, 10**30])
def test_a_comment_that_is_not_there_is_not_marked(world, id_):
    assert mark(world, id_, "pin").status_code == 404


def test_a_locked_conversation_takes_no_answer_and_the_rest_goes_on(world):
    locked, other = approved(world), approved(world)
    reply = approved(world, parent_id=locked)
    mark(world, locked, "lock")
    for parent in (locked, reply):
        assert [f.code for f in world.refused("naaf", parent_id=parent)] == ["branch_locked"]
    assert world.refused("naaf", parent_id=other) == ()


def test_what_was_done_to_a_comment_is_in_its_story(world):
    id_ = approved(world)
    mark(world, id_, "feature")
    world.clock.later(minutes=1)
    mark(world, id_, "unfeature", "hub")
    story = world.client("hub").get(f"/desk/{id_}").text.partition("What happened to it")[2]
    at = [story.index(s) for s in ("Bob Terpstra: featured", "Hub Smeets: no longer featured")]
    assert at == sorted(at)


def test_a_forged_form_changes_nothing(world):
    id_ = approved(world)
    client = world.client("bob")
    for path, fields in ((PAGE, {"closed": "1"}), (f"/desk/{id_}/mark", {"mark": "pin"})):
        client.post(path, data=fields)
        headers = {"Sec-Fetch-Site": "cross-site"}
        client.post(path, data={"csrf_token": world.token, **fields}, headers=headers)
    assert world.comments.mode("naaf") == Mode()
    assert not world.stored(id_).pinned


def test_an_article_that_is_not_there_has_no_page(world):
    assert world.client("hub").get("/desk/discussion/nergens").status_code == 404


def test_only_who_holds_the_discussion_is_led_there_from_the_article(world):
    found = {who: world.leads(who, "spaak") for who in ("hub", "bob", "cas", "dirk", "noor")}
    own = "/desk/discussion/spaak"
    assert found == {"hub": own, "bob": own, "cas": "", "dirk": own, "noor": ""}
