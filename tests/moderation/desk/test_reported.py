"""What readers report comes to the desk: why, how often, by whom it may be seen, and what can be decided."""

import pytest
from sqlalchemy import select

from comments.database import reading
from comments.reporting.models import Report
from comments.states import Action, State
from tests.moderation.world import CAST, EMAIL, World

from .forms import form


@pytest.fixture
def reported(world: World) -> int:
    """An approved comment under an article of Dirk's, reported once."""
    id_ = world.write("spaak")
    world.move(id_, Action.APPROVE)
    world.report(id_, "spam", "Hier wordt iets <b>verkocht</b>.")
    return id_


def page(world: World, query: str = "", who: str = "hub") -> str:
    return world.client(who).get(f"/desk/?q={query}").text


def open_reports(world: World, id_: int) -> list[str]:
    with reading(world.engine) as session:
        rows = select(Report.outcome).where(Report.comment_id == id_).order_by(Report.id)
        return list(session.scalars(rows))


@pytest.mark.parametrize("query", ["", "is:pending", "is:reported"])
def test_a_reported_comment_is_in_the_queue_until_it_was_decided(world, reported, query):
    assert f'id="card-{reported}"' in page(world, query)
    form(page(world), f"/desk/{reported}").press(world.client("hub"), "keep")
    assert f'id="card-{reported}"' not in page(world, query)


def test_what_only_waits_for_a_first_decision_is_no_report(world, reported):
    other = world.write()
    assert f'id="card-{other}"' not in page(world, "is:reported")


def test_the_tabs_count_what_waits_and_what_for(world, reported):
    world.write()
    found = page(world)
    for label, number in (("Waiting", 2), ("Edits", 0), ("Reports", 1)):
        assert f'{label} <span class="ww-number">{number}</span>' in found


def test_the_card_says_how_often_as_what_and_why(world, reported):
    world.report(reported, "spam", "Alweer reclame.")
    world.report(reported, "hate", "Dit is haat.")
    found = page(world)
    for words in (
        "Reported 3 times",
        "Advertising or spam",
        "2 reports",
        "Hate or a threat",
        "Alweer reclame.",
        "Hier wordt iets &lt;b&gt;verkocht&lt;/b&gt;.",
        "A reader reported it: Hate or a threat",
    ):
        assert words in found


def test_of_many_reports_of_a_kind_the_last_are_shown(world, reported):
    for number in range(9):
        world.report(reported, "spam", f"Reden {number}.")
    found = page(world)
    assert "10 reports" in found
    assert [n for n in range(9) if f"Reden {n}." in found] == [6, 7, 8]


@pytest.mark.parametrize(("who", "sees"), [("hub", True), ("bob", True), ("dirk", False)])
def test_only_moderators_see_who_reported_and_nobody_his_address(world, reported, who, sees):
    found = page(world, who=who)
    assert f'id="card-{reported}"' in found
    assert ("Fenna" in found) is sees
    assert EMAIL not in found


def test_the_buttons_are_those_that_make_sense(world, reported):
    found = form(page(world), f"/desk/{reported}")
    assert found.buttons == ["keep", "reject", "spam", "hold"]
    assert 'data-key="l" aria-keyshortcuts="l">Leave as it is <kbd' in page(world)


@pytest.mark.parametrize(
    ("action", "state", "outcome"),
    [
        ("keep", State.APPROVED, "kept"),
        ("reject", State.REJECTED, "removed"),
        ("spam", State.SPAM, "removed"),
    ],
)
def test_a_decision_closes_the_report_and_undoing_opens_it(world, reported, action, state, outcome):
    client = world.client("hub")
    answer = form(page(world), f"/desk/{reported}").press(client, action)
    assert (world.state(reported), open_reports(world, reported)) == (state, [outcome])
    undo = form(client.get(answer.location).text, "/desk/undo")
    undo.press(client)
    assert (world.state(reported), open_reports(world, reported)) == (State.APPROVED, [""])
    assert f'id="card-{reported}"' in page(world, "is:reported")
    assert world.broken() is None


def test_to_put_it_back_in_the_queue_leaves_the_report_open(world, reported):
    form(page(world), f"/desk/{reported}").press(world.client("hub"), "hold")
    assert (world.state(reported), open_reports(world, reported)) == (State.PENDING, [""])


def test_what_was_left_as_it_is_is_said_so(world, reported):
    client = world.client("bob")
    answer = form(page(world), f"/desk/{reported}").press(client, "keep")
    assert "1 comment: left as it is." in client.get(answer.location).text
    story = client.get(f"/desk/{reported}").text.partition("What happened to it")[2]
    assert "reported by a reader" in story
    assert "Bob Terpstra: left as it is" in story


def test_nobody_lets_a_comment_stand_against_a_report_that_he_has_not_read(world, reported):
    seen = form(page(world), f"/desk/{reported}")
    world.report(reported, "illegal", "Dit is strafbaar.")
    answer = seen.press(world.client("hub"), "keep")
    assert answer.status_code == 409
    assert "Dit is strafbaar." in answer.text
    assert open_reports(world, reported) == ["", ""]
    form(answer.text, f"/desk/{reported}").press(world.client("hub"), "keep")
    assert open_reports(world, reported) == ["kept", "kept"]


def test_a_report_that_comes_in_meanwhile_does_not_stop_who_takes_the_comment_down(world, reported):
    seen = form(page(world), f"/desk/{reported}")
    world.report(reported, "illegal", "Dit is strafbaar.")
    assert seen.press(world.client("hub"), "reject").status_code == 303
    assert open_reports(world, reported) == ["removed", "removed"]


def test_a_report_that_comes_in_while_somebody_can_undo_stands_in_nobodys_way(world):
    id_ = world.write("naaf")
    client = world.client("bob")
    answer = form(page(world), f"/desk/{id_}").press(client, "approve")
    world.report(id_)
    form(client.get(answer.location).text, "/desk/undo").press(client)
    assert world.state(id_) is State.PENDING


def test_in_bulk_each_gets_what_fits_and_the_others_are_told(world, reported):
    waiting = world.write("spaak")
    client = world.client("hub")
    bulk = form(page(world), "/desk/bulk")
    assert bulk.buttons == ["approve", "reject", "spam", "hold", "keep"]
    answer = bulk.press(client, "approve", picked=2)
    assert (world.state(waiting), open_reports(world, reported)) == (State.APPROVED, [""])
    said = client.get(answer.location).text
    assert "On 1 comment this could not be decided; it was left as it is." in said
    assert "Somebody decided" not in said


def test_several_reported_ones_are_left_as_they_are_in_one_go(world, reported):
    other = world.write("spaak", person=CAST["bob"])
    world.report(other)
    bulk = form(page(world, "is:reported"), "/desk/bulk")
    bulk.press(world.client("hub"), "keep", picked=2)
    assert [open_reports(world, id_) for id_ in (reported, other)] == [["kept"], ["kept"]]


def test_moderators_of_another_unit_hear_nothing_of_it(world, reported):
    assert f'id="card-{reported}"' not in page(world, "is:reported", who="cas")
    assert world.decide("cas", reported, "keep", 2).status_code == 404
