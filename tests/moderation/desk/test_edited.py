"""An edit that waits comes to the desk: both texts, what changes, and what can be decided."""

import pytest

from comments.database import writing
from comments.models import Finding
from comments.states import Action, State
from tests.moderation.world import World

from .forms import form


@pytest.fixture
def edited(world: World) -> int:
    """An approved comment whose author wants another text."""
    id_ = world.write("naaf", "De eerste tekst.")
    world.move(id_, Action.APPROVE)
    world.edit(id_, "De tweede tekst.")
    return id_


def page(world: World, query: str = "", who: str = "hub") -> str:
    return world.client(who).get(f"/desk/?q={query}").text


@pytest.mark.parametrize("query", ["", "is:pending", "is:edited"])
def test_an_edit_is_in_the_queue_until_it_was_decided(world, edited, query):
    assert f'id="card-{edited}"' in page(world, query)
    world.decide("bob", edited, "approve", world.stored(edited).version)
    assert f'id="card-{edited}"' not in page(world, query)


def test_the_card_shows_both_texts_and_what_changes(world, edited):
    found = page(world)
    assert "<p>De eerste tekst.</p>" in found
    assert "<p>De tweede tekst.</p>" in found
    assert "Its author changed the text" in found
    diff = found.partition('class="ww-diff"')[2].partition("</p>")[0]
    assert "eerste" in diff.partition("<del>")[2].partition("</del>")[0]
    assert "tweede" in diff.partition("<ins>")[2].partition("</ins>")[0]
    assert "[taken out:]" in diff
    assert "[put in:]" in diff


def test_markup_in_an_edit_is_shown_as_what_was_typed(world, edited):
    world.edit(edited, "<script>alert(1)</script>")
    diff = page(world).partition('class="ww-diff"')[2].partition("</p>")[0]
    assert "<script>" not in diff
    assert "&lt;" in diff


def test_the_buttons_say_what_they_do(world, edited):
    assert form(page(world), f"/desk/{edited}").buttons == [
        "approve",
        "keep",
        "reject",
        "spam",
        "hold",
    ]
    found = page(world)
    assert 'data-key="a" aria-keyshortcuts="a">Take over the edit <kbd' in found
    assert 'data-key="l" aria-keyshortcuts="l">Leave as it is <kbd' in found


@pytest.mark.parametrize(
    ("action", "text", "said"),
    [
        ("approve", "De tweede tekst.", "edit taken over"),
        ("keep", "De eerste tekst.", "left as it is"),
    ],
)
def test_an_edit_is_taken_or_turned_down_and_undoing_lets_it_wait_again(
    world, edited, action, text, said
):
    client = world.client("bob")
    answer = form(page(world, who="bob"), f"/desk/{edited}").press(client, action)
    found = world.stored(edited)
    assert (found.source, found.edit_waits, found.waits) == (text, False, False)
    after = client.get(answer.location).text
    assert f"1 comment: {said}." in after
    form(after, "/desk/undo").press(client)
    found = world.stored(edited)
    assert (found.source, found.edit_waits, found.waits) == ("De eerste tekst.", True, True)
    assert found.state is State.APPROVED
    assert world.broken() is None


def test_in_the_queue_of_edits_all_are_taken_over_in_one_go(world, edited):
    other = world.write("naaf", "Nog een.")
    world.move(other, Action.APPROVE)
    world.edit(other, "Nog een, anders.")
    found = page(world, "is:edited")
    bulk = form(found, "/desk/bulk")
    assert "Take over the edit <kbd" in found.partition('id="bulk"')[2]
    bulk.press(world.client("hub"), "approve", picked=2)
    assert [world.stored(id_).source for id_ in (edited, other)] == [
        "De tweede tekst.",
        "Nog een, anders.",
    ]


def test_where_cards_differ_the_button_for_all_has_the_general_name(world, edited):
    world.write("naaf")
    bulk = page(world).partition('id="bulk"')[2]
    assert "Approve <kbd" in bulk
    assert "Take over" not in bulk


def test_a_confirmed_address_is_said_so_and_another_not(world):
    sure, unsure = world.write(proved=True), world.write(email="fay@lezers.example")
    for id_, said in ((sure, True), (unsure, False)):
        assert ("address confirmed" in world.client("hub").get(f"/desk/{id_}").text) is said


def test_a_name_that_is_somebody_elses_is_said_on_the_card(world):
    id_ = world.write()
    with writing(world.engine) as session:
        session.add(
            Finding(
                comment_id=id_, check="own_name", outcome="hold", code="name_of_other", values={}
            )
        )
    assert "This name was confirmed by somebody with another address" in page(world)
