"""Rows of any table as lines of JSON that are the same whichever database they come from; writes nothing."""

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    DateTime,
    Engine,
    Enum,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    Select,
    String,
    Table,
    collate,
    func,
    select,
    type_coerce,
)
from sqlalchemy.types import TypeDecorator

PORTION = 1000
KINDS: tuple[tuple[type, str], ...] = (
    (Enum, "text"),
    (String, "text"),
    (Boolean, "boolean"),
    (Integer, "integer"),
    (Float, "float"),
    (Numeric, "decimal"),
    (DateTime, "time"),
    (Date, "date"),
    (LargeBinary, "bytes"),
    (JSON, "json"),
)
READERS: Mapping[str, Callable[[Any], Any]] = {
    "time": datetime.fromisoformat,
    "date": date.fromisoformat,
    "decimal": Decimal,
    "bytes": base64.b64decode,
}


class NotPortable(TypeError):
    """A column, or a value in it, of a type for which the file has no form."""


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """One read transaction: all that is read in it is of one moment, whoever writes meanwhile."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")
        else:
            connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        yield connection


def all_tables(metadatas: Iterable[MetaData]) -> list[Table]:
    """Every table once, those first that others refer to."""
    return list({t.name: t for m in metadatas for t in m.sorted_tables}.values())


def count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def table_lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """What the table is, then its rows by primary key, each as a list in the order of its columns."""
    yield line({"table": table.name, "rows": count(connection, table), "columns": columns(table)})
    rows = connection.execute(
        ordered(table, connection.dialect.name), execution_options={"yield_per": PORTION}
    )
    for row in rows:
        yield line(list(row))


def columns(table: Table) -> list[list[str]]:
    """Name and kind of each column."""
    return [[column.name, kind(column)] for column in table.columns]


def kind(column: Column[Any]) -> str:
    stored = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    for cls, name in KINDS:
        if isinstance(stored, cls):
            return name
    raise NotPortable(f"{column.table.name}.{column.name} is of the type {column.type!r}")


def ordered(table: Table, dialect: str) -> Select[Any]:
    """Enumerations come as they are stored; the order depends on no collation of the database."""
    wanted = [
        type_coerce(column, String()) if isinstance(column.type, Enum) else column
        for column in table.columns
    ]
    keys = table.primary_key.columns or table.columns
    return select(*wanted).order_by(*(bytewise(column, dialect) for column in keys))


def bytewise(column: Column[Any], dialect: str) -> ColumnElement[Any]:
    """SQLite compares bytes unless it is told otherwise."""
    sorts = dialect == "postgresql" and isinstance(column.type, String)
    return collate(column, "C") if sorts else column


def line(content: object) -> bytes:
    """The one way in which this content is written: ASCII, no spaces, the keys of objects in order."""
    return ENCODER.encode(content).encode() + b"\n"


def plain(value: object) -> str:
    """What JSON itself has no form for."""
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, Decimal):
        return str(value)
    raise NotPortable(f"there is no form for a value of the type {type(value).__name__}")


ENCODER = json.JSONEncoder(separators=(",", ":"), sort_keys=True, default=plain)


def values(row: list[Any], kinds: list[str]) -> list[Any]:
    """A row of a file as the columns take it."""
    return [
        READERS[kind](value) if value is not None and kind in READERS else value
        for value, kind in zip(row, kinds, strict=True)
    ]
