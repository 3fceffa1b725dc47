"""Short sessions on the host's engine, and the column types that both databases share."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, DateTime, Dialect, Engine, event
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeDecorator

WRITE = "ww_write"
"""The execution option of a connection that is going to write."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime in UTC, also where the database has none (SQLite)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def prepare(engine: Engine) -> None:
    """Makes every writing transaction on this engine begin as one; harmless when done twice."""
    event.listen(engine, "begin", begin_immediate)


def begin_immediate(connection: Connection) -> None:
    """Takes SQLite's write lock at the start: a lock taken later can fail at once, whatever the time-out."""
    wants = connection.get_execution_options().get(WRITE)
    if wants and connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def tune_sqlite(engine: Engine) -> None:
    """For an engine of our own: WAL, a patient lock, foreign keys on. Does nothing elsewhere."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", set_pragmas)


def set_pragmas(connection: Any, record: object) -> None:
    for pragma in (
        "journal_mode=WAL",
        "busy_timeout=5000",
        "foreign_keys=ON",
        "synchronous=NORMAL",
    ):
        connection.execute(f"PRAGMA {pragma}")


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    with Session(engine, expire_on_commit=False) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """One transaction: committed at the end, rolled back when anything is raised."""
    immediate = engine.execution_options(**{WRITE: True})
    with Session(immediate, expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def migrating(engine: Engine) -> Iterator[Connection]:
    """A connection on which tables are changed, in a transaction of the caller's.

    SQLite changes some of them by making them anew: until that is done nobody must look after
    references, or what hangs on a row goes with the table that is replaced.
    """
    prepare(engine)
    with engine.connect().execution_options(**{WRITE: True}) as connection:
        raw = connection.connection.driver_connection
        if engine.dialect.name != "sqlite" or raw is None:
            yield connection
            return
        ((guarded,),) = raw.execute("PRAGMA foreign_keys").fetchall()
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            yield connection
        finally:
            raw.execute(f"PRAGMA foreign_keys={guarded}")
