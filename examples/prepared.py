"""Knows whether the site was prepared by this very code with these very settings, without importing it.

A later start saves the second it would take to import everything only to find nothing to do.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

CODE = ("app.py", "blog", "comments", "moderation", "migrations", "examples")
VERSIONS = "SELECT version_num FROM ww_alembic_version ORDER BY version_num"


def fingerprint(root: Path, environ: Mapping[str, str]) -> str:
    """Of all the code by size and time, and of all settings by value."""
    settings = sorted(item for item in environ.items() if item[0].startswith("WEERWOORD_"))
    files = [[str(path), *stamp(path)] for path in sorted(code(root))]
    return hashlib.sha256(json.dumps([settings, files]).encode()).hexdigest()


def code(root: Path) -> Iterator[Path]:
    for name in CODE:
        place = root / name
        yield from [place] if place.is_file() else place.rglob("*.py")


def stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def keep(file: Path, mark: str, database: str) -> None:
    """Notes that this SQLite file is as it should be."""
    told = {"mark": mark, "database": database, "migrations": migrations(database)}
    file.write_text(json.dumps(told), "utf-8")


def holds(file: Path, mark: str) -> bool:
    """Whether what was noted is still true."""
    try:
        told = json.loads(file.read_text("utf-8"))
        found = migrations(told["database"])
    except (OSError, ValueError, KeyError, sqlite3.Error):
        return False
    return bool(found) and told == {**told, "mark": mark, "migrations": found}


def migrations(database: str) -> list[str]:
    """Those that a database has; raises sqlite3.Error where there is none."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return [version for (version,) in connection.execute(VERSIONS)]
