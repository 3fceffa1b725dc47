"""Changing and withdrawing through the doors: who may, what he gets, and his text is never lost."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, text

from comments.extension import Comments
from comments.states import Action, State

from ..browser import SAME_ORIGIN, Reader, body_of, form_in, posts, words_of
from ..host import BOB, CAS, DECK, SETTINGS, Clock, Room, SmallHost
from ..small_site import small_site
from .hands import NEW, Author, author

WAYS = ("edit", "withdraw")
each_way = pytest.mark.parametrize("way", WAYS)


# who may


@each_way
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("receipt", ["", "x", "WzEsMV0.x", None])
def test_who_cannot_show_that_it_is_his_learns_nothing(
    dia: Author, app: Flask, room: Room, way: str, method: str, receipt: str | None
) -> None:
    other = app.test_client()
    query = {} if receipt is None else {"receipt": receipt}
    answer = getattr(other, method)(
        f"/comments/dekschuit/{dia.id}/{way}", query_string=query, headers=SAME_ORIGIN
    )
    assert answer.status_code == 404
    assert "goed" not in answer.text
    assert room.comment(dia.id).state is State.PENDING


@each_way
def test_a_receipt_opens_no_other_comment(dia: Author, room: Room, way: str) -> None:
    other = room.says("Van een ander.")
    answer = dia.client.get(dia.link(way).replace(f"/{dia.id}/", f"/{other}/"))
    assert answer.status_code == 404


@each_way
@pytest.mark.parametrize("where", ["spaak", "nergens"])
def test_it_is_found_only_in_its_own_discussion(dia: Author, way: str, where: str) -> None:
    assert dia.client.get(dia.link(way).replace("dekschuit", where)).status_code == 404


@each_way
@pytest.mark.parametrize("number", ["0", "999", str(2**63), "9" * 40])
def test_odd_numbers_are_not_found(dia: Author, way: str, number: str) -> None:
    assert dia.client.get(dia.link(way).replace(f"/{dia.id}/", f"/{number}/")).status_code == 404


def test_the_browser_that_was_asked_to_remember_needs_no_receipt(
    client: FlaskClient, room: Room
) -> None:
    dia = author(client, remember="1")
    dia.place = "/dekschuit/"
    assert "receipt" not in dia.link("edit")
    assert dia.edits().status_code == 303
    assert room.comment(dia.id).source == NEW
    assert dia.withdraws().status_code == 200
    assert room.comment(dia.id).state is State.WITHDRAWN


@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}]
)
def test_what_a_browser_sends_along_by_itself_is_no_proof_for_another_site(
    client: FlaskClient, room: Room, headers: dict[str, str]
) -> None:
    dia = author(client, remember="1")
    dia.place = "/dekschuit/"
    for way in WAYS:
        address = dia.link(way)
        (form,) = [f for f in Reader(client.get(address).text).forms if "token" in f.fields]
        fields = {**form.fields, "text": "Gekaapt."}
        assert client.post(form.action, data=fields, headers=headers).status_code == 404
    assert room.comment(dia.id).source == "Een *goed* stuk."
    assert room.comment(dia.id).state is State.PENDING


def test_staff_handle_their_own_and_nobody_elses(
    client: FlaskClient, host: SmallHost, room: Room
) -> None:
    own, other = room.staff_says("Van Bob."), room.says("Van Dia.")
    host.signed_in = BOB
    client.set_cookie("session", "")
    page = client.get("/dekschuit/").text
    assert f"/comments/dekschuit/{own}/edit" in body_of(page, own)
    assert "/edit" not in body_of(page, other)
    assert client.get(f"/comments/dekschuit/{own}/edit").status_code == 200
    assert client.get(f"/comments/dekschuit/{other}/edit").status_code == 404
    host.signed_in = CAS
    assert client.get(f"/comments/dekschuit/{own}/withdraw").status_code == 404


def test_no_link_to_either_stands_on_a_public_page(dia: Author, app: Flask, room: Room) -> None:
    room.moves(dia.id, Action.APPROVE)
    page = app.test_client().get("/dekschuit/")
    assert page.headers["Cache-Control"] == "public, no-cache"
    assert not [way for way in WAYS if f"/{way}" in page.text]


# changing


def test_the_form_has_the_text_as_it_was_typed(client: FlaskClient) -> None:
    dia = author(client, text="\n  > Een\n\n*goed* <b>stuk</b> & meer")
    page = client.get(dia.link("edit"))
    assert page.headers["Cache-Control"] == "private, no-store"
    assert form_in(page.text).fields["text"] == "> Een\n\n*goed* <b>stuk</b> & meer"


def test_he_comes_back_to_his_comment_and_sees_the_new_text(dia: Author) -> None:
    answer = dia.edits()
    assert answer.status_code == 303
    shown = body_of(dia.client.get(answer.location).text, dia.id)
    assert "<em>veel beter</em>" in shown
    assert "edited" in words_of(shown)


def test_of_a_public_one_he_sees_both_texts(dia: Author, app: Flask, room: Room) -> None:
    room.moves(dia.id, Action.APPROVE)
    answer = dia.edits()
    shown = body_of(dia.client.get(answer.location).text, dia.id)
    assert "<em>goed</em>" in shown
    assert "Your new text waits for one of us" in words_of(shown)
    assert "<em>veel beter</em>" in shown.partition("ww-new")[2]
    assert "veel beter" not in app.test_client().get("/dekschuit/").text


def test_the_form_goes_on_from_the_text_that_waits(dia: Author, room: Room) -> None:
    room.moves(dia.id, Action.APPROVE)
    dia.edits()
    assert form_in(dia.client.get(dia.link("edit")).text).fields["text"] == NEW


def test_an_answer_to_it_still_names_it(dia: Author, room: Room) -> None:
    room.moves(dia.id, Action.APPROVE)
    answer = room.says("Ik antwoord.", parent=dia.id)
    dia.edits()
    room.moves(dia.id, Action.APPROVE)
    page = dia.client.get(f"/dekschuit/?reply={dia.id}")
    assert "Een veel beter stuk." in words_of(page.text)
    assert room.comment(answer).parent_id == dia.id


def kept(page_text: str, text: str = NEW) -> bool:
    return form_in(page_text).fields["text"] == text


@pytest.mark.parametrize(
    ("typed", "said"), [("", "Write your comment first."), ("x" * 5001, "may")]
)
def test_a_faulty_text_comes_back_with_its_reason(
    dia: Author, room: Room, typed: str, said: str
) -> None:
    page = dia.edits(typed)
    assert page.status_code == 422
    assert said in words_of(page.text)
    assert kept(page.text, typed)
    assert room.comment(dia.id).source == "Een *goed* stuk."


def test_a_form_that_stood_open_for_a_day_takes_one_more_click(
    host: SmallHost, clock: Clock, room: Room
) -> None:
    app = small_site(host, clock, settings=replace(SETTINGS, edit_minutes=1440 * 2))
    dia = author(app.test_client())
    form = form_in(dia.client.get(dia.link("edit")).text)
    clock.goes_on(hours=26)
    page = dia.client.post(form.action, data={**form.fields, "text": NEW}, headers=SAME_ORIGIN)
    assert page.status_code == 422
    assert "stood open for long" in words_of(page.text)
    again = form_in(page.text)
    assert kept(page.text)
    assert dia.client.post(again.action, data=again.fields).status_code == 303
    assert room.comment(dia.id).source == NEW
    app.extensions["comments"].site.versions.close()


def test_changed_in_two_windows_he_sees_both_and_decides(dia: Author, room: Room) -> None:
    form = form_in(dia.client.get(dia.link("edit")).text)
    dia.edits("In een ander venster.")
    page = dia.client.post(form.action, data={**form.fields, "text": NEW}, headers=SAME_ORIGIN)
    assert page.status_code == 409
    assert "In een ander venster." in words_of(page.text)
    assert kept(page.text)
    again = form_in(page.text)
    assert dia.client.post(again.action, data=again.fields).status_code == 303
    assert room.comment(dia.id).source == NEW


def test_too_late_he_is_told_so_with_his_text(dia: Author, clock: Clock, room: Room) -> None:
    form = form_in(dia.client.get(dia.link("edit")).text)
    clock.goes_on(minutes=15)
    page = dia.client.post(form.action, data={**form.fields, "text": NEW}, headers=SAME_ORIGIN)
    assert page.status_code == 409
    assert NEW in words_of(page.text)
    assert "You can still withdraw it." in words_of(page.text)
    assert f"/{dia.id}/withdraw?receipt=" in page.text


def test_the_link_is_there_as_long_as_it_may_be_changed(dia: Author, clock: Clock) -> None:
    clock.goes_on(minutes=14)
    assert "(for 1 more minute)" in words_of(dia.client.get(dia.place).text)
    clock.goes_on(minutes=1)
    assert "/edit" not in dia.client.get(dia.place).text
    assert dia.link("withdraw")


def test_where_it_is_switched_off_nothing_is_changed(host: SmallHost, clock: Clock) -> None:
    app = small_site(host, clock, settings=replace(SETTINGS, edit_minutes=0))
    dia = author(app.test_client())
    assert "/edit" not in dia.client.get(dia.place).text
    page = dia.client.get(dia.link("withdraw").replace("/withdraw", "/edit"))
    assert page.status_code == 409
    app.extensions["comments"].site.versions.close()


@pytest.mark.parametrize("action", [Action.REJECT, Action.SPAM])
def test_what_was_decided_meanwhile_keeps_the_text_on_the_page(
    dia: Author, room: Room, action: Action
) -> None:
    form = form_in(dia.client.get(dia.link("edit")).text)
    room.moves(dia.id, action)
    page = dia.client.post(form.action, data={**form.fields, "text": NEW}, headers=SAME_ORIGIN)
    assert page.status_code == 409
    assert NEW in words_of(page.text)


def test_too_many_changes_are_asked_to_wait(dia: Author) -> None:
    answers = [dia.edits(f"Versie {n}.") for n in range(21)]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert kept(answers[-1].text, "Versie 20.")


@pytest.fixture
def impatient(engine: Engine) -> None:
    event.listen(engine, "connect", lambda c, record: c.execute("PRAGMA busy_timeout=10"))


@pytest.mark.parametrize("engine", ["own"], indirect=True)
@pytest.mark.usefixtures("impatient")
def test_a_busy_database_keeps_text_and_comment(
    app: Flask, dia: Author, engine: Engine, room: Room
) -> None:
    form = form_in(dia.client.get(dia.link("edit")).text)
    (sure,) = [f for f in Reader(dia.client.get(dia.link("withdraw")).text).forms]
    app.logger.disabled = True
    with engine.connect() as other:
        other.execute(text("BEGIN IMMEDIATE"))
        page = dia.client.post(form.action, data={**form.fields, "text": NEW}, headers=SAME_ORIGIN)
        assert page.status_code == 503
        assert kept(page.text)
        gone = dia.client.post(sure.action, data=sure.fields, headers=SAME_ORIGIN)
        assert gone.status_code == 503
    assert room.comment(dia.id).source == "Een *goed* stuk."
    assert dia.edits().status_code == 303


@each_way
def test_looking_changes_nothing(dia: Author, room: Room, way: str) -> None:
    before = room.comment(dia.id).version
    dia.client.get(dia.link(way))
    assert room.comment(dia.id).version == before


@each_way
def test_a_megabyte_is_too_much_here_too(dia: Author, way: str) -> None:
    fields = {"text": "a" * 2**20}
    answer = dia.client.post(dia.link(way), data=fields, headers=SAME_ORIGIN)
    assert answer.status_code == 413


# withdrawing


def test_he_is_asked_once_more_and_sees_what_it_is_about(dia: Author) -> None:
    page = dia.client.get(dia.link("withdraw"))
    assert "Een *goed* stuk." in words_of(page.text)
    assert page.headers["Cache-Control"] == "private, no-store"


def test_it_is_gone_and_the_page_leads_back(dia: Author, room: Room) -> None:
    page = dia.withdraws()
    assert page.status_code == 200
    assert "Your comment is gone" in words_of(page.text)
    assert 'href="/dekschuit/#comments"' in page.text
    assert room.comment(dia.id).source == ""
    assert "goed" not in dia.client.get(dia.place).text.partition("<form")[0]


def test_pressed_twice_it_is_gone_all_the_same(dia: Author) -> None:
    (form,) = Reader(dia.client.get(dia.link("withdraw")).text).forms
    said = [dia.client.post(form.action, data=form.fields, headers=SAME_ORIGIN) for _ in range(2)]
    assert [page.status_code for page in said] == [200, 200]


def test_without_the_token_of_the_form_nothing_is_taken_away(dia: Author, room: Room) -> None:
    (form,) = Reader(dia.client.get(dia.link("withdraw")).text).forms
    fields = {**form.fields, "token": "x"}
    page = dia.client.post(form.action, data=fields, headers=SAME_ORIGIN)
    assert page.status_code == 422
    assert room.comment(dia.id).state is State.PENDING
    (again,) = Reader(page.text).forms
    assert dia.client.post(again.action, data=again.fields).status_code == 200
    assert room.comment(dia.id).state is State.WITHDRAWN


def test_an_article_that_is_gone_keeps_nobody_from_taking_his_words_away(
    dia: Author, host: SmallHost, room: Room
) -> None:
    address = dia.link("withdraw")
    del host.known["dekschuit"]
    (form,) = Reader(dia.client.get(address).text).forms
    assert dia.client.post(form.action, data=form.fields, headers=SAME_ORIGIN).status_code == 200
    assert room.comment(dia.id).state is State.WITHDRAWN


def test_its_answers_stay_and_the_page_says_so(dia: Author, app: Flask, room: Room) -> None:
    room.moves(dia.id, Action.APPROVE)
    room.says("Ik antwoord.", parent=dia.id)
    assert "The answers to it stay" in words_of(dia.client.get(dia.link("withdraw")).text)
    dia.withdraws()
    page = words_of(app.test_client().get("/dekschuit/").text)
    assert "This comment was removed." in page
    assert "Ik antwoord." in page


def test_the_site_speaks_the_language_that_was_asked_for(comments: Comments, dia: Author) -> None:
    page = dia.client.get(dia.link("edit"))
    assert '<html lang="en">' in page.text
    assert re.search(r"<h1[^>]*>Change your comment</h1>", page.text)
    assert comments.site.settings.edit_minutes == 15
    assert DECK.title in page.text


def test_another_comment_is_posted_as_before(dia: Author) -> None:
    assert posts(dia.client, text="Nog een.").status_code == 303
