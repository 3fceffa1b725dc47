import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from blog.models import Article, db
from blog.queries import article
from blog.states import State
from comments.facts import Mode
from comments.steering.models import Steered
from tests.people import ADA, BOB, CAS, DIRK, HUB, sign_out, token_in

from .conftest import House

FIELDS = {
    "title": "Draagvlak is geen doel",
    "text": "## Eerst luisteren\n\nDan *pas* praten.",
    "tags": "Hub, korte lijnen",
    "unit": "utrecht",
    "slug": "",
    "summary": "",
    "comments_open": "y",
}


class Writer:
    """Somebody in the studio, who sends the form of a page as a browser would."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def send(
        self, action: str, place: str = "/studio/new", version: str | None = None, **changes: str
    ) -> TestResponse:
        page = self.client.get(place).text
        form = {**FIELDS, "csrf_token": token_in(page), "action": action}
        seen = version_in(page) if version is None else version
        return self.client.post(place, data={**form, "version": seen, **changes})

    def written(self, action: str = "save", **changes: str) -> str:
        """A new article; its place in the studio."""
        answer = self.send(action, **changes)
        assert answer.status_code == 303, answer.text
        return answer.location


def version_in(page: str) -> str:
    return page.partition('name="version" value="')[2].partition('"')[0]


@pytest.fixture
def at_work(house):
    return lambda actor: Writer(house.client(actor))


def stored(house: House, place: str) -> Article:
    return house.stored(int(place.rsplit("/")[-1]))


def everything_typed_is_in(answer: TestResponse, **changes: str) -> bool:
    page = unescape(answer.text)
    typed = {**FIELDS, **changes}
    return all(typed[name] in page for name in ("title", "text", "tags", "slug", "summary"))


def test_an_author_writes_and_what_he_wrote_is_kept(house, at_work):
    place = at_work(BOB).written()
    article = stored(house, place)
    assert (article.title, article.source) == (FIELDS["title"], FIELDS["text"])
    assert "<h2>Eerst luisteren</h2>" in article.html
    assert (article.slug, article.state) == ("draagvlak-is-geen-doel", State.DRAFT)
    assert (article.summary, article.words) == ("Eerst luisteren Dan pas praten.", 5)
    assert house.client().get("/draagvlak-is-geen-doel/").status_code == 404


def test_the_form_comes_back_as_it_was_sent(at_work):
    bob = at_work(BOB)
    page = unescape(bob.client.get(bob.written(summary="Kort.")).text)
    for part in ("Draagvlak is geen doel", "Dan *pas* praten.", "Hub, korte lijnen", "Kort."):
        assert part in page
    assert "Bewaard." in page


def test_the_text_survives_exactly(house, at_work):
    text = "\"Aan\" 'halings' \\ tekens & 1 < 2, 👩🏽‍💻 é עברית\n\n    code"
    assert stored(house, at_work(BOB).written(text=text)).source == text


def test_lines_as_browsers_send_them_are_lines(house, at_work):
    assert stored(house, at_work(BOB).written(text="een\r\ntwee")).source == "een\ntwee"


def test_an_author_submits_and_an_admin_publishes(house, at_work):
    place = at_work(BOB).written("submit")
    ada = at_work(ADA)
    assert place in ada.client.get("/studio/").text
    assert ada.send("publish", place).status_code == 303
    assert "Dan <em>pas</em> praten." in house.client().get("/draagvlak-is-geen-doel/").text


def test_an_author_publishes_only_where_his_unit_lets_him(house, at_work):
    bob = at_work(BOB)
    assert 'value="publish"' not in bob.client.get("/studio/new").text
    assert bob.send("publish").status_code == 403
    house.rights.publishing.add("utrecht")
    assert 'value="submit"' not in bob.client.get("/studio/new").text
    assert stored(house, bob.written("publish")).state is State.PUBLISHED


def test_what_was_submitted_can_be_taken_back(house, at_work):
    bob = at_work(BOB)
    place = bob.written("submit")
    bob.send("withdraw", place)
    assert stored(house, place).state is State.DRAFT


def test_a_correction_is_seen_at_once_and_dated(house, at_work):
    ada, reader = at_work(ADA), house.client()
    place = ada.written("publish")
    assert "Verbeterd op" not in reader.get("/draagvlak-is-geen-doel/").text
    house.clock.later(hours=1)
    ada.send("save", place, text="Beter zo.")
    page = reader.get("/draagvlak-is-geen-doel/").text
    assert "Beter zo." in page
    assert "Verbeterd op" in page


def test_a_withdrawn_article_is_gone_and_can_come_back(house, at_work):
    ada, reader = at_work(ADA), house.client()
    place = ada.written("publish")
    assert reader.get("/draagvlak-is-geen-doel/").status_code == 200
    ada.send("withdraw", place)
    assert reader.get("/draagvlak-is-geen-doel/").status_code == 410
    ada.send("publish", place)
    assert reader.get("/draagvlak-is-geen-doel/").status_code == 200


def test_closing_the_discussion_closes_it_for_readers(house, at_work):
    ada, reader = at_work(ADA), house.client()
    place = ada.written("publish")
    assert "<textarea" in reader.get("/draagvlak-is-geen-doel/").text
    ada.send("save", place, comments_open="")
    assert "<textarea" not in reader.get("/draagvlak-is-geen-doel/").text


def test_the_address_cannot_be_changed_once_readers_had_it(house, at_work):
    ada = at_work(ADA)
    place = ada.written("publish", slug="eerste")
    assert 'name="slug"' not in ada.client.get(place).text
    ada.send("save", place, slug="tweede", title="Anders")
    assert stored(house, place).slug == "eerste"


def test_a_draft_s_address_follows_what_is_typed(house, at_work):
    bob = at_work(BOB)
    place = bob.written(slug="eerste")
    bob.send("save", place, slug="tweede")
    assert stored(house, place).slug == "tweede"
    bob.send("save", place, slug="", title="Derde keer")
    assert stored(house, place).slug == "derde-keer"


def test_two_articles_of_one_title_have_two_addresses(house, at_work):
    bob = at_work(BOB)
    slugs = [stored(house, bob.written()).slug for _ in range(2)]
    assert slugs == ["draagvlak-is-geen-doel", "draagvlak-is-geen-doel-2"]


def test_a_title_without_letters_for_an_address_gets_one(house, at_work):
    assert stored(house, at_work(BOB).written(title="戦略")).slug == "artikel"


@pytest.mark.parametrize("slug", ["studio", "tag", "comments", "login", "static", "bezet"])
def test_an_address_that_is_taken_is_refused(house, at_work, slug):
    house.article("bezet")
    answer = at_work(BOB).send("save", slug=slug)
    assert answer.status_code == 422
    assert "al bezet" in answer.text
    assert everything_typed_is_in(answer, slug=slug)


@pytest.mark.parametrize("title", ["Studio", "Tag", "Login"])
def test_a_title_like_a_word_of_the_house_gets_another_address(house, at_work, title):
    assert stored(house, at_work(BOB).written(title=title)).slug == f"{title.lower()}-2"


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"title": " \t "},
        {"title": "x" * 201},
        {"title": "a\0b"},
        {"text": "x" * 200_001},
        {"text": "a\0b"},
        {"text": "> " * 60 + "diep"},
        {"tags": "x" * 51},
        {"tags": ",".join(f"t{n}" for n in range(13))},
        {"tags": "a\x07b"},
        {"slug": "Hoofd Letters"},
        {"slug": "x" * 81},
        {"slug": "../desk"},
        {"summary": "x" * 501},
        {"summary": "a\x1bb"},
    ],
    ids=str,
)
def test_what_cannot_be_taken_is_said_and_nothing_typed_is_lost(house, at_work, changes):
    answer = at_work(BOB).send("save", **changes)
    assert answer.status_code == 422
    assert 'class="error"' in answer.text
    kept = {name: value for name, value in changes.items() if value.isprintable()}
    assert everything_typed_is_in(answer, **{**FIELDS, **changes}) or not kept
    with house.app.app_context():
        assert db.session.scalar(db.select(db.func.count()).select_from(Article)) == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "x" * 200},
        {"tags": ",".join(f"t{n}" for n in range(12))},
        {"tags": "x" * 50},
        {"slug": "x" * 80},
        {"summary": "x" * 500},
    ],
    ids=str,
)
def test_what_just_fits_is_taken(at_work, changes):
    assert at_work(BOB).send("save", **changes).status_code == 303


def test_a_unit_that_is_not_his_cannot_be_chosen(at_work):
    answer = at_work(BOB).send("save", unit="gent")
    assert answer.status_code == 422
    assert everything_typed_is_in(answer)


def test_a_draft_may_be_kept_without_a_text_but_not_shown(house, at_work):
    bob = at_work(BOB)
    place = bob.written(text="")
    assert bob.send("submit", place, text="").status_code == 422
    assert stored(house, place).state is State.DRAFT


@pytest.mark.parametrize("action", ["", "delete", "PUBLISH", "save "])
def test_an_action_that_does_not_exist_is_not_understood(at_work, action):
    assert at_work(BOB).send(action).status_code == 400


def test_an_author_cannot_touch_what_was_published(house, at_work):
    place = at_work(ADA).written("publish")
    mine = f"/studio/{house.article('van-bob', by=BOB)}"
    bob = at_work(BOB)
    assert bob.client.get(place).status_code == 404
    assert bob.send("save", mine).status_code == 403
    assert bob.send("withdraw", mine).status_code == 403


def test_a_preview_is_the_page_itself_and_stores_nothing(house, at_work):
    answer = at_work(BOB).send("preview")
    assert answer.status_code == 200
    for part in (
        "<h2>Eerst luisteren</h2>",
        'class="title">Draagvlak is geen doel</h1>',
        "Bob Terpstra",
        "Leestijd: ca. 1 minuut",
        ">korte lijnen<",
        "Dit is een voorbeeld.",
    ):
        assert part in answer.text
    assert 'id="respond"' not in answer.text
    with house.app.app_context():
        assert db.session.scalar(db.select(Article.id)) is None


def test_a_preview_of_a_correction_leaves_readers_what_they_had(house, at_work):
    ada = at_work(ADA)
    place = ada.written("publish")
    assert "Beter zo." in ada.send("preview", place, text="Beter zo.").text
    assert "Beter zo." not in house.client().get("/draagvlak-is-geen-doel/").text


def test_a_preview_that_cannot_be_made_loses_nothing(at_work):
    answer = at_work(BOB).send("preview", title="")
    assert answer.status_code == 422
    assert everything_typed_is_in(answer, title="")


def test_from_a_preview_back_to_writing_with_all_that_was_typed(at_work):
    bob = at_work(BOB)
    page = bob.send("preview", text='nog "niet"\n\nbewaard').text
    hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)
    form = {name: unescape(value) for name, value in hidden}
    answer = bob.client.post("/studio/new", data={**form, "action": "edit"})
    assert answer.status_code == 200
    assert everything_typed_is_in(answer, text='nog "niet"\n\nbewaard')
    assert bob.client.post("/studio/new", data={**form, "action": "save"}).status_code == 303


@pytest.mark.parametrize("action", ["save", "submit", "preview", "edit"])
def test_who_was_second_sees_both_texts(house, at_work, action):
    bob, ada = at_work(BOB), at_work(ADA)
    place = bob.written()
    ada.send("save", place, text="Van Ada.")
    answer = bob.send(action, place, version="1", text="Van Bob.")
    assert answer.status_code == 409
    assert "Van Ada." in answer.text
    assert everything_typed_is_in(answer, text="Van Bob.")
    assert stored(house, place).source == "Van Ada."


def test_who_has_seen_the_other_text_may_send_his_own(house, at_work):
    bob, ada = at_work(BOB), at_work(ADA)
    place = bob.written()
    ada.send("save", place, text="Van Ada.")
    answer = bob.send("save", place, version="1", text="Van Bob.")
    assert bob.send("save", place, version_in(answer.text), text="Van Bob.").status_code == 303
    assert stored(house, place).source == "Van Bob."


@pytest.mark.parametrize("version", ["", "0", "x", "-1", "9" * 30, "١"])
def test_an_odd_version_is_a_stale_one(at_work, version):
    bob = at_work(BOB)
    place = bob.written()
    assert bob.send("save", place, version=version).status_code == 409


def test_a_page_that_stood_open_for_too_long_keeps_its_text(house, at_work):
    answer = at_work(BOB).send("save", csrf_token="oud")
    assert answer.status_code == 422
    assert everything_typed_is_in(answer)
    with house.app.app_context():
        assert db.session.scalar(db.select(Article.id)) is None


def test_who_was_signed_out_meanwhile_gets_his_text_back(house, at_work):
    bob = at_work(BOB)
    place = bob.written()
    sign_out(bob.client)
    for target in (place, "/studio/new"):
        answer = bob.client.post(target, data={**FIELDS, "action": "save", "text": "Veel werk."})
        assert answer.status_code == 403
        assert everything_typed_is_in(answer, text="Veel werk.")
    assert stored(house, place).source == FIELDS["text"]


def test_who_is_signed_out_learns_nothing_of_an_article(house, at_work):
    place = at_work(BOB).written(title="Nog geheim")
    answer = house.client().post(place, data={"action": "save"})
    assert "geheim" not in answer.text


@pytest.mark.parametrize(
    ("actor", "status"), [(BOB, 200), (ADA, 200), (CAS, 404), (DIRK, 404), (HUB, 404)]
)
def test_a_draft_is_seen_by_its_author_and_who_runs_the_site(house, at_work, actor, status):
    place = at_work(BOB).written()
    client = house.client(actor)
    assert client.get(place).status_code == status
    assert (client.post(place, data={"action": "edit"}).status_code == 404) == (status == 404)


@pytest.mark.parametrize(
    ("actor", "status"), [(ADA, 200), (BOB, 200), (CAS, 200), (DIRK, 200), (HUB, 404)]
)
@pytest.mark.parametrize("place", ["/studio/", "/studio/new"])
def test_the_studio_is_there_for_who_writes(house, actor, status, place):
    assert house.client(actor).get(place).status_code == status


@pytest.mark.parametrize(
    "number", ["0", "999", "-1", "x", "9223372036854775808", "9" * 5000, "1/x"]
)
def test_an_article_that_is_not_there_cannot_be_edited(house, number):
    assert house.client(ADA).get(f"/studio/{number}").status_code == 404


def test_the_list_shows_his_own_articles_and_what_waits_for_him(house, at_work):
    at_work(BOB).written("submit", title="Van Bob")
    at_work(CAS).written(title="Van Cas", unit="gent")
    bob, cas, ada = (house.client(actor).get("/studio/").text for actor in (BOB, CAS, ADA))
    assert "Van Bob" in bob
    assert "Van Cas" not in bob
    assert "Van Bob" not in cas
    assert "Van Bob" in ada


def test_who_runs_the_site_finds_the_articles_of_others(house, at_work):
    place = at_work(BOB).written(title="Van Bob")
    assert place in house.client(ADA).get("/studio/").text
    assert place not in house.client(DIRK).get("/studio/").text


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_takes_as_many_queries_for_many_articles_as_for_few(house, number):
    for n in range(number):
        house.article(f"nummer-{n}", tags=["hub"], state=State.SUBMITTED)
    client = house.client(ADA)
    assert len(house.queries(lambda: client.get("/studio/"))) <= 8


def test_an_imported_article_is_corrected_in_its_own_format(house, at_work):
    number = house.article(source_format="html", source="<p>Een <b>oude</b> tekst.</p>")
    at_work(ADA).send("save", f"/studio/{number}", text="<p>Een <b>betere</b> tekst.</p>")
    assert stored(house, f"/studio/{number}").html == "<p>Een <b>betere</b> tekst.</p>"


def test_a_script_in_a_text_is_no_script(house, at_work):
    at_work(ADA).written("publish", text="<script>alert(1)</script> [x](javascript:alert(1))")
    page = house.client().get("/draagvlak-is-geen-doel/").text
    assert "<script>alert" not in page
    assert 'href="javascript:' not in page


def test_nobody_writes_under_another_s_name(house, at_work):
    place = at_work(BOB).written(author="ada", author_id="1")
    with house.app.app_context():
        found = article(db.session, int(place.rsplit("/")[-1]))
        assert found is not None
        assert found.author.user_id == house.user(BOB).id


class TestDiscussion:
    """How the discussion of an article is held, from the studio."""

    URL = "/draagvlak-is-geen-doel/"

    @pytest.fixture
    def place(self, at_work):
        """A published article of Ada's."""
        self.ada = at_work(ADA)
        return self.ada.written("publish")

    def mode(self, house: House) -> Mode:
        found: Mode = house.app.extensions["comments"].mode("draagvlak-is-geen-doel")
        return found

    def test_a_slow_and_watched_discussion_says_so_before_somebody_writes(self, house, place):
        sent = self.ada.send("save", place, slow_minutes="10", premoderated="y")
        assert sent.status_code == 303
        page = house.client().get(self.URL).text
        assert "In deze discussie kan iedereen eens per 10 minuten reageren." in page
        assert "In deze discussie leest een van ons elke reactie voordat die verschijnt." in page

    def test_what_was_set_stands_in_the_form_and_can_be_taken_back(self, house, place):
        self.ada.send("save", place, slow_minutes="10", premoderated="y")
        page = self.ada.client.get(place).text
        assert re.search(r'name="slow_minutes"[^>]* value="10"', page)
        assert 'name="premoderated" value="y" checked' in page
        self.ada.send("save", place, slow_minutes="")
        assert (self.mode(house).slow_minutes, self.mode(house).premoderated) == (0, False)

    def test_what_the_desk_closed_stays_closed_and_is_said(self, house, place):
        comments = house.app.extensions["comments"]
        subject = comments.site.host.subject("draagvlak-is-geen-doel")
        comments.set_mode(subject, Mode(closed=True), "1")
        assert "De redactie heeft deze discussie gesloten" in self.ada.client.get(place).text
        self.ada.send("save", place, slow_minutes="5")
        assert self.mode(house) == Mode(closed=True, slow_minutes=5)
        assert "<textarea" not in house.client().get(self.URL).text

    @pytest.mark.parametrize("days", ["", "0", "7", "3650"])
    def test_days_are_kept_as_they_were_typed(self, house, place, days):
        self.ada.send("save", place, close_days=days)
        assert stored(house, place).close_days == (int(days) if days else None)
        assert re.search(rf'name="close_days"[^>]* value="{days}"', self.ada.client.get(place).text)

    @pytest.mark.parametrize("field", ["close_days", "slow_minutes"])
    @pytest.mark.parametrize("typed", ["-1", "x", "1.5", "99999", "²", "100000000000"])
    def test_what_is_no_number_that_can_be_is_said_and_comes_back(self, house, place, field, typed):
        answer = self.ada.send("save", place, **{field: typed})
        assert answer.status_code == 422
        assert f'id="{field}-error"' in answer.text
        assert re.search(rf'name="{field}"[^>]* value="{re.escape(typed)}"', answer.text)

    def test_after_so_many_days_it_closes_and_until_then_that_is_said(self, house, place):
        self.ada.send("save", place, close_days="7")
        page = house.client().get(self.URL).text
        assert "Reageren kan tot 9 maart 2026 om 10:00." in page
        house.clock.later(days=6, hours=23)
        assert "<textarea" in house.client().get(self.URL).text
        house.clock.later(hours=1)
        page = house.client().get(self.URL).text
        assert "<textarea" not in page
        assert "De tijd om op dit artikel te reageren is voorbij." in page

    @pytest.mark.parametrize(
        ("usual", "own", "open_"),
        [(7, "", False), (7, "0", True), (7, "30", True), (0, "7", False)],
    )
    def test_the_articles_own_days_go_before_the_sites(self, make_house, usual, own, open_):
        house = make_house(close_days=usual)
        ada = Writer(house.client(ADA))
        ada.written("publish", close_days=own)
        house.clock.later(days=8)
        assert ("<textarea" in house.client().get(self.URL).text) is open_

    def test_a_draft_has_days_but_no_discussion_to_slow(self, house, at_work):
        bob = at_work(BOB)
        place = bob.written(close_days="9", slow_minutes="10")
        page = bob.client.get(place).text
        assert stored(house, place).close_days == 9
        assert 'name="slow_minutes"' not in page
        assert "Zodra het artikel gepubliceerd is" in page

    def test_who_may_not_correct_the_article_holds_its_discussion_in_no_way(
        self, house, place, at_work
    ):
        mine = f"/studio/{house.article('van-bob', by=BOB)}"
        assert at_work(BOB).send("save", mine, slow_minutes="10").status_code == 403
        assert house.app.extensions["comments"].mode("van-bob") == Mode()

    def test_the_change_is_written_down_under_who_made_it(self, house, place):
        self.ada.send("save", place, slow_minutes="10")
        with house.app.app_context():
            (row,) = db.session.execute(db.select(Steered.person_key, Steered.what)).all()
            assert row == (str(house.user(ADA).id), "slowed")
