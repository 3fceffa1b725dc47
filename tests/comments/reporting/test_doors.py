"""Reporting through the door: the form, its answers, who is heard, and what nobody may do."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from comments.database import reading
from comments.extension import Comments
from comments.mailing.settings import MailSettings
from comments.reporting.models import Report
from comments.states import Action, State
from tests.comments.browser import SAME_ORIGIN, Form, Reader, words_of
from tests.comments.host import BOB, Clock, Room, SmallHost
from tests.comments.mailing.catcher import Catcher
from tests.comments.small_site import in_english, small_site

TYPED = {"wrong": "spam", "why": "Hier wordt iets *verkocht*."}


def place(comment_id: int, key: str = "dekschuit") -> str:
    return f"/comments/{key}/{comment_id}/report"


def form_in(html: str) -> Form:
    """The form of a report on this page."""
    (found,) = (f for f in Reader(html).forms if f.action.endswith("/report"))
    return found


def sends(
    client: FlaskClient, comment_id: int, headers: Any = SAME_ORIGIN, **typed: Any
) -> TestResponse:
    fields = form_in(client.get(place(comment_id)).text).fields
    return client.post(place(comment_id), data={**fields, **TYPED, **typed}, headers=headers)


def kept(room: Room) -> list[Report]:
    with reading(room.engine) as session:
        return list(session.scalars(select(Report).order_by(Report.id)))


@pytest.fixture
def mailing(host: SmallHost, clock: Clock, catcher: Catcher) -> Iterator[Flask]:
    """The small site with a mail server."""
    mail = MailSettings(catcher.url, "Site <post@site.example>")
    app = small_site(host, clock, in_english, site_url="https://weerwoord.example", mail=mail)
    yield app
    app.extensions["comments"].site.versions.close()


def test_every_comment_that_is_read_has_a_quiet_way_to_report_it(
    room: Room, client: FlaskClient
) -> None:
    shown, held = room.says(), room.says(state=State.PENDING)
    page = client.get("/dekschuit/").text
    assert f'href="{place(shown)}" rel="nofollow">Report<' in page
    assert place(held) not in page


def test_the_form_shows_the_comment_and_sets_no_cookie(room: Room, client: FlaskClient) -> None:
    answer = client.get(place(room.says("Koop hier.")))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")
    assert "Koop hier." in answer.text
    assert "Dia Okonkwo" in words_of(answer.text)
    assert "Set-Cookie" not in answer.headers


def test_a_report_is_taken_and_thanked_for_at_once(room: Room, client: FlaskClient) -> None:
    id_ = room.says()
    answer = sends(client, id_)
    assert answer.status_code == 303
    assert "Thank you for your report" in client.get(answer.location).text
    (row,) = kept(room)
    assert (row.comment_id, row.wrong, row.why) == (id_, "spam", TYPED["why"])
    assert (row.name, row.email_sealed) == ("", "")


def test_two_of_one_household_who_leave_no_address_are_both_heard(
    room: Room, client: FlaskClient
) -> None:
    """Behind one address of the network there may be a whole office."""
    id_ = room.says()
    for why in ("Dit is reclame.", "Dit is reclame.", "En het is niet waar."):
        answer = sends(client, id_, why=why)
        assert "Thank you for your report" in client.get(answer.location).text
    assert [row.why for row in kept(room)] == [
        "Dit is reclame.",
        "Dit is reclame.",
        "En het is niet waar.",
    ]


def test_the_second_time_one_of_us_is_told_that_once_is_enough(
    room: Room, client: FlaskClient, host: SmallHost
) -> None:
    id_, host.signed_in = room.says(), BOB
    client.set_cookie("session", "x")
    sends(client, id_)
    answer = sends(client, id_)
    assert "You reported this already" in client.get(answer.location).text
    assert len(kept(room)) == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"wrong": ""}, "Choose what is wrong with it."),
        ({"wrong": "kwaad"}, "Choose what is wrong with it."),
        ({"why": " "}, "Tell us in a few words why it should not stand."),
        ({"why": "x" * 2001}, "at most 2,000 characters"),
        ({"why": "a\0b"}, "invisible control characters"),
        ({"wrong": "illegal"}, "tick that what you say is right"),
        ({"name": "x" * 81}, "at most 80 characters"),
        ({"name": "a\x1bb"}, "invisible control characters"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_mistake_is_said_and_all_that_was_typed_comes_back(
    room: Room, client: FlaskClient, typed: dict[str, str], said: str
) -> None:
    answer = sends(client, room.says(), **{"name": "Fenna", **typed})
    assert answer.status_code == 422
    assert said in answer.text
    given = {**TYPED, "name": "Fenna", **typed}
    assert (
        form_in(answer.text).fields["why"] == given["why"].replace("\0", "�")
        or "\0" in given["why"]
    )
    if given["name"].isprintable():
        assert form_in(answer.text).fields["name"] == given["name"]
    assert kept(room) == []


def test_the_form_that_came_back_can_be_mended_and_sent(room: Room, client: FlaskClient) -> None:
    id_ = room.says()
    back = form_in(sends(client, id_, why="").text)
    answer = client.post(place(id_), data={**back.fields, **TYPED}, headers=SAME_ORIGIN)
    assert (answer.status_code, len(kept(room))) == (303, 1)


@pytest.mark.parametrize("state", [s for s in State if s is not State.APPROVED])
def test_what_readers_do_not_see_cannot_be_reported(
    room: Room, client: FlaskClient, state: State
) -> None:
    id_ = room.says(state=state)
    assert client.get(place(id_)).status_code == 404
    token = form_in(client.get(place(room.says())).text).fields
    answer = client.post(place(id_), data={**token, **TYPED}, headers=SAME_ORIGIN)
    assert (answer.status_code, kept(room)) == (404, [])


@pytest.mark.parametrize(
    "path", [place(4711), place(10**30), place(1, "nergens"), place(1, "spaak")]
)
def test_what_is_not_there_is_not_found(room: Room, client: FlaskClient, path: str) -> None:
    room.says()
    assert (client.get(path).status_code, client.post(path).status_code) == (404, 404)


def test_a_page_that_stood_open_for_long_keeps_the_text(
    room: Room, client: FlaskClient, clock: Clock
) -> None:
    id_ = room.says()
    fields = form_in(client.get(place(id_)).text).fields
    clock.goes_on(days=3)
    answer = client.post(place(id_), data={**fields, **TYPED}, headers=SAME_ORIGIN)
    assert answer.status_code == 422
    assert "stood open for long" in answer.text
    assert form_in(answer.text).fields["why"] == TYPED["why"]
    assert kept(room) == []


def test_another_site_cannot_report_in_a_readers_name(room: Room, client: FlaskClient) -> None:
    answer = sends(client, room.says(), headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, kept(room)) == (403, [])


def test_the_sixth_report_of_a_household_in_an_hour_waits(
    room: Room, client: FlaskClient, clock: Clock
) -> None:
    ids = [room.says() for _ in range(6)]
    answers = [sends(client, id_) for id_ in ids]
    assert [a.status_code for a in answers] == [303] * 5 + [429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 3600
    assert form_in(answers[-1].text).fields["why"] == TYPED["why"]
    clock.goes_on(hours=1, seconds=1)
    assert sends(client, ids[-1]).status_code == 303


def test_mistakes_do_not_count_as_reports(room: Room, client: FlaskClient) -> None:
    id_ = room.says()
    for _ in range(7):
        sends(client, id_, why="")
    assert sends(client, id_).status_code == 303


def test_a_body_without_end_is_not_read(room: Room, client: FlaskClient) -> None:
    answer = sends(client, room.says(), why="x" * 100_000)
    assert (answer.status_code, kept(room)) == (413, [])


def test_one_of_us_reports_under_his_own_name_and_gets_no_letter(
    room: Room, client: FlaskClient, host: SmallHost
) -> None:
    id_ = room.says()
    host.signed_in = BOB
    client.set_cookie("session", "x")
    page = client.get(place(id_)).text
    assert "You report this as Bob Terpstra." in page
    fields = form_in(page).fields
    sent = {**fields, **TYPED, "name": "Iemand anders", "email": "x@lezers.example"}
    answer = client.post(place(id_), data=sent, headers=SAME_ORIGIN)
    assert answer.status_code == 303
    (row,) = kept(room)
    assert (row.name, row.email_sealed) == ("Bob Terpstra", "")


def test_where_there_is_no_mail_no_address_is_asked_for_nor_kept(
    room: Room, client: FlaskClient
) -> None:
    id_ = room.says()
    assert 'name="email"' not in client.get(place(id_)).text
    answer = sends(client, id_, email="dia@lezers.example")
    assert "letter" not in answer.location
    assert kept(room)[0].email_sealed == ""


class TestLetters:
    @pytest.fixture
    def comments(self, mailing: Flask) -> Comments:
        found: Comments = mailing.extensions["comments"]
        return found

    @pytest.fixture
    def reader(self, mailing: Flask) -> FlaskClient:
        return mailing.test_client()

    def test_who_left_an_address_hears_twice_and_no_more(
        self, room: Room, reader: FlaskClient, comments: Comments, catcher: Catcher, clock: Clock
    ) -> None:
        id_ = room.says()
        answer = sends(reader, id_, email="dia@lezers.example")
        assert "A letter that confirms this is on its way" in reader.get(answer.location).text
        comments.run_due()
        (first,) = catcher.letters
        assert first["To"] == "dia@lezers.example"
        assert first["Subject"] == "Your report has come in: De dekschuit"
        room.moves(id_, Action.REJECT)
        comments.run_due()
        assert len(catcher.letters) == 1
        clock.goes_on(seconds=11)
        comments.run_due()
        assert catcher.letters[1]["Subject"] == "What we did with your report: De dekschuit"
        room.moves(id_, Action.APPROVE)
        clock.goes_on(days=1)
        comments.run_due()
        assert len(catcher.letters) == 2

    @pytest.mark.parametrize(
        ("action", "said"),
        [
            (Action.KEEP, "the comment stays"),
            (Action.REJECT, "have taken the comment off the page"),
            (Action.SPAM, "have taken the comment off the page"),
            (Action.WITHDRAW, "has taken it back himself"),
        ],
    )
    def test_the_outcome_is_told_and_what_can_be_done_about_it(
        self,
        room: Room,
        reader: FlaskClient,
        comments: Comments,
        catcher: Catcher,
        clock: Clock,
        action: Action,
        said: str,
    ) -> None:
        id_ = room.says()
        sends(reader, id_, email="dia@lezers.example")
        room.moves(id_, action)
        clock.goes_on(minutes=1)
        comments.run_due()
        for part in catcher.letters[1].iter_parts():
            words = " ".join(part.get_content().split())
            assert said in words
            assert "out-of-court dispute settlement" in words

    def test_nothing_that_was_typed_stands_in_a_letter(
        self, room: Room, reader: FlaskClient, comments: Comments, catcher: Catcher
    ) -> None:
        """So that nobody can send a stranger his words by way of us."""
        typed = {"why": "Koop pillen op pillen.example", "name": "Pillen Express"}
        sends(reader, room.says(), email="vreemde@elders.example", **typed)
        comments.run_due()
        assert "illen" not in catcher.letters[0].as_string()

    def test_an_address_gets_letters_about_three_reports_a_day_whoever_types_it(
        self, room: Room, reader: FlaskClient, comments: Comments, catcher: Catcher, clock: Clock
    ) -> None:
        """The others are taken, without it."""
        for number in range(5):
            reader.environ_base["REMOTE_ADDR"] = f"203.0.{number}.7"
            answer = sends(reader, room.says(), email="dia@lezers.example")
            clock.goes_on(hours=2)
        said = words_of(reader.get(answer.location).text)
        assert "Thank you for your report" in said
        assert "so no letter follows this time" in said
        comments.run_due()
        assert len(catcher.letters) == 3
        rows = kept(room)
        kept_of = [bool(row.email_sealed or row.email_hash) for row in rows]
        assert kept_of == [True, True, True, False, False]
        for row in rows:
            room.moves(row.comment_id, Action.KEEP)
        clock.goes_on(days=1)
        comments.run_due()
        assert len(catcher.letters) == 6
        sends(reader, room.says(), email="dia@lezers.example")
        comments.run_due()
        assert len(catcher.letters) == 7

    def test_the_second_time_he_is_told_that_once_is_enough(
        self, room: Room, reader: FlaskClient
    ) -> None:
        id_ = room.says()
        answers = [sends(reader, id_, email="dia@lezers.example") for _ in range(2)]
        assert "You reported this already" in reader.get(answers[1].location).text
        assert len(kept(room)) == 1

    def test_nobody_is_silenced_by_who_typed_his_address_first(
        self, room: Room, reader: FlaskClient
    ) -> None:
        id_ = room.says()
        sends(reader, id_, why="x", email="dia@lezers.example")
        for typed in ({"why": "Dit gaat over mij."}, {"why": "x", "wrong": "private"}):
            answer = sends(reader, id_, email="dia@lezers.example", **typed)
            assert "Thank you for your report" in reader.get(answer.location).text
        assert len(kept(room)) == 3

    def test_an_address_that_cannot_be_one_is_said_beside_its_field(
        self, room: Room, reader: FlaskClient
    ) -> None:
        answer = sends(reader, room.says(), email="dia@lezers")
        assert answer.status_code == 422
        assert 'id="ww-email-error"' in answer.text
        assert form_in(answer.text).fields["email"] == "dia@lezers"

    def test_what_was_undone_in_time_was_never_told(
        self, room: Room, reader: FlaskClient, comments: Comments, catcher: Catcher, clock: Clock
    ) -> None:
        id_ = room.says()
        sends(reader, id_, email="dia@lezers.example")
        room.undoes(room.moves(id_, Action.REJECT))
        clock.goes_on(minutes=1)
        comments.run_due()
        assert len(catcher.letters) == 1

    def test_who_left_no_address_is_written_to_by_nobody(
        self, room: Room, reader: FlaskClient, comments: Comments, catcher: Catcher, clock: Clock
    ) -> None:
        id_ = room.says()
        sends(reader, id_)
        room.moves(id_, Action.KEEP)
        clock.goes_on(minutes=1)
        comments.run_due()
        assert catcher.letters == []
