"""Moderation put on an app: what it fills in, what it needs, what it asks."""

from contextlib import closing

import pytest
from flask import Flask

from comments.extension import Comments
from moderation.extension import Moderation, login_at, service_for
from moderation.screening.akismet import Akismet, Off
from moderation.settings import Settings
from tests.moderation.world import KEYS, SITE_URL, House


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (Settings(), Off),
        (Settings(akismet_key="k"), Akismet),
        (Settings(akismet_key="k", akismet_mode="always"), Akismet),
        (Settings(akismet_key="k", akismet_mode="off"), Off),
    ],
)
def test_akismet_is_asked_where_there_is_a_key_and_it_is_not_off(settings, expected):
    with closing(service_for(settings, SITE_URL)) as service:
        assert type(service) is expected


def test_a_service_of_ones_own_takes_akismets_place():
    service = Off()
    assert Moderation(Settings(), SITE_URL, service=service).service is service


def test_before_it_is_attached_it_says_so():
    with pytest.raises(RuntimeError, match="attach moderation"):
        Moderation(Settings(), SITE_URL).site()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/desk/", "/login?next=/desk/"),
        ("/desk/?q=is:spam&after=2", "/login?next=/desk/%3Fq%3Dis%3Aspam%26after%3D2"),
    ],
)
def test_the_page_that_was_wanted_is_one_value_in_the_address(path, expected):
    assert login_at(path) == expected


def attached(file, **more) -> Flask:
    engine, restore = file
    restore()
    app = Flask(__name__)
    app.secret_key = "secret"
    moderation = Moderation(Settings(), SITE_URL, **more)
    moderation.attach(app, Comments(app, House(engine), settings=KEYS, **moderation.seams()))
    return app


def test_a_host_signs_its_people_in_where_it_likes(file):
    app = attached(file, login_url=lambda path: f"/binnen?naar={path}")
    assert app.test_client().get("/desk/").location == "/binnen?naar=/desk/"


def test_a_host_gives_the_desk_a_page_of_its_own(file, tmp_path):
    (tmp_path / "huis.html").write_text("<h9>Huis</h9>{% block main %}{% endblock %}")
    app = attached(file, base_template="huis.html")
    app.template_folder = str(tmp_path)
    client = app.test_client()
    with client.session_transaction() as kept:
        kept["who"] = "hub"
    assert "<h9>Huis</h9>" in client.get("/desk/").text


def test_without_a_desk_of_its_own_every_comment_of_a_guest_waits(world):
    assert world.codes(world.write()) == ["waits_for_person"]
