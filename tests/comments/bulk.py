"""Long discussions in one stroke: rows as `storing.accept` would have left them, only quicker."""

from collections.abc import Sequence

from sqlalchemy import insert, text

from comments import place
from comments.database import writing
from comments.models import Thread
from comments.schema import Base
from comments.states import State

from .host import DECK, START, Room


def discussion(room: Room, replies: Sequence[int]) -> list[int]:
    """An approved comment for each number, with that many approved replies; ids in reading order.

    Every third reply answers the one before it, so that there are branches.
    """
    rows: list[dict[str, object]] = []
    for count in replies:
        root = add(rows, None, replies=count)
        for number in range(count):
            above = rows[-1] if number % 3 == 2 else root
            add(rows, above)
    with writing(room.engine) as session:
        thread = Thread(key=DECK.key, title=DECK.title, url=DECK.url, author_key="7", unit_key="u")
        thread.comment_count, thread.root_count = len(rows), len(replies)
        thread.last_place = len(rows)
        session.add(thread)
        session.flush()
        placed = [{**row, "thread_id": thread.id} for row in rows]
        session.connection().execute(insert(Base.metadata.tables["ww_comment"]), placed)
        if room.engine.dialect.name == "postgresql":
            session.execute(text(f"ALTER SEQUENCE ww_comment_id_seq RESTART WITH {len(rows) + 1}"))
    return [int(str(row["id"])) for row in rows]


def add(
    rows: list[dict[str, object]], above: dict[str, object] | None, replies: int = 0
) -> dict[str, object]:
    own = len(rows) + 1
    spot = place.TOP
    if above is not None:
        root, path = above["root_id"], str(above["path"])
        at = place.Spot(int(str(root)) if root else None, int(str(above["depth"])), path)
        spot = place.under(int(str(above["id"])), at, own, 4)
    row: dict[str, object] = {
        "id": own,
        "parent_id": above["id"] if above else None,
        "root_id": spot.root_id,
        "place": own,
        "path": spot.path,
        "depth": spot.depth,
        "state": State.APPROVED,
        "shown": True,
        "reply_count": replies,
        "author_name": f"Lezer {own}",
        "source": "x",
        "html": f"<p>Tekst {own}.</p>",
        "created_at": START,
        "public_at": START,
    }
    rows.append(row)
    return row
