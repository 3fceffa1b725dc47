"""Lets go of what is past its time; each call is a part of its caller's transaction and bounded."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, delete, update
from sqlalchemy.orm import Session

from ..models import Comment, Job, Origin, Revision
from ..proof.models import Mailbox
from ..reporting.models import Report
from ..useful.models import FORGOTTEN, Vote
from . import queries
from .classes import Kind

LetGo = Callable[[Sequence[Any]], Executable]

LET_GO: Mapping[Kind, LetGo] = {
    Kind.ORIGIN: lambda ids: delete(Origin).where(Origin.comment_id.in_(ids)),
    Kind.ADDRESS: lambda ids: update(Comment).where(Comment.id.in_(ids)).values(email_sealed=""),
    Kind.EARLIER: lambda ids: delete(Revision).where(Revision.id.in_(ids)),
    Kind.CONFIRMED: lambda ids: delete(Mailbox).where(Mailbox.email_hash.in_(ids)),
    Kind.REPORTS: lambda ids: (
        update(Report)
        .where(Report.id.in_(ids))
        .values(why="", who="", name="", email_sealed="", email_hash="")
    ),
    Kind.ERRANDS: lambda ids: delete(Job).where(Job.id.in_(ids)),
    Kind.HASH: lambda ids: update(Comment).where(Comment.id.in_(ids)).values(once=None),
}


def let_go(session: Session, kind: Kind, before: datetime, portion: int) -> int:
    """Forgets at most a portion of what is older than `before`; the number forgotten."""
    if kind is Kind.VOTES:
        return forget_voters(session, before, portion)
    ids = session.scalars(queries.DUE[kind](before).limit(portion)).all()
    if ids:
        session.execute(LET_GO[kind](ids), execution_options={"synchronize_session": False})
    return len(ids)


def forget_voters(session: Session, before: datetime, portion: int) -> int:
    """The vote counts on; its moment and a number stand where the reader's hash was.

    Votes of one reader stay together: a rank is counted in readers.
    """
    found = queries.voters(before).with_only_columns(Vote.comment_id, Vote.who, Vote.at)
    rows = session.execute(found.limit(portion)).all()
    nobodies: dict[str, str] = {}
    for number, (comment_id, who, at) in enumerate(rows):
        nobody = nobodies.setdefault(who, f"{FORGOTTEN}{int(at.timestamp() * 1_000_000)}.{number}")
        session.execute(
            update(Vote).where(Vote.comment_id == comment_id, Vote.who == who).values(who=nobody)
        )
    return len(rows)


def owe(session: Session, kind: str, at: datetime) -> None:
    session.add(Job(kind=kind, values={}, created_at=at, not_before=at))
