"""`flask ops …` as somebody types it: what it says, and with which status it ends."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import Engine, create_engine, text

from comments import migrate
from comments.database import tune_sqlite, writing
from comments.extension import Comments
from comments.states import Action, State
from comments.upkeep.backup import inspect
from comments.upkeep.doctor import Check, Status

from ..host import SECRET, SETTINGS, Clock, Room, SmallHost
from ..small_site import small_site
from .backups import done, lived_in, retold


def migrated(file: Path) -> Engine:
    engine = create_engine(f"sqlite:///{file}")
    tune_sqlite(engine)
    migrate.upgrade(engine)
    return engine


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A database that was made by the migrations."""
    found = migrated(tmp_path / "site.db")
    yield found
    found.dispose()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Flask]:
    """Another site, whose database is empty."""
    engine = migrated(tmp_path / "other.db")
    yield small_site(SmallHost(engine), Clock())
    engine.dispose()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "site.backup"


def ops(app: Flask, *arguments: object) -> Result:
    return app.test_cli_runner().invoke(args=["ops", *map(str, arguments)])


def refusal(result: Result) -> str:
    """The one line in which it says why not."""
    assert result.exit_code == 1
    assert result.stdout == ""
    return result.stderr.splitlines()[-1].removeprefix("Error: ")


# doctor


def test_the_doctor_says_one_line_for_each_check_and_ends_well(app: Flask) -> None:
    result = ops(app, "doctor")
    assert result.exit_code == 0
    assert "ok    foreign" not in result.output
    lines = result.output.splitlines()
    assert lines[0].startswith("ok    database    sqlite 3.")
    assert "warn  queue       there is none: nobody runs what the outbox owes" in lines


def test_the_doctor_ends_with_status_1_when_something_is_bad(app: Flask, engine: Engine) -> None:
    with writing(engine) as session:
        session.execute(text("DELETE FROM ww_alembic_version"))
    result = ops(app, "doctor")
    assert result.exit_code == 1
    assert "bad   migrations  not applied yet: comments_" in result.output


def test_the_doctor_tells_machines_the_same(app: Flask) -> None:
    found = json.loads(ops(app, "doctor", "--json").output)
    assert {"name": "log", "status": "ok", "says": "0 rows, the last 0 hold"} in found


def test_the_doctor_asks_what_other_parts_want_to_know(app: Flask, comments: Comments) -> None:
    comments.doctor_checks.append(lambda: [Check("mail", Status.BAD, "cannot be sent")])
    result = ops(app, "doctor")
    assert result.exit_code == 1
    assert "bad   mail        cannot be sent" in result.output


def test_the_doctor_tells_no_secret(app: Flask, room: Room) -> None:
    room.says()
    said = ops(app, "doctor").output
    for secret in (SECRET, SETTINGS.data_keys[2:], SETTINGS.lookup_key, "dia@lezers.example"):
        assert secret not in said


# verify-log


def decided(room: Room, times: int) -> None:
    for _ in range(times):
        room.moves(room.says(state=State.PENDING), Action.APPROVE)


def test_a_log_that_holds_is_told_with_its_length(app: Flask, room: Room) -> None:
    decided(room, 5)
    result = ops(app, "verify-log")
    assert (result.exit_code, result.stdout) == (0, "The log holds: 5 rows.\n")
    assert "Checking the log" in result.stderr


def test_an_empty_log_holds(app: Flask) -> None:
    assert ops(app, "verify-log").stdout == "The log holds: 0 rows.\n"


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (
            "UPDATE ww_log SET actor_key = '8' WHERE seq = 3",
            "row 3 of the log: the row was altered",
        ),
        ("DELETE FROM ww_log WHERE seq = 2", "row 2 of the log: a row is missing or out of order"),
        ("DELETE FROM ww_log WHERE seq > 3", "row 4 of the log: rows are missing at the end"),
    ],
)
def test_the_first_row_that_does_not_hold_is_named(
    harm: str, says: str, app: Flask, room: Room, engine: Engine
) -> None:
    decided(room, 5)
    with writing(engine) as session:
        session.execute(text(harm))
    assert refusal(ops(app, "verify-log")) == says


def test_a_log_of_many_portions_is_checked_to_its_end(
    app: Flask, room: Room, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comments.upkeep.health.PORTION", 2)
    decided(room, 7)
    assert ops(app, "verify-log").stdout == "The log holds: 7 rows.\n"
    with writing(engine) as session:
        session.execute(text("UPDATE ww_log SET machine = 1 WHERE seq = 7"))
    assert refusal(ops(app, "verify-log")) == "row 7 of the log: the row was altered"


# backup and restore


def test_a_backup_says_how_large_it_is_and_that_no_key_is_in_it(
    app: Flask, room: Room, file: Path
) -> None:
    lived_in(room)
    result = ops(app, "backup", file)
    assert result.exit_code == 0
    first, second = result.stdout.splitlines()
    assert first == f"{file}: {file.stat().st_size:,} bytes, content {inspect(file, done).sha256}"
    assert second.startswith("No key is in it. Without WEERWOORD_DATA_KEYS")


def test_a_backup_is_of_the_migrations_that_were_reached(
    app: Flask, engine: Engine, file: Path
) -> None:
    ops(app, "backup", file)
    with engine.connect() as connection:
        reached = connection.scalars(text("SELECT version_num FROM ww_alembic_version")).all()
    assert inspect(file, done).heads == tuple(sorted(reached))


def test_what_was_backed_up_is_restored_elsewhere(
    app: Flask, room: Room, other: Flask, file: Path
) -> None:
    lived_in(room)
    ops(app, "backup", file)
    result = ops(other, "restore", file)
    assert result.exit_code == 0, result.output
    rows = inspect(file, done).rows
    assert result.stdout.startswith(f"{rows} rows of ")
    assert "are restored, as of 2026-03-01T" in result.stdout
    assert "the keys" in result.stdout.lower()
    again = ops(other, "backup", file.with_suffix(".again"))
    assert inspect(file, done).sha256 in again.stdout


def test_a_dry_run_says_what_would_be_done_and_does_nothing(
    app: Flask, room: Room, other: Flask, file: Path
) -> None:
    lived_in(room)
    ops(app, "backup", file)
    said = ops(other, "restore", file, "--dry-run").stdout
    assert "would be restored" in said
    ops(other, "backup", file.with_suffix(".empty"))
    assert inspect(file.with_suffix(".empty"), done).tables["ww_comment"].rows == 0


@pytest.mark.parametrize("how", [[], ["--dry-run"]])
def test_a_restore_into_a_database_with_rows_is_refused(
    how: list[str], app: Flask, room: Room, file: Path
) -> None:
    room.says()
    ops(app, "backup", file)
    assert refusal(ops(app, "restore", file, *how)) == (
        "a backup goes into an empty database only; there are rows in ww_thread"
    )


@pytest.mark.parametrize("how", [[], ["--dry-run"]])
def test_a_damaged_file_is_refused(how: list[str], app: Flask, other: Flask, file: Path) -> None:
    ops(app, "backup", file)
    file.write_bytes(file.read_bytes()[:-9])
    assert refusal(ops(other, "restore", file, *how)).endswith("is damaged, or not a backup at all")


def test_a_file_of_other_migrations_is_refused(app: Flask, other: Flask, file: Path) -> None:
    ops(app, "backup", file)
    retold(file, lambda content: [{"heads": ["comments_0009"]}, *content[1:]])
    assert refusal(ops(other, "restore", file)).startswith(
        "the file is of the migrations comments_0009; this database is of comments_"
    )


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_database_that_lacks_migrations_comes_first(
    command: str, app: Flask, engine: Engine, file: Path
) -> None:
    ops(app, "backup", file)
    with writing(engine) as session:
        session.execute(text("DELETE FROM ww_alembic_version"))
    assert refusal(ops(app, command, file)).startswith("the database lacks migrations: comments_")


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_database_that_is_newer_than_the_code_is_left_alone(
    command: str, app: Flask, engine: Engine, file: Path
) -> None:
    ops(app, "backup", file)
    with writing(engine) as session:
        session.execute(text("INSERT INTO ww_alembic_version VALUES ('comments_9999')"))
    assert refusal(ops(app, command, file)) == "the database is of a newer version than this code"


def test_a_backup_into_a_folder_that_is_not_there_is_refused(app: Flask, tmp_path: Path) -> None:
    said = refusal(ops(app, "backup", tmp_path / "nowhere" / "site.backup"))
    assert said.endswith("No such file or directory")


def test_wrong_usage_has_status_2(app: Flask, tmp_path: Path) -> None:
    assert ops(app, "backup").exit_code == 2
    assert ops(app, "restore", tmp_path / "nothing").exit_code == 2


# worker


def test_a_worker_without_a_queue_says_so(app: Flask) -> None:
    assert refusal(ops(app, "worker")) == (
        "no queue is configured for this site: there is nothing to run"
    )
