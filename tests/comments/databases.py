"""Empty databases with the plug-in's tables: a copy of a file for SQLite, a schema for PostgreSQL."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest
from sqlalchemy import Engine, create_engine, delete, insert, text
from sqlalchemy.exc import OperationalError

from comments import chain
from comments.database import tune_sqlite
from comments.models import LogHead
from comments.tables import metadata

SERVER = "postgresql+psycopg://{}@127.0.0.1:5432/test"
UNGUARDED = {  # else each row that goes is looked for as somebody's parent
    "sqlite": ("PRAGMA foreign_keys=OFF", "PRAGMA foreign_keys=ON"),
    "postgresql": (
        "SET session_replication_role = replica",
        "SET session_replication_role = DEFAULT",
    ),
}
on_both_databases = pytest.mark.parametrize(
    "engine",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.service)],
    indirect=True,
)


def make_tables(engine: Engine) -> None:
    metadata.create_all(engine)
    start_chain(engine)


def start_chain(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(insert(LogHead).values(id=1, seq=0, hash=chain.START))


def sqlite_file(folder: Path) -> Path:
    """A file with empty tables, to be copied by each test."""
    file = folder / "empty.db"
    engine = create_engine(f"sqlite:///{file}")
    make_tables(engine)
    engine.dispose()
    return file


def sqlite_engine(empty: Path, folder: Path) -> Engine:
    file = folder / "site.db"
    shutil.copyfile(empty, file)
    engine = create_engine(f"sqlite:///{file}")
    tune_sqlite(engine)
    return engine


def postgresql_schema() -> Iterator[Engine]:
    """An engine on a schema of this process's own; skips where no server answers."""
    server = answering_server()
    schema = f"ww_test_{os.getpid()}"
    with server.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {schema} CASCADE"))
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    options = f"-csearch_path={schema} -ctimezone=Europe/Amsterdam"
    engine = create_engine(server.url, connect_args={"options": options})
    make_tables(engine)
    yield engine
    engine.dispose()
    with server.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    server.dispose()


def answering_server() -> Engine:
    for user in ("root", "postgres"):
        engine = create_engine(SERVER.format(user))
        try:
            engine.connect().close()
        except OperationalError:
            engine.dispose()
        else:
            return engine
    pytest.skip("PostgreSQL does not answer on 127.0.0.1:5432")


def until_somebody_waits(engine: Engine) -> None:
    """Another transaction on PostgreSQL has come to a lock that is taken."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    for _ in range(200):
        with engine.connect() as connection:
            if connection.scalar(waiting):
                return
        sleep(0.02)
    raise AssertionError("nobody waits")


def emptied(engine: Engine) -> Engine:
    """The same engine, since what it has learned of our statements is worth keeping."""
    off, on = UNGUARDED[engine.dialect.name]
    with engine.connect() as connection:
        connection.exec_driver_sql(off)
        for table in reversed(metadata.sorted_tables):
            connection.execute(delete(table))
        connection.commit()
        connection.exec_driver_sql(on)
        connection.commit()
    start_chain(engine)
    return engine
