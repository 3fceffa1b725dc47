"""What screening gathers before it judges: the rules that hold, and the brake."""

import pytest
from sqlalchemy import select

from comments import intake
from comments.database import reading, writing
from comments.draft import Origin
from comments.intake import Accepted, Refused
from comments.models import Brake, Finding
from moderation.screening.actions import add_rule, switch_rule
from tests.moderation.world import CAST

HOME = Origin("203.0.113.7", "Firefox")
TEN = 10


def rule(world, pattern: str, unit_key: str = "", outcome: str = "hold") -> int:
    with writing(world.engine) as session:
        return add_rule(session, "phrase", pattern, outcome, unit_key, world.clock()).id


def submit(world, address: str = HOME.address, **more) -> Accepted | Refused:
    return intake.submit(world.site, world.draft(origin=Origin(address, "Firefox"), **more))


def fill(world, address: str = HOME.address, times: int = TEN) -> None:
    for _ in range(times):
        assert isinstance(submit(world, address), Accepted)


@pytest.mark.parametrize(("key", "met"), [("naaf", True), ("velg", False)])
def test_a_rule_of_a_unit_holds_in_that_unit(world, key, met):
    rule(world, "casino", unit_key="utrecht")
    assert ("rule_phrase" in world.codes(world.write(key, "Casino!"))) is met


def test_a_rule_without_a_unit_holds_everywhere(world):
    rule(world, "casino")
    assert "rule_phrase" in world.codes(world.write("velg", "Casino!"))


def test_a_rule_that_is_off_says_nothing(world):
    number = rule(world, "casino")
    with writing(world.engine) as session:
        assert switch_rule(session, number, active=False)
    assert world.codes(world.write(text="Casino!")) == ["waits_for_person"]


def test_rules_speak_in_the_order_in_which_they_were_made(world):
    made = [rule(world, "casino"), rule(world, "gokken"), rule(world, "roulette", "utrecht")]
    written = world.write(text="roulette, gokken, casino")
    with reading(world.engine) as session:
        found = select(Finding.values).where(Finding.comment_id == written).order_by(Finding.id)
        met = [values["rule"] for values in session.scalars(found) if values]
    assert met == made


def test_the_number_of_links_is_the_sites_own_setting(make):
    world = make(links_held=1)
    assert "many_links" in world.codes(world.write(text="Zie https://a.example/"))


def test_the_eleventh_comment_from_one_household_has_to_wait(world):
    fill(world)
    refused = submit(world)
    assert isinstance(refused, Refused)
    assert [f.code for f in refused.draft.findings if f.outcome == "refuse"] == ["too_fast"]


def test_the_number_of_comments_is_the_sites_own_setting(make):
    world = make(accepted_per_ten_minutes=1)
    assert [type(submit(world)) for _ in range(2)] == [Accepted, Refused]


def test_another_household_does_not_wait(world):
    fill(world)
    assert isinstance(submit(world, "203.0.113.8"), Accepted)


@pytest.mark.parametrize(
    ("address", "waits"),
    [
        ("2001:db8:1:2::1", True),
        ("2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:3::1", False),
    ],
)
def test_a_line_of_ipv6_is_one_household(make, address, waits):
    world = make(accepted_per_ten_minutes=2)
    fill(world, "2001:db8:1:2::5", times=2)
    assert isinstance(submit(world, address), Refused) is waits


def test_a_double_click_is_no_haste(make):
    world = make(accepted_per_ten_minutes=2)
    again = [submit(world, text="Twee keer geklikt.") for _ in range(5)]
    assert {found.comment_id for found in again if isinstance(found, Accepted)} == {1}
    assert isinstance(submit(world), Accepted)


def test_staff_are_not_counted(make):
    world = make(accepted_per_ten_minutes=1)
    for number in range(3):
        assert isinstance(submit(world, text=f"Antwoord {number}", person=CAST["bob"]), Accepted)
    assert isinstance(submit(world), Accepted)


def test_whoever_has_no_address_is_not_braked(make):
    world = make(accepted_per_ten_minutes=1)
    assert [type(submit(world, "")) for _ in range(3)] == [Accepted] * 3


def test_the_brake_keeps_no_address(world):
    fill(world, times=1)
    with writing(world.engine) as session:
        keys = list(session.scalars(select(Brake.key)))
    assert len(keys) == 1
    assert "203.0.113" not in keys[0]


@pytest.mark.parametrize(
    "mistake",
    [
        {"email": "geen adres"},
        {"name": ""},
        {"text": " "},
        {"text": "a" * 5001},
        {"parent_id": 999},
    ],
)
def test_a_mistake_in_the_form_is_no_haste(world, mistake):
    for _ in range(TEN + 1):
        assert isinstance(submit(world, **mistake), Refused)
    assert isinstance(submit(world), Accepted)
