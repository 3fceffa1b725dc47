"""A backup put back: into an empty database only, all of it or nothing, into the other kind as well."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from comments import queries
from comments.brakes import TableStorage
from comments.chain import verify
from comments.database import prepare, reading, writing
from comments.models import Comment
from comments.states import Action, State
from comments.upkeep.backup import Unusable
from comments.upkeep.health import chain_rows

from .. import databases
from ..databases import on_both_databases
from ..host import Clock, Room
from .backups import Lines, backed_up, lived_in, put_back, retold, told_of


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "site.backup"


@pytest.fixture
def other(empty_file: Path, tmp_path: Path) -> Iterator[Engine]:
    """Another empty database, in a file."""
    folder = tmp_path / "other"
    folder.mkdir()
    found = databases.sqlite_engine(empty_file, folder)
    prepare(found)
    yield found
    found.dispose()


def holds(engine: Engine) -> bool:
    with reading(engine) as session:
        return verify(chain_rows(session), queries.chain_head(session)) is None


def count(engine: Engine) -> int:
    with reading(engine) as session:
        return len(queries.all_ids(session))


def comments(content: Lines, change: dict[str, object]) -> Lines:
    """The same lines with one column of the last comment changed."""
    head = next(i for i, each in enumerate(content) if told_of(each) == "ww_comment")
    names = [name for name, _ in content[head]["columns"]]
    last = head + content[head]["rows"]
    row = [change.get(name, value) for name, value in zip(names, content[last], strict=True)]
    return [*content[:last], row, *content[last + 1 :]]


@on_both_databases
def test_what_was_put_back_gives_the_same_backup(
    room: Room, engine: Engine, other: Engine, file: Path, tmp_path: Path
) -> None:
    lived_in(room)
    first = backed_up(engine, file)
    put_back(other, file)
    assert backed_up(other, tmp_path / "again") == first


@pytest.mark.service
def test_by_way_of_the_other_kind_of_database_it_stays_the_same(
    room: Room, engine: Engine, other: Engine, postgresql: Engine, file: Path
) -> None:
    there = databases.emptied(postgresql)
    prepare(there)
    lived_in(room)
    first = backed_up(engine, file)
    put_back(there, file)
    assert backed_up(there, file) == first
    put_back(other, file)
    assert backed_up(other, file) == first


@pytest.mark.parametrize("target", ["other", pytest.param("postgresql", marks=pytest.mark.service)])
def test_life_goes_on_where_it_was_put_back(
    target: str, room: Room, engine: Engine, file: Path, request: pytest.FixtureRequest
) -> None:
    """Numbers go on from the last, and the log from its end."""
    there: Engine = request.getfixturevalue(target)
    if target == "postgresql":
        databases.emptied(there)
    backed_up(lived_in(room).engine, file)
    put_back(there, file)
    elsewhere = Room(there, room.clock)
    newest = elsewhere.says(state=State.PENDING)
    assert newest == count(engine) + 1
    elsewhere.moves(newest, Action.APPROVE)
    assert holds(there)


@on_both_databases
def test_a_reply_that_stands_before_its_parent_finds_it(
    room: Room, engine: Engine, other: Engine, file: Path, tmp_path: Path
) -> None:
    """As an import can have it, which keeps the numbers of the old site."""
    first, second, third = (room.says() for _ in range(3))
    with writing(engine) as session:
        session.execute(
            update(Comment).where(Comment.id == first).values(parent_id=third, root_id=second)
        )
    before = backed_up(engine, file)
    put_back(other, file)
    found = Room(other, room.clock).comment(first)
    assert (found.parent_id, found.root_id) == (third, second)
    assert backed_up(other, tmp_path / "again") == before


def test_it_goes_into_an_empty_database_only(
    room: Room, engine: Engine, other: Engine, file: Path
) -> None:
    backed_up(lived_in(room).engine, file)
    Room(other, Clock()).says("Ik was er eerst.")
    with pytest.raises(Unusable, match="into an empty database only; there are rows in ww_thread"):
        put_back(other, file)
    assert count(other) == 1


def test_counters_of_attempts_make_way(room: Room, other: Engine, file: Path) -> None:
    TableStorage(room.engine, lambda: 1000.0).incr("wie", 600)
    backed_up(room.engine, file)
    TableStorage(other, lambda: 1000.0).incr("wie", 600)
    put_back(other, file)
    assert TableStorage(other, lambda: 1000.0).get("wie") == 1


def test_a_file_of_other_migrations_is_refused(room: Room, other: Engine, file: Path) -> None:
    backed_up(room.engine, file)
    retold(file, lambda content: [{"heads": ["comments_0009"]}, *content[1:]])
    with pytest.raises(Unusable, match="is of the migrations comments_0009; this database is of"):
        put_back(other, file)


def test_a_file_with_other_tables_is_refused(room: Room, other: Engine, file: Path) -> None:
    backed_up(room.engine, file)
    retold(file, lambda content: [each for each in content if told_of(each) != "ww_alias"])
    with pytest.raises(Unusable, match="the tables in the file are not those of this site"):
        put_back(other, file)


def test_a_row_that_the_database_refuses_leaves_it_empty(
    room: Room, other: Engine, file: Path
) -> None:
    backed_up(lived_in(room).engine, file)
    retold(file, lambda content: comments(content, {"thread_id": 404}))
    with pytest.raises(Unusable, match=r"refuses rows of ww_comment \(IntegrityError\)"):
        put_back(other, file)
    assert count(other) == 0
    assert holds(other)


@pytest.mark.service
def test_a_text_that_the_other_kind_refuses_leaves_it_empty(
    room: Room, postgresql: Engine, file: Path
) -> None:
    """SQLite takes a name of any length."""
    there = databases.emptied(postgresql)
    room.says()
    with writing(room.engine) as session:
        session.execute(update(Comment).values(author_name="x" * 301))
    backed_up(room.engine, file)
    with pytest.raises(Unusable, match=r"refuses rows of ww_comment"):
        put_back(there, file)
    assert count(there) == 0


def test_a_value_that_the_database_keeps_otherwise_is_noticed(
    room: Room, other: Engine, file: Path
) -> None:
    """The same moment in other words: it would come back in UTC."""
    backed_up(lived_in(room).engine, file)
    retold(file, lambda content: comments(content, {"created_at": "2026-03-01T13:00:00+01:00"}))
    with pytest.raises(Unusable, match="gives back something else than the file holds"):
        put_back(other, file)
    assert count(other) == 0


@pytest.mark.parametrize("change", [{"shown": 7}, {"created_at": "gisteren"}])
def test_a_value_of_another_kind_is_refused(
    change: dict[str, object], room: Room, other: Engine, file: Path
) -> None:
    backed_up(lived_in(room).engine, file)
    retold(file, lambda content: comments(content, change))
    with pytest.raises(Unusable, match="refuses rows of ww_comment"):
        put_back(other, file)
    assert count(other) == 0
