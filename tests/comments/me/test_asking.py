"""The link to one's own page comes by letter, to addresses of which something is kept; the page tells nothing."""

import pytest
from flask.testing import FlaskClient

from comments.extension import Comments
from comments.me import asking
from comments.models import Job

from ..browser import SAME_ORIGIN, Reader, words_of
from ..host import Clock, Room, SmallHost
from ..mailing.catcher import html_of, text_of
from ..proof.letters import DIA, EVE, Post, jobs, rows
from ..small_site import small_site


def asks(client: FlaskClient, email: str, headers: object = SAME_ORIGIN) -> "tuple[int, str]":
    answer = client.post("/me/", data={"email": email}, headers=headers)
    return answer.status_code, words_of(answer.text)


def test_the_letter_has_a_link_that_opens_the_page(post: Post, room: Room) -> None:
    room.says("Gezegd en bewaard.")
    status, said = asks(post.client, DIA)
    page = post.client.get(post.link())
    assert (status, page.status_code) == (200, 200)
    assert "a letter with the link is on its way" in said
    assert "Gezegd en bewaard." in page.text
    assert "24 hours" in text_of(post.catcher.to(DIA)[0])


def test_another_spelling_of_the_address_is_the_same(post: Post, room: Room) -> None:
    room.says()
    asks(post.client, " DIA@Lezers.example ")
    assert "1 comment" in post.client.get(post.link("DIA@lezers.example")).text


def test_an_unknown_address_gets_no_letter_and_the_same_answer(post: Post, room: Room) -> None:
    room.says()
    known, unknown = asks(post.client, DIA), asks(post.client, EVE)
    assert (known[0], known[1].replace(DIA, "")) == (unknown[0], unknown[1].replace(EVE, ""))
    post.comments.run_due()
    assert [letter["To"] for letter in post.catcher.letters] == [DIA]


def test_the_request_does_the_same_work_for_any_address(post: Post, room: Room) -> None:
    room.says()
    for email in (DIA, EVE):
        asks(post.client, email)
    assert [job.kind for job in jobs(room, asking.KIND)] == [asking.KIND] * 2


def test_nothing_of_the_address_is_kept_once_the_letter_is_sent(post: Post, room: Room) -> None:
    asks(post.client, EVE)
    (before,) = jobs(room, asking.KIND)
    assert EVE not in str(before.values)
    post.comments.run_due()
    (after,) = jobs(room, asking.KIND)
    assert (after.ended, after.values) == ("done", {})


@pytest.mark.parametrize(
    "email", ["", "x", "a@b", "dia@lezers", "a b@c.example", "é" * 400, "\x00"]
)
def test_what_is_no_address_comes_back_with_a_kind_word(post: Post, room: Room, email: str) -> None:
    answer = post.client.post("/me/", data={"email": email}, headers=SAME_ORIGIN)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert Reader(answer.text).forms[0].fields["email"] == email.strip()
    assert rows(room, Job) == 0


def test_another_site_cannot_have_letters_sent(post: Post, room: Room) -> None:
    room.says()
    status, said = asks(post.client, DIA, {"Sec-Fetch-Site": "cross-site"})
    assert (status, "press once more" in said) == (403, True)
    assert post.letters() == 0


def test_one_address_gets_three_letters_an_hour(post: Post, room: Room, clock: Clock) -> None:
    room.says()
    answers = {asks(post.client, DIA) for _ in range(6)}
    assert len(answers) == 1
    assert post.letters() == 3
    clock.goes_on(minutes=61)
    asks(post.client, DIA)
    assert post.letters() == 4


def test_one_household_asks_twenty_times_an_hour(post: Post, room: Room) -> None:
    for number in range(25):
        asks(post.client, f"lezer{number}@elders.example")
    assert len(jobs(room, asking.KIND)) == 20


def test_a_site_without_mail_says_where_to_write(host: SmallHost, clock: Clock) -> None:
    site = small_site(host, clock, contact="privacy@weerwoord.example")
    page = site.test_client().get("/me/")
    assert "mailto:privacy@weerwoord.example" in page.text
    assert "<form" not in page.text


def test_the_letter_carries_the_page_in_both_parts(post: Post, room: Room) -> None:
    room.says()
    asks(post.client, DIA)
    link = post.link()
    assert f"https://weerwoord.example{link}" in html_of(post.catcher.to(DIA)[0])
    assert post.catcher.to(DIA)[0]["Subject"] == "The link to your page"


def test_the_link_ends_after_a_day(post: Post, room: Room, clock: Clock) -> None:
    room.says()
    asks(post.client, DIA)
    link = post.link()
    clock.goes_on(hours=24)
    assert post.client.get(link).status_code == 200
    clock.goes_on(minutes=1)
    page = post.client.get(link)
    assert page.status_code == 410
    assert "no longer works" in page.text


@pytest.mark.parametrize("token", ["x", "é", "W10.x", "a" * 5000, "%00", "[]"])
@pytest.mark.parametrize("rest", ["", "/export.json", "/export.html", "/leave"])
def test_a_forged_link_opens_nothing(client: FlaskClient, token: str, rest: str) -> None:
    page = client.get(f"/me/{token}{rest}")
    assert page.status_code == 410
    assert "no longer works" in page.text


DEEDS = ("follows", "name", "names", "names/release", "proved", "feed", "leave")


@pytest.mark.parametrize("deed", DEEDS)
def test_nothing_is_done_by_a_forged_link_or_from_another_site(
    client: FlaskClient, comments: Comments, clock: Clock, deed: str
) -> None:
    assert client.post(f"/me/x/{deed}", headers=SAME_ORIGIN).status_code == 410
    token = comments.site.tokens.me(comments.site.keys.seal(DIA), clock())
    answer = client.post(f"/me/{token}/{deed}", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "Nothing was done" in answer.text
