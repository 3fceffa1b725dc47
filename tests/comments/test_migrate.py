"""A database that is lived in comes through every migration with all that it holds, or stays as it was."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from comments import migrate
from comments.database import tune_sqlite

from .databases import answering_server

FILLED = (
    "INSERT INTO ww_thread (id, key, title, url, author_key, unit_key, version, comment_count,"
    " root_count, last_place) VALUES (1, 'k', 't', '/k/', '7', 'u', 1, 1, 1, 2)",
    "INSERT INTO ww_comment (id, thread_id, parent_id, root_id, place, path, depth, kind, state,"
    " shown, version, reply_count, author_name, author_url, email_sealed, email_hash, person_key,"
    " avatar, source, source_format, html, language, created_at) VALUES"
    " (1, 1, NULL, NULL, 1, '', 0, 'comment', 'approved', (1 = 1), 1, 0, 'Dia', '', '', 'h', '', 0,"
    " 's', 'markdown', '<p>s</p>', 'nl', '2026-03-01 12:00:00+00:00'),"
    " (2, 1, 1, 1, 2, '0', 1, 'comment', 'pending', (1 = 0), 1, 0, 'Dia', '', '', 'h', '', 0,"
    " 's', 'markdown', '<p>s</p>', 'nl', '2026-03-01 12:00:00+00:00')",
    "INSERT INTO ww_origin (comment_id, network, agent, created_at)"
    " VALUES (1, 'n', 'a', '2026-03-01 12:00:00+00:00')",
    'INSERT INTO ww_history (id, comment_id, at, what, "values")'
    " VALUES (1, 1, '2026-03-01 12:00:00+00:00', 'x', '{}')",
    'INSERT INTO ww_finding (id, comment_id, "check", outcome, code, "values")'
    " VALUES (1, 2, 'c', 'hold', 'x', '{}')",
    "INSERT INTO ww_alias (thread_id, old_id, comment_id) VALUES (1, 9, 1)",
    'INSERT INTO ww_job (id, kind, comment_id, "values", created_at, not_before, attempts,'
    " last_error, ended) VALUES (1, 'k', 1, '{}', '2026-03-01 12:00:00+00:00',"
    " '2026-03-01 12:00:00+00:00', 0, '', '')",
)
TABLES = ("ww_thread", "ww_comment", "ww_origin", "ww_history", "ww_finding", "ww_alias", "ww_job")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.service)])
def lived_in(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """As the first version left it, with a row of everything that hangs on a comment."""
    if request.param == "sqlite":
        engine = create_engine(f"sqlite:///{tmp_path / 'site.db'}")
        tune_sqlite(engine)
    else:
        engine = request.getfixturevalue("schema")
    command.upgrade(migrate.config(engine), "comments_0001")
    with engine.begin() as connection:
        for statement in FILLED:
            connection.exec_driver_sql(statement)
    yield engine
    engine.dispose()


@pytest.fixture
def schema() -> Iterator[Engine]:
    server, name = answering_server(), f"ww_migrated_{os.getpid()}"
    with server.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {name} CASCADE"))
        connection.execute(text(f"CREATE SCHEMA {name}"))
    yield create_engine(server.url, connect_args={"options": f"-csearch_path={name}"})
    with server.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
    server.dispose()


def rows(engine: Engine) -> Mapping[str, int]:
    with engine.connect() as connection:
        counted = {name: text(f"SELECT count(*) FROM {name}") for name in TABLES}  # noqa: S608
        return {name: connection.execute(said).scalar_one() for name, said in counted.items()}


def waiting(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        found = connection.execute(text("SELECT id FROM ww_comment WHERE waits ORDER BY id"))
        return list(found.scalars())


def test_everything_is_still_there_and_what_waited_waits(lived_in: Engine) -> None:
    before = rows(lived_in)
    migrate.upgrade(lived_in)
    assert rows(lived_in) == before
    assert waiting(lived_in) == [2]
    assert migrate.behind(lived_in) == set()


def test_what_is_public_has_its_place_among_the_newest(lived_in: Engine) -> None:
    migrate.upgrade(lived_in)
    with lived_in.connect() as connection:
        found = connection.execute(text("SELECT id FROM ww_comment WHERE public_at IS NOT NULL"))
        assert list(found.scalars()) == [1]


def test_the_way_back_loses_nothing_either(lived_in: Engine) -> None:
    before = rows(lived_in)
    migrate.upgrade(lived_in)
    command.downgrade(migrate.config(lived_in), "comments@comments_0001")
    assert rows(lived_in) == before
    migrate.upgrade(lived_in)
    assert rows(lived_in) == before


def test_what_cannot_be_finished_is_not_begun(lived_in: Engine) -> None:
    """Something in the way stops it in the middle; taken away, it goes through."""
    with lived_in.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE ww_vote (id INTEGER)")
    with pytest.raises(DBAPIError):
        migrate.upgrade(lived_in)
    with lived_in.begin() as connection:
        connection.exec_driver_sql("DROP TABLE ww_vote")
    migrate.upgrade(lived_in)
    assert waiting(lived_in) == [2]


def test_references_are_guarded_again_afterwards(lived_in: Engine) -> None:
    migrate.upgrade(lived_in)
    with pytest.raises(DBAPIError), lived_in.begin() as connection:
        connection.exec_driver_sql("DELETE FROM ww_thread")
