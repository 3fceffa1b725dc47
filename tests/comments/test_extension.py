"""The plug-in on an app: what it hands out, what it leaves alone, and what it says of a reader's data."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import Babel

from comments.extension import Comments
from comments.site import PrivacyRow
from comments.states import Action, State

from .browser import form_in, posted_id, posts, words_of
from .bulk import discussion
from .host import DECK, SETTINGS, Clock, Room, SmallHost
from .small_site import small_site


def test_counts_are_given_for_every_subject_that_was_asked_for(
    comments: Comments, room: Room
) -> None:
    room.says()
    room.says(state=State.PENDING)
    assert comments.counts(["dekschuit", "spaak", "nergens"]) == {
        "dekschuit": 1,
        "spaak": 0,
        "nergens": 0,
    }


def test_a_comment_is_located_under_its_subject(comments: Comments, room: Room) -> None:
    found = discussion(room, [0] * 4)
    assert comments.locate("dekschuit", found[3]) == "/dekschuit/comments/page/2/#comment-4"
    assert comments.locate("spaak", found[3]) is None
    assert comments.locate("nergens", found[3]) is None


def test_without_a_secret_there_are_no_tokens_and_no_plug_in(host: SmallHost) -> None:
    with pytest.raises(ValueError, match="secret_key"):
        Comments(Flask("without"), host, settings=SETTINGS)


def test_a_subject_that_is_gone_is_not_touched(comments: Comments) -> None:
    comments.touch("nergens")
    assert comments.site.versions.of("nergens") == 0


def test_a_site_without_a_babel_of_its_own_speaks_dutch(host: SmallHost, clock: Clock) -> None:
    app = small_site(host, clock, before=lambda app: None)
    page = app.test_client().get("/dekschuit/").text
    app.extensions["comments"].site.versions.close()
    assert "Laat een antwoord achter" in words_of(page)
    assert 'lang="nl"' in page


def test_the_babel_of_a_site_is_left_alone(host: SmallHost, clock: Clock) -> None:
    before: list[object] = []
    app = small_site(host, clock, before=lambda app: before.append(Babel(app).init_app))
    assert app.extensions["babel"].instance is before[0].__self__  # type: ignore[attr-defined]


def test_the_pages_of_the_plug_in_stand_in_the_page_of_the_host(
    host: SmallHost, clock: Clock, tmp_path: Path
) -> None:
    (tmp_path / "house.html").write_text("<body class=house>{% block main %}{% endblock %}</body>")
    app = small_site(host, clock, base_template="house.html")
    app.jinja_loader.searchpath.append(str(tmp_path))  # type: ignore[union-attr]
    client = app.test_client()
    assert "<body class=house>" in posts(client, name="").text
    assert "<body class=house>" in client.get("/privacy").text
    app.extensions["comments"].site.versions.close()


def test_a_guideline_stands_above_the_form(host: SmallHost, clock: Clock) -> None:
    app = small_site(host, clock, guideline=lambda: "Speel de bal.")
    client = app.test_client()
    assert "Speel de bal." in words_of(client.get("/dekschuit/").text)
    assert "Speel de bal." in words_of(posts(client, name="").text)
    app.extensions["comments"].site.versions.close()


# what a reader is told


def test_a_form_says_what_becomes_of_what_is_typed(client: FlaskClient) -> None:
    page = client.get("/dekschuit/")
    said = words_of(page.text)
    assert "Your e-mail address will not be published." in said
    assert "Spam is kept out by our own rules and by people; no other party is asked." in said
    assert "See how your comment data is processed." in said
    assert 'href="/privacy"' in page.text


def test_a_page_with_errors_says_it_as_well(client: FlaskClient) -> None:
    said = words_of(posts(client, name="").text)
    assert "Spam is kept out by our own rules and by people; no other party is asked." in said
    assert "See how your comment data is processed." in said


def test_the_page_on_data_is_made_from_the_settings_in_force(client: FlaskClient) -> None:
    page = client.get("/privacy")
    said = words_of(page.text)
    assert "365 days, or until you post without it" in said
    assert "Spam is kept out by our own rules and by people; no other party is asked." in said
    assert "Akismet" not in said
    assert "Write to:" not in said
    assert '<html lang="en">' in page.text


def test_the_page_on_data_says_what_others_do_and_whom_to_write_to(
    host: SmallHost, clock: Clock
) -> None:
    app = small_site(
        host,
        clock,
        contact="redactie@weerwoord.example",
        spam_check=lambda: "This site uses Akismet to reduce spam.",
        privacy_rows=lambda: [PrivacyRow("Your text", "To judge it", "As long as", "Akismet")],
    )
    said = words_of(app.test_client().get("/privacy").text)
    assert "This site uses Akismet to reduce spam." in said
    assert "Your text What for To judge it How long As long as Who sees it Akismet" in said
    assert "Write to: redactie@weerwoord.example" in said


def test_staff_and_the_author_of_the_article_are_marked_as_such(
    client: FlaskClient, host: SmallHost, room: Room
) -> None:
    room.staff_says("Dank je.")
    said = words_of(client.get("/dekschuit/").text)
    assert "Bob Terpstra Author" in said
    host.known["dekschuit"] = replace(DECK, author_key="8", title="Van Cas")
    assert "Bob Terpstra Staff" in words_of(client.get("/dekschuit/").text)


@pytest.mark.parametrize(
    ("count", "said"), [(0, "No replies yet"), (1, "1 reply"), (2, "2 replies")]
)
def test_replies_are_counted_in_words(
    client: FlaskClient, room: Room, count: int, said: str
) -> None:
    for _ in range(count):
        room.says()
    room.says(state=State.PENDING)
    room.is_pinged(State.APPROVED)
    assert said in words_of(client.get("/dekschuit/").text)


def test_pingbacks_stand_apart(client: FlaskClient, room: Room) -> None:
    ping = room.is_pinged(State.APPROVED)
    page = client.get("/dekschuit/").text
    assert f'<li id="comment-{ping}">' in page.partition("pings-title")[2]


# addresses of people


def test_an_email_address_is_shown_nowhere(app: Flask, client: FlaskClient, room: Room) -> None:
    """However a comment is looked at, by whoever did not write it."""
    root = room.says("Met adres.")
    reply = room.says("Ook met adres.", parent=root)
    own = posted_id(posts(client, text="Wacht nog."))
    receipt = app.extensions["comments"].site.tokens.receipt(own, room.clock())
    room.moves(reply, Action.REJECT)
    other = app.test_client()
    pages = [
        other.get("/dekschuit/"),
        other.get(f"/dekschuit/?reply={root}"),
        other.get(f"/dekschuit/comments/{root}/replies/"),
        other.get(f"/dekschuit/?receipt={receipt}"),
        posts(other, f"/dekschuit/?reply={root}", email="eve@lezers.example", name=""),
        other.get("/privacy"),
    ]
    assert [page.status_code for page in pages] == [200, 200, 200, 200, 422, 200]
    assert [page.request.path for page in pages if "dia@lezers" in page.text] == []
    assert form_in(pages[4].text).fields["email"] == "eve@lezers.example"
