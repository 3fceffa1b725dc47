import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from blog.models import Article, db
from blog.queries import article
from blog.states import State
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
