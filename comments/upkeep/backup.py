"""One file that holds all tables at one moment: written here, and looked through before it is trusted."""

import gzip
import hashlib
import json
import os
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, Table

from ..migrate import VERSION_TABLE
from .portable import count, line, snapshot, table_lines

FORMAT, VERSION = "weerwoord-backup", 1
COMPRESSION = 6
Step = Callable[[int], object]
"""Told that so many lines more are done."""


class Unusable(Exception):
    """The file is none of ours, is damaged, or does not fit; the message is one plain sentence."""


@dataclass(frozen=True)
class Held:
    """One table in a file: its number of rows, and name and kind of each column."""

    rows: int
    columns: list[list[str]]


@dataclass(frozen=True)
class Contents:
    """What a file holds. `heads` are the migrations that were reached; `sha256` is the content's."""

    made_at: str
    heads: tuple[str, ...]
    tables: Mapping[str, Held]
    sha256: str

    @property
    def rows(self) -> int:
        return sum(held.rows for held in self.tables.values())

    @property
    def lines(self) -> int:
        return self.rows + len(self.tables) + 1


def lines_in(engine: Engine, tables: Sequence[Table]) -> int:
    """How many lines a backup would have by now."""
    with engine.connect() as connection:
        return lines_of(connection, tables)


def lines_of(connection: Connection, tables: Sequence[Table]) -> int:
    """One for each row, one for each table, one for the migrations."""
    return sum(count(connection, table) + 1 for table in tables) + 1


def write(engine: Engine, tables: Sequence[Table], path: Path, now: datetime, step: Step) -> str:
    """The content's SHA-256. The file appears whole or not at all, for its owner alone to read."""
    handle, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    try:
        with (
            os.fdopen(handle, "wb") as raw,
            gzip.GzipFile("", "wb", COMPRESSION, raw) as packed,
            snapshot(engine) as connection,
        ):
            sha256 = write_all(connection, tables, packed, now, step)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
    return sha256


def write_all(
    connection: Connection, tables: Sequence[Table], file: gzip.GzipFile, now: datetime, step: Step
) -> str:
    lines = lines_of(connection, tables)
    first = {"format": FORMAT, "version": VERSION, "made_at": now.isoformat(), "lines": lines}
    file.write(line(first))
    digest = hashlib.sha256()
    for content in contents(connection, tables):
        digest.update(content)
        file.write(content)
        step(1)
    file.write(line({"sha256": digest.hexdigest()}))
    return digest.hexdigest()


def contents(connection: Connection, tables: Sequence[Table]) -> Iterator[bytes]:
    """What the digest covers: it is the same for the same rows in any database."""
    yield line({"heads": heads(connection)})
    for table in tables:
        yield from table_lines(connection, table)


def heads(connection: Connection) -> list[str]:
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    return sorted(context.get_current_heads())


class Reader:
    """The lines of content one by one; raises Unusable at their end if they are not what was written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines = unpacked(path)
        self.first = announced(path, next(self.lines, b""))
        self.digest = hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        held = next(self.lines, b"")
        for following in self.lines:
            self.digest.update(held)
            yield held
            held = following
        if held != line({"sha256": self.digest.hexdigest()}):
            raise damaged(self.path)


def unpacked(path: Path) -> Iterator[bytes]:
    try:
        with gzip.open(path) as file:
            yield from file
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise damaged(path) from None


def damaged(path: Path) -> Unusable:
    return Unusable(f"{path} is damaged, or not a backup at all")


def announced(path: Path, first: bytes) -> dict[str, Any]:
    try:
        found = json.loads(first)
    except ValueError:
        raise damaged(path) from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise damaged(path)
    if found.get("version") != VERSION:
        raise Unusable(f"{path} is of version {found.get('version')}; this one reads {VERSION}")
    return found


def inspect(path: Path, step: Step) -> Contents:
    """Reads the whole file, keeps none of its rows; raises Unusable where it cannot be trusted."""
    reader = Reader(path)
    not_rows = []
    for content in reader:
        step(1)
        if not content.startswith(b"["):
            not_rows.append(content)
    reached, *held = map(json.loads, not_rows)
    return Contents(
        made_at=reader.first["made_at"],
        heads=tuple(reached["heads"]),
        tables={told["table"]: Held(told["rows"], told["columns"]) for told in held},
        sha256=reader.digest.hexdigest(),
    )


def lines_told(path: Path) -> int:
    """How many lines the file says that it has; inspecting it shows whether it does."""
    return int(Reader(path).first.get("lines", 0))
