"""A library's site with the plug-in on it, with both histories on one file, and people to use it."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.security import generate_password_hash
from werkzeug.test import TestResponse

from comments.keys import fresh
from examples.foreign.app import library
from examples.foreign.attach import attach
from examples.foreign.models import Book, Comment, User, db

BOOK = "/books/emma/"
PASSWORD = "a long password"


@dataclass
class Site:
    """The app, its engine and its environment; `attach` may wait until a test has changed the app."""

    app: Flask
    engine: Engine
    environ: dict[str, str]

    def attach(self) -> "Site":
        attach(self.app, self.engine, self.environ)
        return self

    def run(self, *command: str) -> str:
        """What a command says; it must succeed."""
        result = self.app.test_cli_runner().invoke(args=command)
        assert result.exit_code == 0, result.output
        return result.output

    def filled(self) -> "Site":
        """Both histories at their heads, a book with a remark on its card, Mo who moderates, and Ann."""
        self.run("db", "upgrade")
        self.run("comments", "upgrade")
        with self.app.app_context():
            db.session.add(Book(id=1, slug="emma", title="Emma", blurb="A novel."))
            db.session.add(Comment(id=1, book_id=1, text="Lent to the school."))
            password = generate_password_hash(PASSWORD, "pbkdf2:sha256:1")
            for name in ("Mo", "Ann"):
                db.session.add(User(name=name, email=f"{name}@library.example", password=password))
            db.session.commit()
        self.run("moderation", "unit", "reading", "Reading room", "--kind", "hub")
        self.run("moderation", "member", "1", "reading")
        return self

    def client(self, name: str = "") -> FlaskClient:
        """A browser of its own, signed in by the library's own form if somebody is named."""
        client = self.app.test_client()
        if name:
            fields = {"email": f"{name}@library.example", "password": PASSWORD}
            answer = client.post("/sign-in", data=filled_in(client.get("/sign-in").text, **fields))
            assert answer.status_code == 302, answer.text
        return client

    def post(self, text: str, name: str = "Guest") -> TestResponse:
        """What a guest with a fresh browser gets for his comment."""
        client = self.client()
        fields = {"name": name, "email": "guest@readers.example", "text": text}
        form = filled_in(client.get(BOOK).text, **fields)
        return client.post("/comments/emma", data=form)

    def approve(self) -> None:
        """Mo presses the button on the only card of his queue."""
        mo = self.client("Mo")
        address, fields = only_card(mo.get("/desk/").text)
        answer = mo.post(address, data={**fields, "action": "approve"})
        assert answer.status_code == 303, answer.text


def filled_in(page: str, **fields: str) -> dict[str, str]:
    """The form that something is written in, else the last one, with its hidden fields and with these."""
    form = page[page.rindex("<form", 0, page.rfind("<textarea")) :].partition("</form>")[0]
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
    return {**dict(hidden), **fields}


def only_card(page: str) -> tuple[str, dict[str, str]]:
    """Address and hidden fields of the one form of a queue that decides on one comment."""
    [form] = re.findall(r'<form[^>]* action="(/desk/\d+)"(.*?)</form>', page, re.DOTALL)
    return form[0], filled_in("<form" + form[1])


def library_on(file: Path) -> Site:
    """The library as it was before the plug-in."""
    environ = {
        "INSTANCE": str(file.parent),
        "SECRET_KEY": "the library's own",
        "DATABASE_URL": f"sqlite:///{file}",
        "WEERWOORD_DATA_KEYS": fresh(b"k" * 32),
        "WEERWOORD_LOOKUP_KEY": "look-up",
    }
    app = Flask("examples.foreign.app", instance_path=environ["INSTANCE"])
    return Site(app, library(app, environ), environ)


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Site]:
    """Nothing attached, no table made."""
    site = library_on(tmp_path / "library.db")
    yield site
    site.engine.dispose()


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that was filled once, to be copied."""
    file = tmp_path_factory.mktemp("foreign") / "library.db"
    site = library_on(file).attach().filled()
    site.engine.dispose()
    return file


@pytest.fixture
def furnished_site(furnished: Path, tmp_path: Path) -> Iterator[Site]:
    """Nothing attached yet, but everything in the database."""
    file = tmp_path / "furnished.db"
    shutil.copy(furnished, file)
    site = library_on(file)
    yield site
    site.engine.dispose()


@pytest.fixture
def site(furnished_site: Site) -> Site:
    return furnished_site.attach()
