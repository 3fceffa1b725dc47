"""One's own comment after posting: what happens to it, changing it for a while, taking it away."""

import pytest
from playwright.sync_api import Locator, expect

from . import axe, desk
from .conftest import Visit
from .discussion import EMPTY, LONG, WAITS, answer, comment, fill_in, post, posting, read
from .site import Site
from .visitor import Visitor

pytestmark = pytest.mark.browser

TEXT, NEW = "Wie het overneemt weet niemand.", "Ik weet inmiddels wie het overneemt."


def posted(reader: Visitor, text: str = TEXT) -> Locator:
    read(reader, EMPTY)
    fill_in(reader, text)
    assert post(reader).status == 303
    return comment(reader, text)


def changes(reader: Visitor, own: Locator, text: str = NEW) -> int:
    own.get_by_role("link", name="Bewerken").click()
    reader.headed("Je reactie bewerken")
    reader.page.get_by_label("Je reactie").fill(text)
    return posting(reader, reader.button("Opslaan").click).status


def withdraws(reader: Visitor, own: Locator) -> None:
    own.get_by_role("link", name="Intrekken").click()
    reader.headed("Je reactie intrekken?")
    reader.button("Intrekken").click()
    reader.headed("Je reactie is weg")


def decided(visit: Visit, text: str, action: str) -> None:
    """Hub finds the card with this text on his desk, and decides."""
    hub = visit()
    desk.come_to_desk(hub, "hub")
    card = desk.cards(hub).filter(has_text=text)
    desk.decide(card, action)
    expect(hub.button("Ongedaan maken")).to_be_visible()


def test_the_receipt_says_what_happens_now_and_survives_a_reload(reader: Visitor) -> None:
    own = posted(reader)
    for _ in range(2):
        expect(own).to_contain_text(WAITS)
        expect(own).to_contain_text("We hebben je reactie ontvangen; alleen jij ziet haar.")
        reader.page.reload()


def test_whoever_posted_stands_at_his_comment(reader: Visitor) -> None:
    expect(posted(reader)).to_be_focused()


def test_with_scripts_it_is_announced(visit: Visit) -> None:
    reader = visit()
    posted(reader)
    expect(reader.page.locator("[data-say]")).to_contain_text("We hebben je reactie ontvangen")


def test_a_waiting_comment_is_changed_at_once(reader: Visitor, site: Site) -> None:
    own = posted(reader)
    assert changes(reader, own) == 303
    expect(comment(reader, NEW)).to_contain_text(WAITS)
    expect(comment(reader, NEW)).to_contain_text("bewerkt")
    expect(comment(reader, TEXT)).to_have_count(0)
    assert site.rows("SELECT standing FROM ww_revision WHERE source = :it", it=TEXT) == [("past",)]


def test_a_change_of_what_is_public_waits_until_somebody_has_read_it(
    reader: Visitor, visit: Visit
) -> None:
    posted(reader)
    decided(visit, TEXT, "Goedkeuren")
    reader.page.reload()
    expect(comment(reader, TEXT)).to_contain_text("Je reactie is voor iedereen te lezen.")
    changes(reader, comment(reader, TEXT))
    expect(comment(reader, TEXT)).to_contain_text(NEW)
    expect(comment(reader, TEXT)).to_contain_text("Je nieuwe tekst wacht op iemand van ons")
    other = visit()
    read(other, EMPTY)
    expect(comment(other, TEXT)).to_have_count(1)
    expect(comment(other, NEW)).to_have_count(0)


def test_a_faulty_change_loses_nothing(reader: Visitor) -> None:
    own = posted(reader)
    assert changes(reader, own, "x" * 5001) == 422
    expect(reader.page.get_by_role("alert")).to_be_focused()
    expect(reader.page.get_by_label("Je reactie")).to_have_value("x" * 5001)


def test_who_leaves_it_as_it_is_comes_back_to_it(reader: Visitor) -> None:
    own = posted(reader)
    own.get_by_role("link", name="Bewerken").click()
    reader.link("Laat het zo").click()
    expect(comment(reader, TEXT)).to_contain_text(WAITS)


def test_withdrawn_it_is_gone(reader: Visitor, site: Site) -> None:
    withdraws(reader, posted(reader))
    reader.page.get_by_role("main").get_by_role("link", name=f"Terug naar ‘{EMPTY}’").click()
    reader.headed(EMPTY)
    expect(comment(reader, TEXT)).to_have_count(0)
    assert site.rows("SELECT count(*) FROM ww_comment WHERE source = :it", it=TEXT) == [(0,)]


def test_where_it_was_answered_an_empty_place_stays(reader: Visitor, visit: Visit) -> None:
    posted(reader)
    decided(visit, TEXT, "Goedkeuren")
    bob = visit()
    bob.come_as("bob")
    read(bob, EMPTY)
    answer(bob, TEXT)
    bob.page.get_by_label("Je reactie").fill("Dat vragen wij ons ook af.")
    post(bob)
    reader.page.reload()
    withdraws(reader, comment(reader, TEXT))
    other = visit()
    read(other, EMPTY)
    expect(other.page.locator("article.is-gone")).to_have_count(1)
    expect(comment(other, "Dat vragen wij ons ook af.")).to_have_count(1)
    expect(comment(other, TEXT)).to_have_count(0)


def test_staff_change_their_own_at_once(visit: Visit) -> None:
    bob = visit()
    bob.come_as("bob")
    read(bob, EMPTY)
    bob.page.get_by_label("Je reactie").fill(TEXT)
    post(bob)
    read(bob, EMPTY)
    changes(bob, comment(bob, TEXT))
    other = visit()
    read(other, EMPTY)
    expect(comment(other, NEW)).to_contain_text("bewerkt")


def test_a_rejected_comment_says_so_to_whoever_wrote_it(reader: Visitor, visit: Visit) -> None:
    posted(reader)
    decided(visit, TEXT, "Afwijzen")
    reader.page.reload()
    expect(comment(reader, TEXT)).to_contain_text("besloten haar niet te plaatsen")


def test_spam_is_said_honestly(reader: Visitor, visit: Visit) -> None:
    posted(reader)
    decided(visit, TEXT, "Spam")
    reader.page.reload()
    expect(comment(reader, TEXT)).to_contain_text("houdt je reactie voor spam")


def test_a_held_answer_under_a_folded_branch_is_shown_to_its_author(reader: Visitor) -> None:
    read(reader, LONG)
    answer(reader, "Monique is ook onze Monique.")
    fill_in(reader, TEXT)
    post(reader)
    expect(comment(reader, TEXT)).to_contain_text(WAITS)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("page", ["receipt", "edit", "withdraw", "gone", "conflict"])
def test_every_page_fits_and_shuts_nobody_out(visit: Visit, page: str, width: int) -> None:
    reader = visit(viewport={"width": width, "height": 800})
    own = posted(reader, "W" * 120)
    if page in ("edit", "conflict"):
        own.get_by_role("link", name="Bewerken").click()
    if page == "conflict":
        reader.page.locator("[name=seen]").evaluate("input => { input.value = 'x'; }")
        reader.page.get_by_label("Je reactie").fill(NEW)
        reader.button("Opslaan").click()
        expect(reader.page.get_by_role("alert")).to_be_visible()
    if page == "withdraw":
        own.get_by_role("link", name="Intrekken").click()
    if page == "gone":
        withdraws(reader, own)
    for scheme, options in (("light", None), ("dark", axe.COLOURS)):
        reader.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert axe.faults(reader.page, options) == []
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width
