"""A later start skips the preparation only where nothing changed: no code, no setting, no database."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from examples.prepared import fingerprint, holds, keep

ENVIRON = {"WEERWOORD_SECRET_KEY": "geheim", "HOME": "/root"}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("blog", "comments", "moderation", "migrations/comments", "examples", "instance"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "app.py").write_text("1\n")
    (tmp_path / "migrations" / "comments" / "first.py").write_text("1\n")
    migrated(tmp_path, "comments_0001")
    return tmp_path


def migrated(tree: Path, version: str) -> None:
    with closing(sqlite3.connect(tree / "instance" / "site.db")) as connection, connection:
        connection.execute("CREATE TABLE IF NOT EXISTS ww_alembic_version (version_num)")
        connection.execute("INSERT INTO ww_alembic_version VALUES (?)", [version])


def noted(tree: Path) -> Path:
    file = tree / "instance" / "prepared.json"
    keep(file, fingerprint(tree, ENVIRON), str(tree / "instance" / "site.db"))
    return file


def test_what_was_noted_holds_as_long_as_nothing_changes(tree: Path) -> None:
    file = noted(tree)
    assert holds(file, fingerprint(tree, {**ENVIRON, "HOME": "/elsewhere"}))


def code_changed(tree: Path) -> None:
    (tree / "migrations" / "comments" / "first.py").write_text("22\n")


def code_touched(tree: Path) -> None:
    os.utime(tree / "app.py", (1, 1))


def code_added(tree: Path) -> None:
    (tree / "migrations" / "comments" / "second.py").write_text("1\n")


def code_moved(tree: Path) -> None:
    (tree / "app.py").rename(tree / "blog" / "app.py")
    (tree / "app.py").write_text("1\n")


def database_gone(tree: Path) -> None:
    (tree / "instance" / "site.db").unlink()


def database_replaced(tree: Path) -> None:
    (tree / "instance" / "site.db").write_bytes(b"")


def database_broken(tree: Path) -> None:
    (tree / "instance" / "site.db").write_bytes(b"SQLite format 3\0 but not really" * 40)


def database_upgraded(tree: Path) -> None:
    migrated(tree, "comments_0002")


def note_gone(tree: Path) -> None:
    (tree / "instance" / "prepared.json").unlink()


def note_broken(tree: Path) -> None:
    (tree / "instance" / "prepared.json").write_text('{"mark": ')


def note_of_something_else(tree: Path) -> None:
    (tree / "instance" / "prepared.json").write_text('{"mark": "x"}')


@pytest.mark.parametrize(
    "change",
    [
        code_changed,
        code_touched,
        code_added,
        code_moved,
        database_gone,
        database_replaced,
        database_broken,
        database_upgraded,
        note_gone,
        note_broken,
        note_of_something_else,
    ],
)
def test_it_does_not_hold_after_a_change(change: Callable[[Path], None], tree: Path) -> None:
    file = noted(tree)
    change(tree)
    assert not holds(file, fingerprint(tree, ENVIRON))


@pytest.mark.parametrize(
    "environ", [{}, {"WEERWOORD_SECRET_KEY": "ander"}, {**ENVIRON, "WEERWOORD_LANGUAGE": "en"}]
)
def test_it_does_not_hold_with_other_settings(environ: dict[str, str], tree: Path) -> None:
    assert not holds(noted(tree), fingerprint(tree, environ))


def test_no_setting_stands_in_the_note(tree: Path) -> None:
    assert "geheim" not in noted(tree).read_text()
