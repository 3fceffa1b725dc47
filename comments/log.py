"""Appends decisions to the chained log, inside the transaction of the move that they record."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from . import chain, queries
from .models import Comment, LogHead, LogRow
from .states import State


@dataclass(frozen=True)
class Actor:
    """Who decides: a person's key or the name of a machine, and in which unit's name."""

    key: str
    machine: bool = False
    unit_key: str = ""
    clause: str = ""
    batch: str = ""


def queue(session: Session) -> LogHead:
    """The end of the chain, locked: who decides takes his turn here before he reads anything."""
    head = select(LogHead).where(LogHead.id == 1).with_for_update()
    return session.scalars(head.execution_options(populate_existing=True)).one()


def append(
    session: Session,
    comment: Comment,
    action: str,
    before: State,
    actor: Actor,
    now: datetime,
    reverses: int | None = None,
) -> LogRow:
    """One row more; the comment is already in its new state and version."""
    head = queue(session)
    row = LogRow(
        seq=head.seq + 1,
        at=now,
        comment_id=comment.id,
        action=action,
        before=before,
        after=comment.state,
        version=comment.version,
        actor_key=actor.key,
        machine=actor.machine,
        clause=actor.clause,
        unit_key=actor.unit_key,
        batch=actor.batch,
        reverses=reverses,
        prev_hash=head.hash,
    )
    row.hash = chain.digest(row.seq, queries.chained(row), row.prev_hash)
    head.seq, head.hash = row.seq, row.hash
    session.add(row)
    return row
