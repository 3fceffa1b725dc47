"""The two databases that the tests run on: a file of SQLite, and a schema of PostgreSQL where one answers.

Each is opened once for all tests, so that no statement is compiled twice, and emptied before each.
"""

import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from comments import chain
from comments.database import tune_sqlite, writing
from comments.models import Base, LogHead
from moderation.screening import models as screening_models
from moderation.units import models as unit_models

POSTGRES = os.environ.get(
    "TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres?connect_timeout=2"
)
MODELS = (screening_models, unit_models)
"""Imported, so that their tables are among those that are made."""
Fill = Callable[[Engine], None]


def head(engine: Engine) -> None:
    """The row that says where the log's chain begins; migrations bring it."""
    with writing(engine) as session:
        session.add(LogHead(id=1, seq=0, hash=chain.START))


@contextmanager
def sqlite(folder: Path, fill: Fill) -> Iterator[tuple[Engine, Callable[[], None]]]:
    """The engine, and what brings its database back to how `fill` left it."""
    blank, file = folder / "blank.db", folder / "world.db"
    with opened(blank) as engine:
        Base.metadata.create_all(engine)
        head(engine)
        fill(engine)

    def restore() -> None:
        with closing(sqlite3.connect(blank)) as source, closing(sqlite3.connect(file)) as target:
            source.backup(target)

    with opened(file) as engine:
        yield engine, restore


@contextmanager
def opened(file: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{file}")
    tune_sqlite(engine)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def postgresql(fill: Fill) -> Iterator[tuple[Engine, Callable[[], None]]]:
    """The same in a schema of its own, gone afterwards; skips where no server answers."""
    name = f"ww_{secrets.token_hex(6)}"
    server = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    engine = create_engine(POSTGRES, connect_args={"options": f"-csearch_path={name}"})
    try:
        run(server, f"CREATE SCHEMA {name}")
    except OperationalError:
        pytest.skip("PostgreSQL does not answer; TEST_POSTGRES_URL says where it is")
    Base.metadata.create_all(engine)

    def restore() -> None:
        run(engine, f"TRUNCATE {', '.join(Base.metadata.tables)} RESTART IDENTITY")
        head(engine)
        fill(engine)

    try:
        yield engine, restore
    finally:
        engine.dispose()
        run(server, f"DROP SCHEMA {name} CASCADE")
        server.dispose()


def run(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))
