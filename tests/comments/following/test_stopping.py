"""Stopping by the link in a letter: one POST from anywhere, a page with a button, and taking it back."""

import re
from email.message import EmailMessage

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from comments.database import writing
from comments.following import actions
from comments.me import actions as me
from comments.tokens import Stop

from ..browser import SAME_ORIGIN, Reader, words_of
from ..databases import on_both_databases
from ..host import SPOKE
from ..proof.letters import SITE_URL
from .crowd import DIA, EVE, Crowd

ONE_CLICK = {"List-Unsubscribe": "One-Click"}
FROM_ELSEWHERE = {"Sec-Fetch-Site": "cross-site", "Origin": "https://mail.example"}


def way_out(letter: EmailMessage) -> str:
    """The path that a mail program posts to."""
    found = re.fullmatch(rf"<{SITE_URL}(/me/stop/\S+)>", letter["List-Unsubscribe"])
    assert found
    return found[1]


def one_click(client: FlaskClient, path: str) -> TestResponse:
    """As RFC 8058 has it: no cookie, from anywhere."""
    return client.post(path, data=ONE_CLICK, headers=FROM_ELSEWHERE)


def presses_on(client: FlaskClient, page: TestResponse) -> TestResponse:
    (form,) = Reader(page.text).forms
    return client.post(form.action, data=form.fields, headers=SAME_ORIGIN)


def lettered(crowd: Crowd, rhythm: str = "hour", scope: str = "all") -> str:
    """Somebody follows two discussions, and has a letter: its way out."""
    crowd.follows(DIA, scope, rhythm)
    crowd.follows(DIA, "all", rhythm, SPOKE)
    crowd.says(EVE, subject=SPOKE)
    crowd.work()
    crowd.later(hours=24)
    return way_out(crowd.letters(DIA)[0])


@on_both_databases
def test_one_click_stops_one_discussion(crowd: Crowd, client: FlaskClient) -> None:
    path = lettered(crowd)
    answer = one_click(client, path)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    (left,) = crowd.all_follows()
    crowd.says(EVE, subject=SPOKE)
    crowd.later(hours=2)
    assert len(crowd.letters(DIA)) == 1
    assert left.scope == "all"


@on_both_databases
def test_one_click_stops_all_that_comes_daily(crowd: Crowd, client: FlaskClient) -> None:
    path = lettered(crowd, "day")
    crowd.says(EVE)
    crowd.work()
    assert one_click(client, path).status_code == 200
    assert crowd.all_follows() == []
    assert crowd.news() == []
    crowd.later(hours=30)
    assert len(crowd.letters(DIA)) == 1


def test_the_daily_way_out_leaves_what_comes_by_the_hour(crowd: Crowd, client: FlaskClient) -> None:
    path = lettered(crowd, "day")
    kept = crowd.follows(DIA, rhythm="hour")
    one_click(client, path)
    assert [one.id for one in crowd.all_follows()] == [kept]


def test_whoever_clicks_twice_hears_the_same(crowd: Crowd, client: FlaskClient) -> None:
    path = lettered(crowd)
    first, second = one_click(client, path), one_click(client, path)
    assert first.status_code == second.status_code == 200
    assert words_of(first.text) == words_of(second.text)


def test_opening_the_link_changes_nothing_and_asks(crowd: Crowd, client: FlaskClient) -> None:
    path = lettered(crowd)
    for _ in range(2):
        page = client.get(path)
        assert page.status_code == 200
        assert page.headers["Cache-Control"] == "private, no-store"
        assert "You get letters about the discussion under De spaak" in words_of(page.text)
    assert len(crowd.all_follows()) == 2


@pytest.mark.parametrize("rhythm", ["hour", "day"])
def test_it_stops_by_the_button_and_can_be_taken_back(
    crowd: Crowd, client: FlaskClient, rhythm: str
) -> None:
    path = lettered(crowd, rhythm, "replies")
    before = {(one.thread_id, one.scope, one.rhythm) for one in crowd.all_follows()}
    stopped = presses_on(client, client.get(path))
    assert "The letters have stopped" in stopped.text
    assert len(crowd.all_follows()) == (1 if rhythm == "hour" else 0)
    back = presses_on(client, stopped)
    assert "You follow it again" in back.text
    assert {(one.thread_id, one.scope, one.rhythm) for one in crowd.all_follows()} == before
    assert "The letters have stopped" in presses_on(client, back).text


def test_the_link_of_a_stopped_discussion_offers_it_once_more(
    crowd: Crowd, client: FlaskClient
) -> None:
    path = lettered(crowd)
    one_click(client, path)
    page = client.get(path)
    assert "You get no more letters about the discussion under De spaak" in words_of(page.text)
    assert len(crowd.all_follows()) == 1
    presses_on(client, page)
    assert len(crowd.all_follows()) == 2


def test_another_site_cannot_take_it_back(crowd: Crowd, client: FlaskClient) -> None:
    path = lettered(crowd)
    (form,) = Reader(one_click(client, path).text).forms
    answer = client.post(path, data=form.fields, headers=FROM_ELSEWHERE)
    assert answer.status_code == 403
    assert len(crowd.all_follows()) == 1


def test_nobody_follows_again_what_the_page_did_not_offer(
    crowd: Crowd, client: FlaskClient
) -> None:
    path = lettered(crowd)
    one_click(client, path)
    tokens = crowd.comments.site.tokens
    of_another = tokens.again(crowd.hash(EVE), [(1, "all", "hour")])
    for given in ("", "x", of_another, tokens.stop(Stop(crowd.hash(DIA)))):
        answer = client.post(path, data={"again": given}, headers=SAME_ORIGIN)
        assert answer.status_code == 403
    assert len(crowd.all_follows()) == 1


def test_who_had_all_of_it_erased_is_offered_nothing(crowd: Crowd, client: FlaskClient) -> None:
    path = lettered(crowd)
    page = one_click(client, path)
    with writing(crowd.room.engine) as session:
        me.forget(session, crowd.hash(DIA))
    assert Reader(client.get(path).text).forms == []
    assert "The letters have stopped" in presses_on(client, page).text
    assert crowd.all_follows() == []


def test_a_link_never_grows_too_old(crowd: Crowd, client: FlaskClient) -> None:
    path = lettered(crowd)
    crowd.later(days=4000)
    assert one_click(client, path).status_code == 200
    assert len(crowd.all_follows()) == 1


def test_an_old_link_stops_what_is_followed_anew(crowd: Crowd, client: FlaskClient) -> None:
    path = lettered(crowd)
    one_click(client, path)
    crowd.follows(DIA, subject=SPOKE)
    one_click(client, path)
    assert len(crowd.all_follows()) == 1


@pytest.mark.parametrize(
    "damage", [lambda t: t[:-3], lambda t: t + "x", lambda t: "abc", str.upper]
)
def test_a_link_that_is_not_whole_says_so_and_stops_nothing(
    crowd: Crowd, client: FlaskClient, damage: object
) -> None:
    head, _, token = lettered(crowd).rpartition("/")
    path = f"{head}/{damage(token)}"  # type: ignore[operator]
    for answer in (client.get(path), one_click(client, path)):
        assert answer.status_code == 410
        assert "This link does not work" in answer.text
    assert len(crowd.all_follows()) == 2


def test_a_token_for_something_else_stops_nothing(crowd: Crowd, client: FlaskClient) -> None:
    lettered(crowd)
    tokens = crowd.comments.site.tokens
    other = tokens.again(crowd.hash(DIA), [(1, "all", "hour")])
    assert one_click(client, f"/me/stop/{other}").status_code == 410
    assert len(crowd.all_follows()) == 2


def test_the_link_goes_through_the_own_page_as_well(crowd: Crowd) -> None:
    own = crowd.follows(DIA)
    with writing(crowd.room.engine) as session:
        assert not actions.change(session, crowd.hash(EVE), own, "replies", "day")
        assert actions.change(session, crowd.hash(DIA), own, "replies", "day")
    (one,) = crowd.all_follows()
    assert (one.scope, one.rhythm) == ("replies", "day")
