"""Files of backup for tests: one of a lived-in room, read as plain lines, and changed on purpose."""

import gzip
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Table

from comments.database import writing
from comments.draft import Outcome
from comments.following.models import Follow, News
from comments.proof.models import Mailbox, Name
from comments.states import Action, State
from comments.steering.models import Steered
from comments.tables import metadata
from comments.upkeep.backup import Contents, inspect, write
from comments.upkeep.portable import all_tables, line
from comments.upkeep.restore import restore
from comments.useful.models import Vote

from ..host import START, Room

Lines = list[Any]


def tables() -> list[Table]:
    return all_tables([metadata])


def lived_in(room: Room) -> Room:
    """Comments in every state, five deep, with decisions, findings, history and jobs."""
    top = room.says("De eerste. ✍️ \U0001f6a2 é \\ \" ' \u202eomgekeerd")
    for depth in range(4):
        top = room.says(f"Niveau {depth}", parent=top)
    found = room.draft().found("house_rules", Outcome.HOLD, "many_links", number=3)
    held = [room.accept(found, State.PENDING), *(room.says(state=State.PENDING) for _ in "abc")]
    for comment_id, action in zip(held, (Action.APPROVE, Action.REJECT, Action.SPAM), strict=False):
        room.moves(comment_id, action)
    room.undoes(room.moves(held[0], Action.HOLD))
    room.staff_says()
    room.is_reported(top)
    room.is_edited(top, "Een andere tekst.")
    with writing(room.engine) as session:
        thread = room.thread().id
        session.add(
            Mailbox(email_hash="h", email_sealed="s", feed_key="k", confirmed_at=room.clock())
        )
        session.flush()
        follow = Follow(email_hash="h", thread_id=thread, scope="all", created_at=room.clock())
        session.add_all(
            [Name(skeleton="dia", name="Dia", email_hash="h", confirmed_at=room.clock()), follow]
        )
        session.flush()
        session.add(News(follow_id=follow.id, comment_id=top, at=room.clock()))
        session.add(
            Steered(thread_id=thread, at=room.clock(), person_key="2", what="closed", values={})
        )
        session.add(Vote(comment_id=top, who="w", thread_id=thread, at=room.clock()))
    return room


def backed_up(engine: Engine, file: Path) -> str:
    return write(engine, tables(), file, START, done)


def put_back(engine: Engine, file: Path) -> Contents:
    found = inspect(file, done)
    restore(engine, tables(), file, found, done)
    return found


def done(lines: int) -> None:
    """Nobody watches the progress."""


def told(file: Path) -> Lines:
    return [json.loads(each) for each in gzip.open(file)]


def retold(file: Path, change: Callable[[Lines], Lines]) -> None:
    """The file with other lines, whose digest is right again."""
    first, *content, _ = told(file)
    packed = [line(each) for each in change(content)]
    end = {"sha256": hashlib.sha256(b"".join(packed)).hexdigest()}
    file.write_bytes(gzip.compress(b"".join([line(first), *packed, line(end)])))


def rows(content: Lines, table: str) -> list[dict[str, Any]]:
    """The rows of one table among these lines."""
    start = next(i for i, each in enumerate(content) if told_of(each) == table)
    names = [name for name, _ in content[start]["columns"]]
    count = content[start]["rows"]
    found = content[start + 1 : start + 1 + count]
    return [dict(zip(names, row, strict=True)) for row in found]


def told_of(content: Any) -> str:
    return str(content.get("table", "")) if isinstance(content, dict) else ""
