"""A discussion of any size in one stroke: the rows as the plug-in would have left them, only quicker."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select

from comments import place
from comments.database import writing
from comments.models import Comment
from comments.shown import rebuild
from comments.states import State
from comments.storing import thread_for

from .site import Site

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def discuss(site: Site, slug: str, replies: Sequence[int]) -> list[int]:
    """An approved comment for each number, with that many replies right under it; ids in reading order."""
    host = site.comments.site
    with site.app.test_request_context():
        subject = host.host.subject(slug)
    assert subject
    with writing(host.engine) as session:
        thread = thread_for(session, subject)
        first = (session.scalar(select(func.max(Comment.id))) or 0) + 1
        rows = tree(thread.id, first, replies)
        session.execute(insert(Comment), rows)
        thread.last_place = rows[-1]["place"]
        thread.version += 1
        rebuild(session, thread)
    return [row["id"] for row in rows]


def tree(thread_id: int, first: int, replies: Sequence[int]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for count in replies:
        root = first + len(rows)
        rows.append(row(thread_id, root, place.TOP, None, root - first))
        for _ in range(count):
            own = first + len(rows)
            spot = place.under(root, place.TOP, moment(own - first), levels=4)
            rows.append(row(thread_id, own, spot, root, own - first))
    return rows


def moment(number: int) -> int:
    return place.place(START + timedelta(minutes=number), 0)


def row(
    thread_id: int, own: int, spot: place.Spot, parent: int | None, number: int
) -> dict[str, Any]:
    return {
        "id": own,
        "thread_id": thread_id,
        "parent_id": parent,
        "root_id": spot.root_id,
        "depth": spot.depth,
        "path": spot.path,
        "place": moment(number),
        "state": State.APPROVED,
        "author_name": f"Lezer {number + 1}",
        "avatar": number,
        "source": f"Reactie nummer {number + 1}.",
        "html": f"<p>Reactie nummer {number + 1}.</p>",
        "created_at": START + timedelta(minutes=number),
    }
