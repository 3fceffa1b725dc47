"""Fills an empty database from a backup, in one transaction, and compares what came of it with the file."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    Table,
    bindparam,
    delete,
    func,
    insert,
    literal,
    not_,
    select,
    true,
    update,
)
from sqlalchemy.exc import StatementError

from ..database import writing
from ..models import Brake, LogHead
from .backup import Contents, Reader, Step, Unusable, contents, heads
from .portable import PORTION, columns, kind, values

SEEDS: Mapping[str, ColumnElement[bool]] = {
    LogHead.__tablename__: LogHead.seq == 0,
    Brake.__tablename__: true(),
}
"""Rows that an empty database may have: the start of the log, and counters of attempts."""


def refuse_unfit(engine: Engine, tables: Sequence[Table], found: Contents) -> None:
    """Raises Unusable where the file does not fit this database, or the database is not empty."""
    with engine.connect() as connection:
        refuse(connection, tables, found)


def restore(
    engine: Engine, tables: Sequence[Table], path: Path, found: Contents, step: Step
) -> None:
    """All of the file, which was `found` to be whole, or nothing: raises Unusable."""
    with writing(engine) as session:
        connection = session.connection()
        refuse(connection, tables, found)
        clear_seeds(connection, tables)
        fill(connection, {table.name: table for table in tables}, path, step)
        for table in tables:
            set_sequence(connection, table)
        if digest(connection, tables, step) != found.sha256:
            raise Unusable("this database gives back something else than the file holds")


def refuse(connection: Connection, tables: Sequence[Table], found: Contents) -> None:
    own = heads(connection)
    if list(found.heads) != own:
        raise Unusable(
            f"the file is of the migrations {', '.join(found.heads) or 'none'}; "
            f"this database is of {', '.join(own) or 'none'}"
        )
    if {t.name: columns(t) for t in tables} != {n: h.columns for n, h in found.tables.items()}:
        raise Unusable("the tables in the file are not those of this site")
    full = [table.name for table in tables if occupied(connection, table)]
    if full:
        raise Unusable(f"a backup goes into an empty database only; there are rows in {full[0]}")


def occupied(connection: Connection, table: Table) -> bool:
    rows = select(literal(1)).select_from(table).limit(1)
    seed = SEEDS.get(table.name)
    return connection.scalar(rows if seed is None else rows.where(not_(seed))) is not None


def clear_seeds(connection: Connection, tables: Sequence[Table]) -> None:
    for table in tables:
        if table.name in SEEDS:
            connection.execute(delete(table))


def fill(connection: Connection, tables: Mapping[str, Table], path: Path, step: Step) -> None:
    """A table's head stands before its rows; the first line of all holds the heads."""
    name = ""
    for are_rows, told in groupby(decoded(path, step), key=is_row):
        if are_rows:
            put(connection, tables[name], told)
        else:
            name = list(told)[-1].get("table", "")


def decoded(path: Path, step: Step) -> Iterator[Any]:
    for content in Reader(path):
        step(1)
        yield json.loads(content)


def is_row(told: Any) -> bool:
    return isinstance(told, list)


def put(connection: Connection, table: Table, rows: Iterator[list[Any]]) -> None:
    names = [column.name for column in table.columns]
    kinds = [kind(column) for column in table.columns]
    ahead = Ahead(table)
    try:
        while portion := list(islice(rows, PORTION)):
            given = [dict(zip(names, values(row, kinds), strict=True)) for row in portion]
            connection.execute(insert(table), [ahead.held_back(row) for row in given])
        ahead.settle(connection)
    except (StatementError, ValueError) as error:
        why = type(getattr(error, "orig", error)).__name__
        raise Unusable(f"this database refuses rows of {table.name} ({why})") from None


class Ahead:
    """References of a table to rows of its own that come later: left out at first, set at the end."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.key, *more = table.primary_key.columns or table.columns
        own = [] if more else [c for c in table.columns if c.references(self.key)]
        self.owed: dict[Column[Any], list[dict[str, Any]]] = {column: [] for column in own}

    def held_back(self, row: dict[str, Any]) -> dict[str, Any]:
        """The row as it may be put in now; those before it have smaller keys."""
        for column, owed in self.owed.items():
            own, other = row[self.key.name], row[column.name]
            if other is not None and other > own:
                owed.append({"own": own, "other": other})
                row = row | {column.name: None}
        return row

    def settle(self, connection: Connection) -> None:
        for column, owed in self.owed.items():
            if owed:
                one = update(self.table).where(self.key == bindparam("own"))
                connection.execute(one.values({column.name: bindparam("other")}), owed)


def set_sequence(connection: Connection, table: Table) -> None:
    """PostgreSQL numbers on from the last row; SQLite does so by itself."""
    numbered = table.autoincrement_column
    if connection.dialect.name != "postgresql" or numbered is None:
        return
    name = connection.dialect.identifier_preparer.format_table(table)
    sequence = func.pg_get_serial_sequence(name, numbered.name)
    last = select(func.setval(sequence, func.max(numbered)))
    connection.execute(last.having(func.max(numbered).is_not(None)))


def digest(connection: Connection, tables: Sequence[Table], step: Step) -> str:
    found = hashlib.sha256()
    for content in contents(connection, tables):
        found.update(content)
        step(1)
    return found.hexdigest()
