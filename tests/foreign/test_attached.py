"""The whole road on a site with users, a page and a `comment` table of its own: post, hold, decide, read."""

import pytest
from sqlalchemy import text

from .conftest import BOOK, Site, filled_in, only_card

SAME = {"Sec-Fetch-Site": "same-origin"}


def test_a_guest_is_sent_back_to_the_page_with_a_receipt(site: Site) -> None:
    answer = site.post("I liked the picnic.")
    assert answer.status_code == 303
    assert answer.location.startswith(f"{BOOK}?receipt=")
    assert answer.location.endswith("#comment-1")


def test_a_held_comment_is_seen_by_nobody_else(site: Site) -> None:
    site.post("I liked the picnic.")
    assert "picnic" not in site.client().get(BOOK).text


def test_the_receipt_shows_it_to_its_own_author(site: Site) -> None:
    place = site.post("I liked the picnic.").location
    answer = site.client().get(place)
    assert "picnic" in answer.text
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_moderator_finds_it_on_the_desk(site: Site) -> None:
    site.post("I liked the picnic.")
    page = site.client("Mo").get("/desk/").text
    assert "picnic" in page
    assert "Emma" in page


def test_an_approved_comment_is_seen_by_everybody(site: Site) -> None:
    site.post("I liked the picnic.")
    site.approve()
    assert "picnic" in site.client().get(BOOK).text


def test_its_permalink_leads_to_where_it_stands(site: Site) -> None:
    site.post("I liked the picnic.")
    site.approve()
    answer = site.client().get(f"{BOOK}comments/1")
    assert (answer.status_code, answer.location) == (302, f"{BOOK}#comment-1")


def test_a_signed_in_reader_answers_under_his_own_name(site: Site) -> None:
    site.post("I liked the picnic.")
    site.approve()
    ann = site.client("Ann")
    form = filled_in(ann.get(f"{BOOK}?reply=1").text, text="So did I.")
    assert ann.post("/comments/emma", data=form, headers=SAME).status_code == 303
    page = site.client().get(BOOK).text
    assert "So did I." in page
    assert "Ann" in page


def test_who_is_not_signed_in_is_sent_to_the_sites_own_form(site: Site) -> None:
    answer = site.client().get("/desk/")
    assert (answer.status_code, answer.location) == (302, "/sign-in?next=/desk/")


def test_who_has_no_part_in_the_desk_gets_404(site: Site) -> None:
    assert site.client("Ann").get("/desk/").status_code == 404


def test_the_desk_wears_the_sites_own_page(site: Site) -> None:
    assert '<body class="library">' in site.client("Mo").get("/desk/").text


def test_a_refused_comment_comes_back_on_the_sites_own_page_with_its_text(site: Site) -> None:
    answer = site.post("I liked the picnic.", name="")
    assert answer.status_code == 422
    assert '<body class="library">' in answer.text
    assert "I liked the picnic." in answer.text


def test_the_sites_own_privacy_page_stays(site: Site) -> None:
    assert "What the library knows of you" in site.client().get("/privacy").text


def test_the_sites_protection_of_forms_does_not_stop_a_guest_without_cookies(site: Site) -> None:
    client = site.app.test_client(use_cookies=False)
    fields = {"name": "Guest", "email": "guest@readers.example", "text": "I liked the picnic."}
    form = filled_in(client.get(BOOK).text, **fields)
    assert client.post("/comments/emma", data=form).status_code == 303


def test_the_sites_protection_of_its_own_forms_stays(site: Site) -> None:
    assert site.client().post("/sign-in", data={"email": "Mo@library.example"}).status_code == 400


def test_a_decision_without_the_token_of_the_session_is_not_carried_out(site: Site) -> None:
    site.post("I liked the picnic.")
    mo = site.client("Mo")
    address, fields = only_card(mo.get("/desk/").text)
    answer = mo.post(address, data={**fields, "csrf_token": "", "action": "approve"})
    assert (answer.status_code, answer.location) == (303, "/desk/")
    assert "picnic" not in site.client().get(BOOK).text


def test_the_sites_own_table_of_that_name_is_not_touched(site: Site) -> None:
    site.post("I liked the picnic.")
    site.approve()
    with site.engine.connect() as connection:
        rows = connection.execute(text("SELECT id, book_id, text FROM comment")).all()
    assert [tuple(row) for row in rows] == [(1, 1, "Lent to the school.")]


@pytest.mark.parametrize(
    "path",
    [
        "/comments/static/comments.css",
        "/comments/static/discussion.js",
        "/moderation/static/desk.js",
    ],
)
def test_style_and_scripts_are_served(site: Site, path: str) -> None:
    answer = site.client().get(path)
    assert answer.status_code == 200
    answer.close()


def test_the_doctor_finds_nothing_bad(site: Site) -> None:
    site.run("ops", "doctor")
