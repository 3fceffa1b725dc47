"""Only a form of this very site, given to this very session, decides anything."""

import pytest

from comments.states import State

TOO_OLD = "This page stood open for long, so nothing was decided. Try once more."


def fields(id_: int, **more: str) -> dict[str, str]:
    return {"action": "approve", "version": "1", "card": f"{id_}:1", **more}


@pytest.mark.parametrize("door", ["/desk/{}", "/desk/bulk", "/desk/undo"])
def test_without_a_true_token_nothing_is_decided_and_that_is_said(world, door):
    id_ = world.write()
    client = world.client("hub")
    for token in ({}, *({"csrf_token": text} for text in ("", "verzonnen", "\0", "a.b.c"))):
        answer = client.post(door.format(id_), data=fields(id_, **token))
        assert (answer.status_code, answer.location) == (303, "/desk/")
        assert TOO_OLD in client.get(answer.location).text
    assert (world.state(id_), world.log()) == (State.PENDING, [])


def test_a_token_of_another_session_decides_nothing(world):
    id_ = world.write()
    client = world.client("hub")
    with client.session_transaction() as kept:
        kept["csrf_token"] = "q" * 40
    client.post(f"/desk/{id_}", data=fields(id_, csrf_token=world.token))
    assert world.state(id_) is State.PENDING


def test_a_token_in_the_address_decides_nothing(world):
    id_ = world.write()
    world.client("hub").post(f"/desk/{id_}?csrf_token={world.token}", data=fields(id_))
    assert world.state(id_) is State.PENDING


ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://kwaad.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost.kwaad.example"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
]


def test_what_another_site_sends_decides_nothing(world):
    id_ = world.write()
    given = fields(id_, csrf_token=world.token)
    for headers in ELSEWHERE:
        world.client("hub").post(f"/desk/{id_}", data=given, headers=headers)
        assert (headers, world.state(id_), world.log()) == (headers, State.PENDING, [])


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}],
)
def test_what_this_site_sends_decides(world, headers):
    id_ = world.write()
    given = fields(id_, csrf_token=world.token)
    world.client("hub").post(f"/desk/{id_}", data=given, headers=headers)
    assert world.state(id_) is State.APPROVED


def test_a_token_that_is_too_old_decides_nothing(make):
    world = make()
    id_ = world.write()
    world.app.config["WTF_CSRF_TIME_LIMIT"] = -1
    world.decide("hub", id_, "approve")
    assert world.state(id_) is State.PENDING
