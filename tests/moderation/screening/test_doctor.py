"""What the doctor says of Akismet, asked from a server of its protocol; never the key."""

import pytest

from comments.actions import note
from comments.database import writing
from comments.upkeep.doctor import Check, Status
from examples.akismet_server import AkismetServer
from moderation.screening.akismet import Akismet
from moderation.screening.akismet_answer import Alert, Answer, Usage
from moderation.screening.doctor import key, plan

from ..conftest import Make
from ..world import World
from .akismet_cast import KEY


def told(world: World) -> list[Check]:
    """As `flask ops doctor` asks."""
    (examine,) = world.comments.doctor_checks
    return list(examine())


def asking(make: Make, service: Akismet, server: AkismetServer) -> World:
    return make(service, akismet_key=KEY, akismet_url=server.url)


def test_without_a_key_nobody_is_asked(world: World) -> None:
    assert told(world) == [Check("akismet", Status.OK, "is not asked")]


def test_switched_off_nobody_is_asked(make: Make, service: Akismet, server: AkismetServer) -> None:
    world = make(service, akismet_key=KEY, akismet_mode="off")
    assert told(world) == [Check("akismet", Status.OK, "is not asked")]
    assert not server.requests


def test_a_key_that_holds_is_told_with_what_was_used(
    make: Make, service: Akismet, server: AkismetServer
) -> None:
    first, second = told(asking(make, service, server))
    assert first == Check("akismet", Status.OK, f"{server.url} takes the key")
    assert second.status is Status.OK
    assert "calls this month" in second.says


@pytest.mark.parametrize(
    ("mode", "problem"),
    [("invalid_key", "invalid_key"), ("500", "server_error"), ("down", "down")],
)
def test_a_key_that_is_not_taken_is_bad_and_not_told(
    mode: str, problem: str, make: Make, service: Akismet, server: AkismetServer
) -> None:
    server.behave(mode)
    (check,) = told(asking(make, service, server))
    assert check == Check("akismet", Status.BAD, f"{server.url} does not take the key: {problem}")
    assert KEY not in check.says


def test_a_plan_that_is_used_up_is_told_of(
    make: Make, service: Akismet, server: AkismetServer
) -> None:
    server.behave("over_quota")
    checks = told(asking(make, service, server))
    assert Check("akismet", Status.WARN, "12,000 of 10,000 calls this month") in checks


def test_the_trouble_of_the_last_answer_is_told_with_its_time(
    make: Make, service: Akismet, server: AkismetServer
) -> None:
    world = asking(make, service, server)
    id_ = world.write()
    with writing(world.engine) as session:
        for alert in (None, 10005):
            note(session, id_, "akismet", world.clock(), problem="suspended", alert=alert)
    assert told(world)[-1] == Check(
        "akismet",
        Status.WARN,
        "its last answer (2026-03-02 09:00 UTC) came with problem suspended, alert 10005",
    )


def test_of_an_answer_that_went_well_nothing_is_told(
    make: Make, service: Akismet, server: AkismetServer
) -> None:
    world = asking(make, service, server)
    id_ = world.write()
    with writing(world.engine) as session:
        note(session, id_, "akismet", world.clock(), problem="down", alert=None)
        note(session, id_, "akismet", world.clock(), problem=None, alert=None)
    assert [check.status for check in told(world)] == [Status.OK, Status.OK]


def test_an_alert_beside_a_key_that_holds_is_told_of() -> None:
    check = key(Answer(alert=Alert(10508, "You are over your limit.")), "https://akismet.example")
    assert check == Check("akismet", Status.WARN, "takes the key, with alert 10508")


@pytest.mark.parametrize(
    ("usage", "status", "says"),
    [
        (Usage(None, 12), Status.OK, "12 calls this month, without a limit"),
        (Usage(1000, 899, 89.9), Status.OK, "899 of 1,000 calls this month"),
        (Usage(1000, 900, 90.0), Status.WARN, "900 of 1,000 calls this month"),
        (Usage(1000, 10, 1.0, throttled=True), Status.WARN, "10 of 1,000 calls this month"),
        (
            Usage(problem="timeout"),
            Status.WARN,
            "does not tell what is left of the plan: timeout",
        ),
    ],
)
def test_what_is_left_of_the_plan(usage: Usage, status: Status, says: str) -> None:
    assert plan(usage) == Check("akismet", status, says)
