"""Short sessions: a writer takes the lock at its start, a reader takes none, and times keep their zone."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine, event, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from comments.database import prepare, reading, writing
from comments.models import Brake, History
from comments.states import State

from .databases import on_both_databases
from .host import Room

own = pytest.mark.parametrize("engine", ["own"], indirect=True)


@pytest.fixture
def statements(engine: Engine) -> list[str]:
    found: list[str] = []
    event.listen(
        engine,
        "before_cursor_execute",
        lambda connection, cursor, statement, *more: found.append(statement),
    )
    return found


@own
def test_a_writer_takes_the_lock_at_its_start(engine: Engine, statements: list[str]) -> None:
    prepare(engine)
    with writing(engine) as session:
        session.execute(select(Brake.key))
    assert statements[0] == "BEGIN IMMEDIATE"


@own
def test_an_engine_that_is_prepared_twice_begins_once(
    engine: Engine, statements: list[str]
) -> None:
    prepare(engine)
    prepare(engine)
    with writing(engine) as session:
        session.execute(select(Brake.key))
    assert statements.count("BEGIN IMMEDIATE") == 1


@own
def test_a_reader_takes_no_lock(engine: Engine, statements: list[str]) -> None:
    prepare(engine)
    with reading(engine) as session:
        session.execute(select(Brake.key)).all()
        with writing(engine) as other:
            other.add(Brake(key="a", count=1, ends_at=0))
    assert statements.count("BEGIN IMMEDIATE") == 1


@own
def test_a_second_writer_waits_at_its_start_and_not_halfway(engine: Engine) -> None:
    prepare(engine)
    event.listen(engine, "connect", lambda c, record: c.execute("PRAGMA busy_timeout=10"))
    with writing(engine) as first:
        first.execute(select(Brake.key))
        with pytest.raises(OperationalError, match="locked"), writing(engine) as other:
            other.execute(select(Brake.key))


@own
def test_our_own_sqlite_is_tuned(engine: Engine) -> None:
    with engine.connect() as connection:
        found = {
            pragma: connection.execute(text(f"PRAGMA {pragma}")).scalar()
            for pragma in ("journal_mode", "busy_timeout", "foreign_keys", "synchronous")
        }
    assert found == {
        "journal_mode": "wal",
        "busy_timeout": 5000,
        "foreign_keys": 1,
        "synchronous": 1,
    }


@on_both_databases
def test_what_is_raised_takes_everything_back(engine: Engine) -> None:
    prepare(engine)
    with pytest.raises(RuntimeError), writing(engine) as session:
        fail_halfway(session)
    with reading(engine) as session:
        assert session.get(Brake, "a") is None


def fail_halfway(session: Session) -> None:
    session.add(Brake(key="a", count=1, ends_at=0))
    session.flush()
    raise RuntimeError


@on_both_databases
def test_a_time_of_any_zone_comes_back_in_utc(room: Room) -> None:
    at = datetime(2026, 7, 1, 14, 30, 1, 123456, tzinfo=timezone(timedelta(hours=2)))
    comment_id = room.says(state=State.PENDING)
    with writing(room.engine) as session:
        session.add(History(comment_id=comment_id, at=at, what="noted", values={}))
    with reading(room.engine) as session:
        found = session.scalars(select(History).where(History.what == "noted")).one()
    assert found.at == at
    assert found.at.tzinfo is UTC
