"""SQLite reads the ranges of the indexes that were made for it; a whole discussion is never read through."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from comments import newest, outbox, queries
from comments.database import reading
from comments.following import queries as following
from comments.models import Comment
from comments.reading import queries as page
from comments.reading.order import Order
from comments.useful import actions as useful_actions
from comments.useful import queries as useful

from .host import START, Room

Query = Callable[[Session], object]
ROOTS, REPLIES, PINGS = "ix_ww_comment_roots", "ix_ww_comment_replies", "ix_ww_comment_pings"
USEFUL = "ix_ww_comment_useful"
PLANS: dict[str, tuple[Query, set[str]]] = {
    "a page of roots": (lambda s: page.roots(s, 1, 0, 30), {ROOTS}),
    "a page of roots, newest first": (
        lambda s: page.roots(s, 1, 0, 30, Order.NEWEST),
        {ROOTS},
    ),
    "a page of roots, most useful first": (
        lambda s: page.roots(s, 1, 0, 30, Order.USEFUL),
        {USEFUL},
    ),
    "pinned roots": (lambda s: page.pinned(s, 1), {"ix_ww_comment_pinned"}),
    "what is featured": (lambda s: page.featured(s, 1, 10), {"ix_ww_comment_featured"}),
    "replies under roots": (lambda s: page.replies(s, [1], 20), {REPLIES}),
    "a page of a branch": (lambda s: page.branch(s, 1, 0, 200), {REPLIES}),
    "pingbacks": (lambda s: page.pings(s, 1, 50), {PINGS}),
    "where a comment stands": (
        lambda s: page.where(s, s.get_one(Comment, 1)),
        {ROOTS, REPLIES},
    ),
    "where it stands, newest first": (
        lambda s: page.where(s, s.get_one(Comment, 1), Order.NEWEST),
        {f"{ROOTS} (thread_id=? AND place>?)", REPLIES},
    ),
    "where it stands, most useful first": (
        lambda s: page.where(s, s.get_one(Comment, 1), Order.USEFUL),
        {f"{USEFUL} (thread_id=? AND (useful_rank,place)>(?,?))", REPLIES},
    ),
    "what one reader found useful": (
        lambda s: useful.voted(s, "a", [1, 2]),
        {"(comment_id=? AND who=?)"},
    ),
    "the votes of a discussion": (lambda s: useful.votes(s, 1), {"ix_ww_vote_thread_id"}),
    "a ranking that is owed": (
        lambda s: s.scalar(useful.owed(useful_actions.RANK, 1)),
        {"ix_ww_job_due"},
    ),
    "the newest of all": (lambda s: newest.newest(s, 50), {"ix_ww_comment_newest"}),
    "what those were at": (lambda s: newest.marks(s, 50), {"ix_ww_comment_newest"}),
    "the newest of one": (lambda s: newest.newest(s, 50, "a"), {"ix_ww_comment_thread_id"}),
    "replies to one reader": (lambda s: following.replies_to(s, "a", 50), {"(email_hash=?)"}),
    "whom a comment concerns": (
        lambda s: following.hearers(s, s.get_one(Comment, 1), 500),
        {"(thread_id=?)"},
    ),
    "who is still to be told of it": (
        lambda s: following.with_news(s, 1, 0, 500),
        {"(comment_id=?"},
    ),
    "what a follower is still to be told": (lambda s: following.untold(s, [1]), {"(follow_id=?)"}),
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
