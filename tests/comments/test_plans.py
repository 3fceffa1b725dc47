"""SQLite reads the ranges of the indexes that were made for it; a whole discussion is never read through."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from comments import newest, outbox, queries
from comments.database import reading
from comments.models import Comment

from .host import START, Room

Query = Callable[[Session], object]
ROOTS, REPLIES, PINGS = "ix_ww_comment_roots", "ix_ww_comment_replies", "ix_ww_comment_pings"
PLANS: dict[str, tuple[Query, set[str]]] = {
    "a page of roots": (lambda s: queries.roots(s, 1, 0, 30), {ROOTS}),
    "replies under roots": (lambda s: queries.replies(s, [1], 20), {REPLIES}),
    "a page of a branch": (lambda s: queries.branch(s, 1, 0, 200), {REPLIES}),
    "pingbacks": (lambda s: queries.pings(s, 1, 50), {PINGS}),
    "where a comment stands": (
        lambda s: queries.where(s, s.get_one(Comment, 1)),
        {ROOTS, REPLIES},
    ),
    "the newest of all": (lambda s: newest.newest(s, 50), {"ix_ww_comment_newest"}),
    "what those were at": (lambda s: newest.marks(s, 50), {"ix_ww_comment_newest"}),
    "the newest of one": (lambda s: newest.newest(s, 50, "a"), {"ix_ww_comment_thread_id"}),
    "a twin": (lambda s: queries.twin_of(s, ["a.1", "a.0"], START), {"(once=?)"}),
    "what is due": (lambda s: s.scalar(outbox.due(START)), {"ix_ww_job_due"}),
}


@pytest.fixture
def asked(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    found: list[tuple[str, Any]] = []

    def note(
        connection: object, cursor: object, statement: str, values: Any, *more: object
    ) -> None:
        found.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("name", PLANS)
def test_a_query_reads_the_index_that_was_made_for_it(
    room: Room, asked: list[tuple[str, Any]], name: str
) -> None:
    query, indexes = PLANS[name]
    room.says(parent=room.says())
    with reading(room.engine) as session:
        asked.clear()
        query(session)
        plan = "\n".join(
            str(row)
            for statement, values in list(asked)
            for row in session.connection().exec_driver_sql(
                f"EXPLAIN QUERY PLAN {statement}", values
            )
        )
    assert "SCAN ww_comment" not in plan
    assert [index for index in indexes if index not in plan] == [], plan
