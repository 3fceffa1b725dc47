"""The two databases that the tests run on, each opened once, so that no statement is compiled twice.

Each comes with what brings it back to how `fill` leaves it, before every test.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine, event, text

from comments.database import tune_sqlite
from moderation.screening import models as screening_models
from moderation.units import models as unit_models
from tests.comments.databases import answering_server, emptied, make_tables

MODELS = (screening_models, unit_models)
"""Imported, so that their tables are among those that are made."""
Database = tuple[Engine, Callable[[], None]]
Fill = Callable[[Engine], None]


@contextmanager
def sqlite(folder: Path, fill: Fill) -> Iterator[Database]:
    blank = folder / "blank.db"
    with opened(blank) as engine:
        make_tables(engine)
        fill(engine)

    def restore() -> None:
        with closing(sqlite3.connect(blank)) as kept, closing(sqlite3.connect(file)) as used:
            kept.backup(used)

    file = folder / "world.db"
    with opened(file) as engine:
        yield engine, restore


@contextmanager
def opened(file: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{file}")
    tune_sqlite(engine)
    event.listen(engine, "connect", careless)
    try:
        yield engine
    finally:
        engine.dispose()


def careless(connection: sqlite3.Connection, record: object) -> None:
    """No test survives a power cut, so none waits for the disk."""
    connection.execute("PRAGMA synchronous=OFF")


@contextmanager
def postgresql(fill: Fill) -> Iterator[Database]:
    """In a schema of its own, gone afterwards; skips where no server answers."""
    server, schema = answering_server(), f"ww_desk_{os.getpid()}"
    run(server, f"CREATE SCHEMA {schema}")
    engine = create_engine(server.url, connect_args={"options": f"-csearch_path={schema}"})

    def restore() -> None:
        emptied(engine)
        fill(engine)

    try:
        make_tables(engine)
        yield engine, restore
    finally:
        engine.dispose()
        run(server, f"DROP SCHEMA {schema} CASCADE")
        server.dispose()


def run(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))
