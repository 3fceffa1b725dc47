"""Finding a comment useful through the door: counted once for each reader, without a cookie."""

import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from comments.database import reading, writing
from comments.extension import Comments
from comments.proof import actions as proof
from comments.proof.models import Mailbox
from comments.reader import COOKIE
from comments.states import Action, State
from comments.useful.models import Vote
from comments.useful.voting import by_address

from ..browser import SAME_ORIGIN, body_of, posted_id, posts
from ..host import BOB, DECK, SETTINGS, Clock, Room, SmallHost
from ..small_site import small_site

SCRIPT = {**SAME_ORIGIN, "Accept": "application/json"}
HOME, NEIGHBOUR = "203.0.113.7", "203.0.113.8"


def acts(client: FlaskClient, page: str = "/dekschuit/") -> dict[str, str]:
    """What the form of the buttons sends in any case."""
    html = client.get(page).text
    form = html.partition('<form id="ww-acts"')[2].partition("</form>")[0]
    assert form
    return dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))


def presses(
    client: FlaskClient,
    comment_id: object,
    button: str = "useful",
    /,
    *,
    page: str = "/dekschuit/",
    headers: Any = SCRIPT,
    address: str = HOME,
    agent: str = "Firefox",
    **fields: str,
) -> TestResponse:
    sent = {**acts(client, page), button: comment_id, **fields}
    return client.post(
        "/comments/dekschuit/useful",
        data=sent,
        headers={**headers, "User-Agent": agent},
        environ_base={"REMOTE_ADDR": address},
    )


def told(answer: TestResponse) -> tuple[int, bool]:
    assert answer.status_code == 200, answer.text
    found = answer.get_json()
    return found["count"], found["pressed"]


# counted


def test_it_is_counted_and_shown_to_everybody(client: FlaskClient, room: Room) -> None:
    own = room.says()
    assert told(presses(client, own)) == (1, True)
    assert re.search(r"Useful<span[^>]*>[^<]*</span> <b[^>]*>1</b>", client.get("/dekschuit/").text)


def test_neither_finding_it_useful_nor_coming_back_leaves_a_cookie(
    client: FlaskClient, room: Room
) -> None:
    own = room.says()
    answer = presses(client, own, headers=SAME_ORIGIN)
    assert "Set-Cookie" not in answer.headers
    assert "Set-Cookie" not in client.get(answer.location).headers


def test_the_same_reader_counts_once_and_may_take_it_back(client: FlaskClient, room: Room) -> None:
    own = room.says()
    assert [told(presses(client, own)) for _ in range(2)] == [(1, True), (1, True)]
    assert told(presses(client, own, "undo")) == (0, False)
    assert told(presses(client, own, "undo")) == (0, False)


def test_readers_are_told_apart_by_household_and_browser(client: FlaskClient, room: Room) -> None:
    own = room.says()
    counts = [
        told(presses(client, own, address=address, agent=agent))[0]
        for address, agent in ((HOME, "Firefox"), (HOME, "Safari"), (NEIGHBOUR, "Firefox"))
    ]
    assert counts == [1, 2, 3]


def test_one_line_of_ipv6_is_one_household(client: FlaskClient, room: Room) -> None:
    own = room.says()
    for address, count in (("2001:db8::1", 1), ("2001:db8::ffff:2", 1), ("2001:db8:0:1::1", 2)):
        assert told(presses(client, own, address=address))[0] == count


def test_a_person_of_the_house_counts_once_wherever_he_sits(
    client: FlaskClient, room: Room, host: SmallHost
) -> None:
    own = room.says()
    host.signed_in = BOB
    assert told(presses(client, own)) == (1, True)
    assert told(presses(client, own, address=NEIGHBOUR, agent="Safari")) == (1, True)


def test_another_site_cannot_vote_for_who_is_signed_in(
    client: FlaskClient, room: Room, host: SmallHost
) -> None:
    host.signed_in = BOB
    foreign = {**SCRIPT, "Sec-Fetch-Site": "cross-site"}
    assert presses(client, room.says(), headers=foreign).status_code == 403
    assert presses(client, room.says(), headers=foreign, agent="x").status_code == 403


# back to the page


def test_without_scripts_it_leads_back_to_the_comment_which_says_so(
    client: FlaskClient, room: Room
) -> None:
    own = room.says()
    answer = presses(client, own, headers=SAME_ORIGIN)
    assert answer.status_code == 303
    assert answer.location == f"/dekschuit/?marked={own}#comment-{own}"
    page = client.get(
        answer.location, headers={"User-Agent": "Firefox"}, environ_base={"REMOTE_ADDR": HOME}
    )
    assert page.headers["Cache-Control"] == "private, no-store"
    assert 'name="undo"' in body_of(page.text, own)
    assert 'aria-pressed="true"' in body_of(page.text, own)


def test_the_way_back_is_no_proof_for_somebody_else(client: FlaskClient, room: Room) -> None:
    own = room.says()
    back = presses(client, own, headers=SAME_ORIGIN).location
    other = client.get(
        back, headers={"User-Agent": "Firefox"}, environ_base={"REMOTE_ADDR": NEIGHBOUR}
    )
    assert 'name="useful"' in body_of(other.text, own)


def test_the_way_back_keeps_the_order_and_the_page(client: FlaskClient, room: Room) -> None:
    found = [room.says() for _ in range(5)]
    page = "/dekschuit/?order=newest"
    answer = presses(client, found[0], headers=SAME_ORIGIN, page=page)
    assert answer.location == (
        f"/dekschuit/comments/page/2/?order=newest&marked={found[0]}#comment-{found[0]}"
    )


def test_the_way_back_keeps_the_receipt(client: FlaskClient, room: Room) -> None:
    other = room.says()
    posted = posts(client, text="Nog niet gelezen.")
    answer = presses(client, other, headers=SAME_ORIGIN, page=posted.location)
    assert "receipt=" in answer.location
    assert "Nog niet gelezen." in client.get(answer.location).text


def test_a_public_page_knows_nobody(app: Flask, client: FlaskClient, room: Room) -> None:
    own = room.says()
    presses(client, own)
    assert 'name="useful"' in body_of(client.get("/dekschuit/").text, own)
    assert client.get("/dekschuit/").data == app.test_client().get("/dekschuit/").data


# refused


def refused(answer: TestResponse, status: int, words: str) -> None:
    assert answer.status_code == status
    assert words in (answer.get_json()["said"] if answer.is_json else answer.text)


@pytest.mark.parametrize("headers", [SCRIPT, SAME_ORIGIN], ids=["script", "plain"])
@pytest.mark.parametrize("asked", ["", "0", "x", "²", "-1", "999", str(2**63), "1" * 5000])
def test_a_comment_that_there_is_not_is_not_found_useful(
    client: FlaskClient, room: Room, headers: Any, asked: str
) -> None:
    room.says()
    refused(presses(client, asked, headers=headers), 404, "This comment is not here (any more).")


def test_neither_what_waits_nor_what_stands_elsewhere_is_here(
    client: FlaskClient, room: Room
) -> None:
    room.says()
    for asked in (room.says(state=State.PENDING), room.says_elsewhere()):
        refused(presses(client, asked), 404, "not here")


def test_a_placeholder_says_that_the_comment_was_removed(client: FlaskClient, room: Room) -> None:
    own = room.says()
    room.says(parent=own)
    room.moves(own, Action.REJECT)
    refused(presses(client, own, headers=SAME_ORIGIN), 409, "This comment was removed meanwhile.")


def test_a_pingback_is_not_found_useful(client: FlaskClient, room: Room) -> None:
    room.says()
    refused(presses(client, room.is_pinged(State.APPROVED)), 404, "not here")


@pytest.mark.parametrize("token", ["", "x", "WyJzcGFhayIsMF0.x"])
def test_a_token_that_does_not_hold_counts_nothing(
    client: FlaskClient, room: Room, token: str
) -> None:
    own = room.says()
    refused(presses(client, own, token=token), 403, "This page stood open for long.")
    assert room.comment(own).useful_count == 0


def test_a_page_that_stood_open_for_days_counts_nothing(
    client: FlaskClient, room: Room, clock: Clock
) -> None:
    own = room.says()
    sent = {**acts(client), "useful": own}
    clock.goes_on(days=2)
    answer = client.post("/comments/dekschuit/useful", data=sent, headers=SAME_ORIGIN)
    refused(answer, 403, "Go back to the article and press once more.")
    assert DECK.url in answer.text


def test_looking_changes_nothing(client: FlaskClient, room: Room) -> None:
    own = room.says()
    assert client.get(f"/comments/dekschuit/useful?useful={own}").status_code in (404, 405)
    client.get(f"/dekschuit/?marked={own}")
    assert room.comment(own).useful_count == 0


# his own


def test_who_comes_with_a_receipt_finds_no_button_at_his_own(
    client: FlaskClient, room: Room
) -> None:
    posted = posts(client)
    own = posted_id(posted)
    room.moves(own, Action.APPROVE)
    assert 'name="useful"' not in body_of(client.get(posted.location).text, own)
    assert 'name="useful"' in body_of(client.get("/dekschuit/").text, own)
    refused(presses(client, own, page=posted.location), 409, "This one is your own.")


def test_whom_his_browser_remembers_finds_no_button_at_his_own(
    client: FlaskClient, room: Room
) -> None:
    own = posted_id(posts(client, remember="1"))
    room.moves(own, Action.APPROVE)
    assert client.get_cookie(COOKIE)
    assert 'name="useful"' not in body_of(client.get("/dekschuit/").text, own)
    refused(presses(client, own), 409, "This one is your own.")


def test_a_person_of_the_house_does_not_vote_for_himself(
    client: FlaskClient, room: Room, host: SmallHost
) -> None:
    own, other = room.staff_says(), room.says()
    host.signed_in = BOB
    refused(presses(client, own), 409, "This one is your own.")
    assert told(presses(client, other)) == (1, True)


def test_who_has_proved_his_address_does_not_vote_for_himself_and_is_one_everywhere(
    app: Flask, client: FlaskClient, comments: Comments, room: Room
) -> None:
    own = room.says()
    other = room.accept(replace(room.draft(), email="cor@lezers.example"))
    second = app.test_client()
    for browser in (client, second):
        proves(browser, comments)
    refused(presses(client, own), 409, "This one is your own.")
    assert told(presses(client, other)) == (1, True)
    assert told(presses(second, other, address=NEIGHBOUR, agent="Safari")) == (1, True)


def test_an_address_that_was_erased_votes_no_more_in_a_browser_that_still_has_it(
    client: FlaskClient, comments: Comments, room: Room
) -> None:
    other = room.accept(replace(room.draft(), email="cor@lezers.example"))
    email_hash = proves(client, comments)
    with writing(room.engine) as session:
        session.delete(session.get_one(Mailbox, email_hash))
    assert told(presses(client, other)) == (1, True)
    who = by_address(comments.site, DECK.key, email_hash)
    with reading(room.engine) as session:
        assert who not in list(session.scalars(select(Vote.who)))


def test_what_a_browser_keeps_counts_only_where_it_says_that_this_site_asks(
    app: Flask, client: FlaskClient, comments: Comments, room: Room
) -> None:
    other = room.accept(replace(room.draft(), email="cor@lezers.example"))
    email_hash = proves(client, comments)
    assert told(presses(client, other, headers={"Accept": "application/json"})) == (1, True)
    who = by_address(comments.site, DECK.key, email_hash)
    with reading(room.engine) as session:
        assert who not in list(session.scalars(select(Vote.who)))
    assert told(presses(client, other)) == (2, True)
    # a page that is only looked at needs no header
    page = client.get(f"/dekschuit/?marked={other}").text
    assert 'name="undo"' in body_of(page, other)


def proves(browser: FlaskClient, comments: Comments, email: str = "dia@lezers.example") -> str:
    """The owner of the address confirmed it in this browser; its hash."""
    site = comments.site
    email_hash = site.keys.digest("email", email)
    with writing(site.engine) as session:
        proof.open_mailbox(session, email_hash, site.keys.seal(email), "en", "f", site.clock())
    browser.set_cookie(COOKIE, site.keys.seal(f'{{"proved": "{email_hash}"}}'))
    return email_hash


# brakes


@pytest.fixture
def braked(host: SmallHost, clock: Clock) -> Any:
    settings = replace(SETTINGS, useful_per_hour=3, useful_per_household=2, roots_per_page=9)
    app = small_site(host, clock, settings=settings)
    yield app.test_client()
    app.extensions["comments"].site.versions.close()


def test_a_household_finds_so_many_useful_in_an_hour(
    braked: FlaskClient, room: Room, clock: Clock
) -> None:
    found = [room.says() for _ in range(4)]
    for comment_id in found[:3]:
        assert told(presses(braked, comment_id)) == (1, True)
    answer = presses(braked, found[3])
    refused(answer, 429, "That was a lot at once.")
    assert 0 < int(answer.headers["Retry-After"]) <= 3600
    assert told(presses(braked, found[3], address=NEIGHBOUR)) == (1, True)
    clock.goes_on(hours=1)
    assert told(presses(braked, found[3])) == (2, True)


def test_a_household_counts_a_few_times_for_one_comment(
    braked: FlaskClient, room: Room, clock: Clock
) -> None:
    own = room.says()
    for agent in ("one", "two"):
        presses(braked, own, agent=agent)
    clock.goes_on(hours=2)
    assert presses(braked, own, agent="three").status_code == 429
    assert room.comment(own).useful_count == 2


def test_saying_it_again_and_taking_it_back_are_no_attempts(
    braked: FlaskClient, room: Room
) -> None:
    own = room.says()
    for _ in range(5):
        assert told(presses(braked, own)) == (1, True)
    assert told(presses(braked, own, "undo")) == (0, False)


# the order


def test_what_was_found_useful_stands_first_once_it_was_ranked(
    client: FlaskClient, room: Room, comments: Comments, clock: Clock
) -> None:
    found = [room.says() for _ in range(3)]
    for agent in ("one", "two"):
        presses(client, found[1], agent=agent)
    presses(client, found[0])
    before = client.get("/dekschuit/?order=useful").text
    clock.goes_on(minutes=1)
    comments.run_due()
    after = client.get("/dekschuit/?order=useful").text
    assert standing(before) == [found[2], found[1], found[0]]
    assert standing(after) == [found[1], found[0], found[2]]


def standing(html: str) -> list[int]:
    return [int(found) for found in re.findall(r'<article[^>]* id="comment-(\d+)"', html)]
