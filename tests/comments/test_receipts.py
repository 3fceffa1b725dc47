"""What a reader is told of his own comment: what happens now, how long that takes, what he can still do."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, update

from comments.database import writing
from comments.draft import Draft, Outcome
from comments.facts import Facts
from comments.log import Actor
from comments.models import Comment
from comments.states import Action

from .browser import body_of, posted_id, posts, words_of
from .host import BOB, BOB_DECIDES, MACHINE, Clock, Room, SmallHost
from .mail_site import mail_site
from .small_site import small_site

ONLY_YOU = "We have received your comment; only you can see it."


def told(client: FlaskClient, place: str, comment_id: int) -> str:
    """What stands with his comment for him alone."""
    shown = body_of(client.get(place).text, comment_id)
    return words_of(shown.partition('<div class="ww-own')[2].partition(">")[2])


def test_while_it_waits_he_is_told_for_what(client: FlaskClient) -> None:
    answer = posts(client)
    said = told(client, answer.location, posted_id(answer))
    assert said.startswith(f"{ONLY_YOU} A person reads your comment before it appears.")


def test_it_survives_a_reload_and_another_browser(app: Flask, client: FlaskClient) -> None:
    answer = posts(client)
    own = posted_id(answer)
    for browser in (client, client, app.test_client()):
        page = browser.get(answer.location)
        assert ONLY_YOU in told(browser, answer.location, own)
        assert page.headers["Cache-Control"] == "private, no-store"


def test_by_the_cookie_he_is_told_the_same(client: FlaskClient) -> None:
    own = posted_id(posts(client, remember="1"))
    assert ONLY_YOU in told(client, "/dekschuit/", own)


@pytest.mark.parametrize(
    ("wait", "said"),
    [
        (timedelta(minutes=50), "That usually takes less than an hour."),
        (timedelta(hours=3), "That usually takes a few hours."),
        (timedelta(hours=20), "That usually takes less than a day."),
        (timedelta(days=2), "That usually takes a few days."),
        (timedelta(days=9), "That can take a week or longer."),
        (None, ""),
    ],
)
def test_how_long_it_usually_takes_is_said_where_it_is_known(
    host: SmallHost, clock: Clock, wait: timedelta | None, said: str
) -> None:
    app = small_site(host, clock, usual_wait=lambda session: wait)
    client = app.test_client()
    answer = posts(client)
    words = told(client, answer.location, posted_id(answer))
    assert said in words
    assert ("usually" in words or "can take" in words) is bool(said)
    app.extensions["comments"].site.versions.close()


def test_once_approved_it_says_that_everybody_can_read_it(client: FlaskClient, room: Room) -> None:
    answer = posts(client)
    own = posted_id(answer)
    room.moves(own, Action.APPROVE)
    assert told(client, answer.location, own).startswith("Your comment is public.")


def test_of_what_was_approved_long_ago_the_cookie_says_nothing_any_more(
    client: FlaskClient, room: Room
) -> None:
    own = posted_id(posts(client, remember="1"))
    room.moves(own, Action.APPROVE)
    said = told(client, "/dekschuit/", own)
    assert "public" not in said
    assert "Withdraw" in said


def test_once_rejected_it_says_so_and_by_which_guideline(client: FlaskClient, room: Room) -> None:
    answer = posts(client)
    own = posted_id(answer)
    room.moves(own, Action.REJECT, Actor("7", clause="3b"))
    said = told(client, answer.location, own)
    assert "One of us has read it and decided not to publish it." in said
    assert "The guideline that it goes against: 3b." in said
    assert ONLY_YOU not in said


def test_without_a_guideline_none_is_named(client: FlaskClient, room: Room) -> None:
    answer = posts(client)
    room.moves(posted_id(answer), Action.REJECT)
    assert "guideline" not in told(client, answer.location, posted_id(answer))


@pytest.mark.parametrize(
    ("actor", "said"),
    [
        (MACHINE, "Our filters hold it for spam; a person looks at it too."),
        (BOB_DECIDES, "One of us holds it for spam, so it is not published."),
    ],
)
def test_spam_is_no_secret_from_whoever_wrote_it(
    client: FlaskClient, room: Room, actor: Actor, said: str
) -> None:
    answer = posts(client)
    room.moves(posted_id(answer), Action.SPAM, actor)
    words = told(client, answer.location, posted_id(answer))
    assert said in words
    assert ONLY_YOU not in words


def test_what_the_row_called_spam_at_once_is_said_too(host: SmallHost, clock: Clock) -> None:
    def row(draft: Draft, facts: Facts) -> Draft:
        return draft.found("row", Outcome.SPAM, "waits_for_person")

    app = small_site(host, clock, screen=row)
    client = app.test_client()
    answer = posts(client)
    assert "Our filters hold it for spam" in told(client, answer.location, posted_id(answer))
    app.extensions["comments"].site.versions.close()


def test_a_decision_taken_back_is_told_as_it_is_now(client: FlaskClient, room: Room) -> None:
    answer = posts(client)
    room.undoes(room.moves(posted_id(answer), Action.REJECT))
    assert ONLY_YOU in told(client, answer.location, posted_id(answer))


def test_a_held_answer_is_shown_where_the_answered_one_stands_on_another_page(
    client: FlaskClient, room: Room
) -> None:
    roots = [room.says() for _ in range(4)]
    answer = posts(client, f"/dekschuit/?reply={roots[3]}", text="Nog niet gelezen.")
    assert ONLY_YOU in told(client, answer.location, posted_id(answer))


def test_a_held_answer_is_shown_where_its_branch_is_folded(client: FlaskClient, room: Room) -> None:
    root = room.says()
    for _ in range(6):
        room.says(parent=root)
    answer = posts(client, f"/dekschuit/?reply={root}", text="Nog niet gelezen.")
    assert ONLY_YOU in told(client, answer.location, posted_id(answer))


def test_what_was_withdrawn_is_shown_to_nobody(client: FlaskClient, room: Room) -> None:
    answer = posts(client)
    own = posted_id(answer)
    room.moves(own, Action.WITHDRAW)
    page = client.get(answer.location).text
    assert f'id="comment-{own}"' not in page
    assert "ww-own" not in page


def test_only_his_own_are_told_of(client: FlaskClient, room: Room) -> None:
    room.says("Van een ander.")
    answer = posts(client)
    assert client.get(answer.location).text.count('<div class="ww-own') == 1


def test_staff_are_told_of_theirs_on_the_page(
    client: FlaskClient, host: SmallHost, room: Room
) -> None:
    own = [room.staff_says() for _ in range(2)]
    room.says()
    host.signed_in = BOB
    client.set_cookie("session", "")
    page = client.get("/dekschuit/").text
    assert page.count('<div class="ww-own') == len(own)


# letters


@pytest.fixture
def mailing(host: SmallHost, clock: Clock, tmp_path: Path) -> Iterator[FlaskClient]:
    app = mail_site(host, clock, tmp_path)
    yield app.test_client()
    app.extensions["comments"].site.versions.close()


def test_who_wants_to_be_told_is_told_that_he_must_confirm_first(mailing: FlaskClient) -> None:
    answer = posts(mailing, tell="1")
    said = told(mailing, answer.location, posted_id(answer))
    assert "We sent you a letter. Press the link in it" in said
    assert "Once you have confirmed your address we mail you" in said


def test_who_has_confirmed_is_told_that_a_letter_comes(mailing: FlaskClient, room: Room) -> None:
    answer = posts(mailing, tell="1")
    own = posted_id(answer)
    with writing(room.engine) as session:
        session.execute(update(Comment).where(Comment.id == own).values(proved=True))
    said = told(mailing, answer.location, own)
    assert "We mail you when it has been decided on." in said
    assert "confirmed" not in said


def test_a_site_without_mail_promises_none(client: FlaskClient) -> None:
    answer = posts(client, tell="1")
    assert "mail you" not in told(client, answer.location, posted_id(answer))


# what it costs


def test_a_page_of_staff_with_many_of_his_own_takes_no_more_reads(
    app: Flask, client: FlaskClient, host: SmallHost, room: Room, reads: list[str]
) -> None:
    host.signed_in = BOB
    client.set_cookie("session", "")
    counts = []
    for _ in range(2):
        room.staff_says()
        reads.clear()
        client.get("/dekschuit/")
        counts.append(len(reads))
    assert counts[0] == counts[1]


@pytest.fixture
def reads(room: Room) -> Iterator[list[str]]:
    found: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        found.append(statement)

    event.listen(room.engine, "before_cursor_execute", note)
    yield found
    event.remove(room.engine, "before_cursor_execute", note)


def test_nothing_is_asked_for_whoever_only_reads(
    app: Flask, client: FlaskClient, room: Room, reads: list[str]
) -> None:
    room.says()
    reads.clear()
    client.get("/dekschuit/")
    assert not [statement for statement in reads if "ww_finding" in statement]
