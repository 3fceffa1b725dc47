"""A small world for each test, on databases that are opened once."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine

from moderation.screening.akismet import SpamService
from moderation.settings import Settings

from .databases import Database, postgresql, sqlite
from .world import World, people_it, world_on

Make = Callable[..., World]
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.service)]


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with sqlite(tmp_path_factory.mktemp("world"), people_it) as database:
        yield database


@pytest.fixture(scope="session")
def server_schema() -> Iterator[Database]:
    with postgresql(people_it) as database:
        yield database


@pytest.fixture
def make(file: Database) -> Make:
    """Makes the world with settings of one's own."""
    engine, restore = file

    def made(service: SpamService | None = None, **settings: Any) -> World:
        restore()
        return world_on(engine, Settings(**settings), service)

    return made


@pytest.fixture(scope="session")
def kept(file: Database) -> World:
    return world_on(file[0], Settings())


@pytest.fixture
def world(file: Database, kept: World) -> World:
    """As it always begins. The app is the same for all: who changes that makes one of his own."""
    file[1]()
    return kept.begun()


@pytest.fixture(params=BOTH)
def either(request: pytest.FixtureRequest) -> Engine:
    """Each of the databases, with its units and no comments."""
    name = "server_schema" if request.param == "postgresql" else "file"
    database: Database = request.getfixturevalue(name)
    engine, restore = database
    restore()
    return engine


@pytest.fixture
def either_world(either: Engine) -> World:
    """The same world on each of the databases."""
    return world_on(either, Settings())
