"""`flask moderation …` from the terminal: what it does, says and refuses."""

from operator import attrgetter
from typing import TypeVar

import pytest
from click.testing import Result
from sqlalchemy import select

from comments.database import reading
from comments.models import Job
from moderation.screening.models import RuleRow
from moderation.units.models import Member, Unit
from tests.moderation.world import World

T = TypeVar("T")


def run(world: World, *words: str) -> Result:
    return world.app.test_cli_runner().invoke(args=["moderation", *words])


def rows(world: World, table: type[T]) -> list[T]:
    """In the order in which they were made."""
    with reading(world.engine) as session:
        return sorted(session.scalars(select(table)), key=attrgetter("id"))


def test_a_unit_is_made(world):
    result = run(world, "unit", "delft", "Delft", "--parent", "hub")
    assert (result.exit_code, result.output) == (0, "Delft (delft) is a spoke.\n")
    unit = rows(world, Unit)[-1]
    assert (unit.key, unit.parent_id) == ("delft", 1)


def test_renaming_the_hub_leaves_it_the_hub(world):
    assert run(world, "unit", "hub", "Het midden").output == "Het midden (hub) is a hub.\n"
    assert world.client("hub").get("/desk/").status_code == 200
    world.write("velg")
    assert 'id="card-1"' in world.client("hub").get("/desk/").text


def test_a_member_is_made_and_comes_in(world):
    assert world.client("noor").get("/desk/").status_code == 404
    result = run(world, "member", "noor", "gent")
    assert (result.exit_code, result.output) == (0, "noor is moderator in gent.\n")
    assert world.client("noor").get("/desk/").status_code == 200


def test_a_member_of_the_hub_may_represent_a_unit(world):
    run(world, "member", "ivo", "hub", "--role", "lead", "--represents", "gent")
    member = rows(world, Member)[-1]
    assert (member.role, member.represents_id) == ("lead", 3)


def test_a_rule_is_added_and_holds_from_now_on(world):
    result = run(world, "rule", "phrase", "  snel   geld ", "--outcome", "spam")
    assert (result.exit_code, result.output) == (0, "Rule 1: phrase snel geld → spam.\n")
    assert "rule_phrase" in world.codes(world.write(text="Verdien snel geld"))


def test_a_rule_of_one_unit_is_added(world):
    assert run(world, "rule", "phrase", "casino", "--unit", "gent").exit_code == 0
    assert rows(world, RuleRow)[0].unit_key == "gent"


def test_the_rules_are_listed(world):
    run(world, "rule", "phrase", "casino", "--unit", "gent")
    run(world, "rule", "network", "192.0.2.7/24", "--outcome", "spam")
    run(world, "switch", "2", "off")
    assert run(world, "rules").output.splitlines() == [
        "1\ton\tphrase\tcasino\thold\tgent",
        "2\toff\tnetwork\t192.0.2.0/24\tspam\tall units",
    ]


@pytest.mark.parametrize(("state", "codes"), [("off", 1), ("on", 2)])
def test_a_rule_is_switched(world, state, codes):
    run(world, "rule", "phrase", "casino")
    run(world, "switch", "1", "off")
    assert run(world, "switch", "1", state).output == f"Rule 1 is {state}.\n"
    assert len(world.codes(world.write(text="Casino!"))) == codes


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["unit", "delft", "Delft", "--parent", "nowhere"], "there is no unit nowhere"),
        (["member", "noor", "nowhere"], "there is no such unit"),
        (["member", "noor", "hub", "--represents", "nowhere"], "there is no such unit"),
        (["rule", "phrase", " "], "the pattern is empty"),
        (["rule", "network", "overal"], "network takes an address or a network, like 192.0.2.0/24"),
        (["rule", "links_over", "veel"], "links_over takes a number"),
        (["rule", "link_host", "x"], "link_host takes a domain, like example.com"),
        (["rule", "phrase", "casino", "--unit", "nowhere"], "there is no unit nowhere"),
        (["switch", "9", "off"], "there is no rule 9"),
        (["ask-again"], "Akismet is off: set WEERWOORD_AKISMET_KEY"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line_and_changes_nothing(world, words, said):
    tables = (Unit, Member, RuleRow, Job)
    before = [world.counted(table) for table in tables]
    result = run(world, *words)
    assert (result.exit_code, result.output) == (1, f"Error: {said}\n")
    assert [world.counted(table) for table in tables] == before


@pytest.mark.parametrize(
    "words",
    [
        ["unit", "delft"],
        ["unit", "delft", "Delft", "--kind", "rim"],
        ["member", "noor", "hub", "--role", "king"],
        ["rule", "regex", "."],
        ["rule", "phrase", "x", "--outcome", "approve"],
        ["switch", "x", "on"],
        ["switch", "0", "on"],
        ["switch", str(2**63), "on"],
        ["switch", "1", "maybe"],
        ["explode"],
    ],
)
def test_what_is_no_command_is_wrong_usage(world, words):
    assert run(world, *words).exit_code == 2
