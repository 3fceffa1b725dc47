"""What two applications share in one app: addresses, template names, templates, the secret."""

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader

from comments.extension import Comments
from comments.settings import Settings, read

from .conftest import BOOK, Site


def test_a_site_without_pages_of_its_own_gets_the_plug_ins(site: Site) -> None:
    app = Flask("plain")
    app.secret_key = "another one"
    host = site.app.extensions["comments"].site.host
    Comments(app, host, settings=read(Settings, site.environ, "COMMENTS_"))
    answer = app.test_client().get("/privacy")
    assert answer.status_code == 200
    assert "plain.css" in answer.text


def test_a_template_of_the_site_takes_the_place_of_the_plug_ins(furnished_site: Site) -> None:
    own = DictLoader({"comments/notice.html": "Mind the librarian."})
    furnished_site.app.jinja_loader = ChoiceLoader([own, furnished_site.app.jinja_loader])  # type: ignore
    assert "Mind the librarian." in furnished_site.attach().client().get(BOOK).text


def test_an_unknown_subject_is_not_found(site: Site) -> None:
    assert site.client().get("/comments/no-such-book").status_code == 404


def test_an_app_without_a_secret_is_refused_in_one_line(site: Site) -> None:
    host = site.app.extensions["comments"].site.host
    with pytest.raises(ValueError, match="secret_key"):
        Comments(Flask("naked"), host, settings=Settings())
