from pathlib import Path

import pytest
from flask import Flask

from blog.extension import database_url
from blog.routing import reserved
from tests.people import ADA, BOB, DIRK


@pytest.mark.parametrize("word", ["desk", "studio", "login", "comments", "static", "tag", "page"])
def test_a_word_of_the_house_is_no_article(house, word):
    known = reserved(house.app)
    assert word in known or word == "desk"  # the desk is another package's
    assert "" not in known


def test_a_relative_file_lies_beside_the_app():
    app = Flask("weerwoord", root_path="/srv/site")
    assert database_url(app, "sqlite:///instance/w.db") == "sqlite:////srv/site/instance/w.db"


@pytest.mark.parametrize(
    "url", ["sqlite:////var/w.db", "sqlite://", "postgresql+psycopg://w:geheim@db/w"]
)
def test_any_other_database_is_taken_as_it_is_named(url):
    assert database_url(Flask("weerwoord", root_path="/srv/site"), url) == url


def test_the_doors_of_the_house_are_shown_to_who_may_pass(house):
    doors = {
        None: [],
        ADA: ["/desk/", "/studio/", "/account"],
        BOB: ["/desk/", "/studio/", "/account"],
        DIRK: ["/studio/", "/account"],
    }
    for actor, shown in doors.items():
        page = house.client(actor).get("/").text
        found = [door for door in ("/desk/", "/studio/", "/account") if f'href="{door}"' in page]
        assert found == shown


def test_errors_of_the_database_hold_no_values(house):
    with house.app.app_context():
        engine = house.app.extensions["sqlalchemy"].engine
    assert engine.hide_parameters


def test_only_one_file_of_the_blog_knows_the_plug_in():
    folder = Path(__file__).parents[2] / "blog"
    knowing = [
        file.name
        for file in folder.rglob("*.py")
        if any(
            line.startswith(("from comments", "import comments", "from moderation"))
            for line in file.read_text().splitlines()
        )
    ]
    assert knowing == ["discussion.py"]
