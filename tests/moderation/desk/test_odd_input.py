"""Whatever is sent to the desk, it answers in order: never 500, never half a decision."""

import pytest

from comments.states import State

HUGE = str(2**63)
ABSURD = "9" * 400
NO_NUMBERS = ["", "x", "-1", "1.0", " 1", "1e3", "²", "٣", HUGE, ABSURD, "\0"]


@pytest.mark.parametrize("door", ["/desk/{}", "/desk/bulk"])
def test_an_action_that_the_desk_does_not_know_is_400(world, door):
    id_ = world.write()
    actions = ["", "explode", "withdraw", "undo", "APPROVE", "approve ", "\0", "a" * 999]
    answers = {
        action: world.send("hub", door.format(id_), action=action, version=1, card=f"{id_}:1")
        for action in actions
    }
    assert {action: a.status_code for action, a in answers.items()} == dict.fromkeys(actions, 400)
    assert (world.state(id_), world.log()) == (State.PENDING, [])


def test_a_version_that_is_no_number_is_400(world):
    id_ = world.write()
    statuses = {v: world.decide("hub", id_, "approve", v).status_code for v in NO_NUMBERS}
    assert statuses == dict.fromkeys(NO_NUMBERS, 400)
    assert world.state(id_) is State.PENDING


def test_a_number_that_no_comment_has_is_404(world):
    numbers = ["0", "7", str(2**63 - 1), HUGE, ABSURD]
    client = world.client("hub")
    assert {client.get(f"/desk/{number}").status_code for number in numbers} == {404}
    assert {world.decide("hub", number, "approve").status_code for number in numbers} == {404}


def test_what_is_no_number_is_no_address(world):
    world.write()
    client = world.client("hub")
    paths = ["/desk/x", "/desk/-1", "/desk/1.0", "/desk/1/", "/desk/²"]
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 404)


def test_a_card_that_is_none_stops_the_whole(world):
    id_ = world.write()
    cards = [
        "",
        "x",
        "1",
        "1:",
        ":1",
        "1:1:x",
        "1:1:-1",
        "1:1:1:1",
        "1:x",
        "-1:1",
        f"{HUGE}:1",
        f"1:{HUGE}",
        ABSURD,
    ]
    statuses = {
        card: world.in_bulk("hub", "approve", f"{id_}:1", card).status_code for card in cards
    }
    assert statuses == dict.fromkeys(cards, 400)
    assert (world.state(id_), world.log()) == (State.PENDING, [])


@pytest.mark.parametrize("name", ["after", "late"])
def test_a_number_in_the_address_that_is_none_is_400(world, name):
    client = world.client("hub")
    values = ["", "x", "-1", "1e3", "²", "٣", HUGE, ABSURD, "%00", "%ff"]
    statuses = {value: client.get(f"/desk/?{name}={value}").status_code for value in values}
    assert statuses == dict.fromkeys(values, 400)


def test_a_decision_is_not_lost_for_an_odd_way_back(world):
    for value in ("", "x", "-1", HUGE, ABSURD, "\0"):
        id_ = world.write()
        sent = {"action": "approve", "version": 1, "after": value, "q": "\0"}
        answer = world.send("hub", f"/desk/{id_}", **sent)
        assert (answer.status_code, world.state(id_)) == (303, State.APPROVED)
        assert "after" not in answer.location


def test_any_search_gets_an_answer(world):
    world.write()
    client = world.client("hub")
    lines = ["%00", "%ff", "a" * 5000, "is:", ":", "is:spam%0d%0aX-Odd:1", "{{7*7}}", "%E2%80%AE"]
    statuses = {line: client.get(f"/desk/?q={line}").status_code for line in lines}
    assert statuses == dict.fromkeys(lines, 200)


def test_any_name_of_a_batch_gets_an_answer_on_both_databases(either_world):
    client = either_world.client("hub")
    names = ["%00", "a" * 5000, "'", "%ff", "é"]
    statuses = {name: client.get(f"/desk/?batch={name}").status_code for name in names}
    assert statuses == dict.fromkeys(names, 200)


def test_a_batch_that_is_not_there_is_404(world):
    names = ["", "\0", "a" * 5000, "bestaat niet", "0"]
    statuses = {n: world.send("hub", "/desk/undo", batch=n).status_code for n in names}
    assert statuses == dict.fromkeys(names, 404)


def test_other_methods_are_405(world):
    client = world.client("hub")
    paths = ["/desk/", "/desk/1", "/desk/bulk", "/desk/undo"]
    found = {
        client.open(p, method=m).status_code for p in paths for m in ("PUT", "DELETE", "PATCH")
    }
    assert found == {405}


def test_a_form_of_the_desk_is_not_read_by_its_address(world):
    client = world.client("hub")
    assert [client.get(p).status_code for p in ("/desk/bulk", "/desk/undo")] == [405, 405]


def test_a_body_without_end_is_refused(world):
    id_ = world.write()
    sent = {"action": "approve", "version": 1, "csrf_token": world.token, "more": "a" * 1_000_000}
    answer = world.client("hub").post(f"/desk/{id_}", data=sent)
    assert (answer.status_code, world.state(id_)) == (413, State.PENDING)


def test_a_body_that_is_no_form_decides_nothing(world):
    id_ = world.write()
    answer = world.client("hub").post(f"/desk/{id_}", json={"action": "approve", "version": 1})
    assert (answer.status_code, world.state(id_)) == (303, State.PENDING)
