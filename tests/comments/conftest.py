"""What the tests of the plug-in stand on: a database, a clock that is set, a small site and its client."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from comments.extension import Comments

from . import databases
from .host import Clock, Room, SmallHost
from .mailing.catcher import Catcher, catching
from .proof.letters import Post
from .small_site import small_site


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return databases.sqlite_file(tmp_path_factory.mktemp("empty"))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Engine]:
    yield from databases.postgresql_schema()


@pytest.fixture(scope="session")
def sqlite(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    found = databases.sqlite_engine(empty_file, tmp_path_factory.mktemp("sqlite"))
    yield found
    found.dispose()


@pytest.fixture
def engine(request: pytest.FixtureRequest, empty_file: Path, tmp_path: Path) -> Iterator[Engine]:
    """SQLite, or what `on_both_databases` asks for; `own` is an engine that may be tampered with."""
    kind = getattr(request, "param", "sqlite")
    if kind != "own":
        yield databases.emptied(request.getfixturevalue(kind))
        return
    found = databases.sqlite_engine(empty_file, tmp_path)
    yield found
    found.dispose()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def room(engine: Engine, clock: Clock) -> Room:
    return Room(engine, clock)


@pytest.fixture
def host(engine: Engine) -> SmallHost:
    return SmallHost(engine)


@pytest.fixture
def app(host: SmallHost, clock: Clock) -> Flask:
    return small_site(host, clock)


@pytest.fixture
def comments(app: Flask) -> Iterator[Comments]:
    found: Comments = app.extensions["comments"]
    yield found
    found.site.versions.close()


@pytest.fixture
def client(app: Flask, comments: Comments) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def catcher() -> Iterator[Catcher]:
    """The mail server of a site that has one."""
    with catching() as found:
        yield found


@pytest.fixture
def post(client: FlaskClient, comments: Comments, catcher: Catcher) -> Post:
    return Post(client, comments, catcher)
