"""Who sees what at the desk, deciding on several at once, and two people on one comment."""

import pytest
from playwright.sync_api import expect

from . import desk
from .conftest import Visit
from .desk import card, cards, come_to_desk, open_card
from .discussion import posting
from .visitor import Visitor

pytestmark = pytest.mark.browser

UTRECHT = "Bloemenkraam Croes"
HIS_OWN = "Gerrit Eshuis"


def test_an_author_sees_what_waits_under_his_own_articles(reader: Visitor) -> None:
    come_to_desk(reader, "dirk")
    expect(cards(reader)).to_have_count(1)
    expect(card(reader, HIS_OWN)).to_contain_text("Meten zonder ranglijst")


def test_an_author_is_shown_no_address(reader: Visitor) -> None:
    come_to_desk(reader, "dirk")
    expect(cards(reader)).not_to_contain_text("@")


def test_a_moderator_sees_his_unit_and_the_middle_sees_all(reader: Visitor, visit: Visit) -> None:
    come_to_desk(reader, "cas")
    assert {words.strip() for words in places(reader)} == {"Gent"}
    middle = visit()
    come_to_desk(middle, "hub")
    assert {words.strip() for words in places(middle)} == {"Gent", "Utrecht", "Centrale redactie"}


def places(visitor: Visitor) -> list[str]:
    """The unit that each card names."""
    return [words.split("·")[1] for words in visitor.page.locator(".ww-where").all_inner_texts()]


def test_a_card_of_another_unit_is_not_there(reader: Visitor, visit: Visit) -> None:
    come_to_desk(reader, "bob")
    open_card(reader, UTRECHT)
    cas = visit()
    come_to_desk(cas, "cas")
    assert cas.go(reader.page.url.removeprefix(reader.site.url)).status == 404


def test_who_is_not_signed_in_signs_in_and_comes_to_the_card(reader: Visitor, visit: Visit) -> None:
    bob = visit()
    come_to_desk(bob, "bob")
    open_card(bob, UTRECHT)
    reader.go(bob.page.url.removeprefix(bob.site.url))
    reader.headed("Inloggen")
    reader.give_password("bob")
    expect(reader.page).to_have_url(bob.page.url)
    expect(card(reader, UTRECHT)).to_be_visible()


def test_three_that_were_ticked_are_approved_at_once_and_undone_at_once(reader: Visitor) -> None:
    come_to_desk(reader, "hub")
    before = cards(reader).count()
    for box in reader.page.get_by_role("checkbox").all()[-3:]:
        box.check()
    reader.page.locator("#bulk").get_by_role("button", name="Goedkeuren").click()
    reader.sees("3 reacties: goedgekeurd.")
    expect(cards(reader)).to_have_count(before - 3)
    reader.button("Ongedaan maken").click()
    reader.sees("3 beslissingen")
    expect(cards(reader)).to_have_count(before)


def test_who_comes_second_is_told_who_was_first(
    reader: Visitor, visit: Visit, scripts: bool
) -> None:
    hub = visit(scripts=scripts)
    for moderator, login in ((reader, "bob"), (hub, "hub")):
        come_to_desk(moderator, login)
        open_card(moderator, UTRECHT)
    desk.decide(card(reader, UTRECHT), "Goedkeuren")
    reader.sees("1 reactie: goedgekeurd.")
    said = posting(hub, hub.button("Afwijzen").click)
    assert said.status == 409
    hub.headed("Iemand was je voor")
    hub.sees("Bob Willemsen: goedgekeurd")
    expect(card(hub, UTRECHT).locator(".ww-mark")).to_have_text("Goedgekeurd")
    expect(card(hub, UTRECHT).get_by_role("button")).to_have_text(
        ["Afwijzen r", "Spam s", "Aanhouden h"]
    )


def test_a_decision_is_found_again_in_its_tab_with_who_took_it(reader: Visitor) -> None:
    come_to_desk(reader, "bob")
    desk.decide(card(reader, UTRECHT), "Spam")
    desk.show(reader, "Spam")
    expect(card(reader, UTRECHT)).to_contain_text("Bob Willemsen: spam")
    desk.decide(card(reader, UTRECHT), "Aanhouden")
    desk.show(reader, "Wacht")
    expect(card(reader, UTRECHT)).to_be_visible()
