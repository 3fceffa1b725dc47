"""A backup: whole, of one moment, the same for the same rows, and recognised where it is damaged."""

import gzip
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import (
    Column,
    Engine,
    Integer,
    Interval,
    MetaData,
    Table,
    Uuid,
    func,
    insert,
    select,
)

from comments.database import reading
from comments.states import Action, State
from comments.upkeep.backup import Unusable, inspect, lines_in, lines_told, write
from comments.upkeep.portable import NotPortable

from ..databases import on_both_databases
from ..host import SECRET, SETTINGS, START, Room
from .backups import backed_up, done, lived_in, rows, tables, told

NOTHING = ["ww_alias", "ww_asked", "ww_brake", "ww_member", "ww_origin", "ww_rule", "ww_unit"]


on_its_own = pytest.mark.parametrize("engine", ["own"], indirect=True)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "site.backup"


@on_both_databases
def test_every_row_of_every_table_is_in_it(room: Room, engine: Engine, file: Path) -> None:
    lived_in(room)
    backed_up(engine, file)
    with reading(engine) as session:
        counts = {t.name: session.scalar(select(func.count()).select_from(t)) for t in tables()}
    assert {name: held.rows for name, held in inspect(file, done).tables.items()} == counts
    assert {name for name, count in counts.items() if not count} <= {*NOTHING}


@on_both_databases
def test_text_comes_as_it_was_typed_and_time_in_utc(room: Room, engine: Engine, file: Path) -> None:
    typed = '1 < 2 & "ja" \\ é \U0001f6a2 \u0645\u0631\u062d\u0628\u0627'
    room.says(typed)
    backed_up(engine, file)
    (row,) = rows(told(file), "ww_comment")
    assert row["source"] == typed
    assert row["state"] == "approved"
    assert row["created_at"] == room.clock.now.isoformat() == "2026-03-01T12:00:01+00:00"


@on_both_databases
def test_the_same_rows_have_the_same_digest_at_any_time(
    room: Room, engine: Engine, tmp_path: Path
) -> None:
    lived_in(room)
    later = START + timedelta(days=1)
    first = write(engine, tables(), tmp_path / "first", START, done)
    assert write(engine, tables(), tmp_path / "second", later, done) == first
    assert inspect(tmp_path / "second", done).made_at == later.isoformat()


def test_one_row_more_has_another_digest(room: Room, engine: Engine, tmp_path: Path) -> None:
    first = backed_up(engine, tmp_path / "first")
    room.says()
    assert backed_up(engine, tmp_path / "second") != first


@on_both_databases
def test_while_others_write_it_is_of_one_moment(room: Room, engine: Engine, file: Path) -> None:
    """Counters, log and comments are written together, so they must be found together."""
    ended = threading.Event()

    def write_on() -> None:
        while not ended.is_set():
            room.moves(room.says(state=State.PENDING), Action.APPROVE)

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        seen = [agreeing(engine, file) for _ in range(8)]
    finally:
        ended.set()
        writer.join()
    assert len(set(seen)) > 1


def agreeing(engine: Engine, file: Path) -> int:
    """The number of decisions in a backup of which all parts tell the same."""
    backed_up(engine, file)
    content = told(file)
    comments, log = rows(content, "ww_comment"), rows(content, "ww_log")
    approved = sum(row["state"] == "approved" for row in comments)
    assert sum(row["comment_count"] for row in rows(content, "ww_thread")) == approved
    assert [row["seq"] for row in rows(content, "ww_log_head")] == [len(log)]
    assert {row["comment_id"] for row in log} <= {row["id"] for row in comments}
    return len(log)


def test_only_its_owner_may_read_it(engine: Engine, file: Path) -> None:
    backed_up(engine, file)
    assert file.stat().st_mode & 0o777 == 0o600


def test_no_key_and_no_plain_address_is_in_it(room: Room, engine: Engine, file: Path) -> None:
    lived_in(room)
    backed_up(engine, file)
    content = gzip.decompress(file.read_bytes()).decode()
    assert "Dia Okonkwo" in content
    for secret in (SECRET, SETTINGS.data_keys[2:], SETTINGS.lookup_key, "dia@lezers.example"):
        assert secret not in content


@on_its_own
def test_one_that_fails_leaves_the_older_file_and_nothing_else(
    engine: Engine, file: Path, tmp_path: Path
) -> None:
    backed_up(engine, file)
    before = file.read_bytes()
    odd = Table("odd", MetaData(), Column("id", Integer, primary_key=True), Column("u", Uuid))
    odd.create(engine)
    with pytest.raises(NotPortable, match=r"odd\.u"):
        write(engine, [odd], file, START, done)
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.glob("site.backup*")] == ["site.backup"]


@on_its_own
def test_a_value_without_a_form_is_told_of_by_its_type(engine: Engine, file: Path) -> None:
    odd = Table("odd", MetaData(), Column("id", Integer, primary_key=True), Column("t", Interval))
    odd.create(engine)
    with engine.begin() as connection:
        connection.execute(insert(odd).values(id=1, t=timedelta(hours=1)))
    with pytest.raises(NotPortable, match="timedelta"):
        write(engine, [odd], file, START, done)


def test_the_lines_are_known_before_and_told_one_by_one(
    room: Room, engine: Engine, file: Path
) -> None:
    lived_in(room)
    steps: list[int] = []
    write(engine, tables(), file, START, steps.append)
    assert sum(steps) == lines_in(engine, tables()) == lines_told(file)
    assert inspect(file, done).lines == sum(steps)


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-40])


def one_bit_turned(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 8
    file.write_bytes(content)


def without_a_row(file: Path) -> None:
    packed = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    file.write_bytes(gzip.compress(b"".join(packed[:5] + packed[6:])))


def with_a_row_more(file: Path) -> None:
    file.write_bytes(file.read_bytes() + gzip.compress(b"[1]\n"))


def without_an_end(file: Path) -> None:
    packed = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    file.write_bytes(gzip.compress(b"".join(packed[:-1])))


def empty(file: Path) -> None:
    file.write_bytes(b"")


def of_nothing(file: Path) -> None:
    file.write_bytes(gzip.compress(b""))


def of_another_kind(file: Path) -> None:
    file.write_bytes(gzip.compress(b'[{"pk": 1}]\n'))


def a_picture(file: Path) -> None:
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))


@pytest.mark.parametrize(
    "damage",
    [
        cut_short,
        one_bit_turned,
        without_a_row,
        with_a_row_more,
        without_an_end,
        empty,
        of_nothing,
        of_another_kind,
        a_picture,
    ],
)
def test_a_damaged_file_is_recognised(
    damage: Callable[[Path], None], room: Room, engine: Engine, file: Path
) -> None:
    lived_in(room)
    backed_up(engine, file)
    damage(file)
    with pytest.raises(Unusable, match="is damaged"):
        inspect(file, done)


def test_a_file_of_a_later_form_is_refused(engine: Engine, file: Path) -> None:
    backed_up(engine, file)
    content = gzip.decompress(file.read_bytes()).replace(b'"version":1', b'"version":2', 1)
    file.write_bytes(gzip.compress(content))
    with pytest.raises(Unusable, match="is of version 2; this one reads 1"):
        inspect(file, done)
