"""Lets go of what is past its time; each call is a part of its caller's transaction and bounded."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, delete, tuple_, update
from sqlalchemy.orm import Session

from ..following.models import News
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

UNLOADED = {"synchronize_session": False}
"""No row of what goes was read as an object."""


def let_go(session: Session, kind: Kind, before: datetime, portion: int) -> int:
    """Forgets at most a portion of what is older than `before`; the number forgotten."""
    if kind is Kind.VOTES:
        return forget_voters(session, before, portion)
    if kind is Kind.FOLLOWS:
        return forget_news(session, before, portion)
    ids = session.scalars(queries.DUE[kind](before).limit(portion)).all()
    if ids:
        session.execute(LET_GO[kind](ids), execution_options=UNLOADED)
    return len(ids)


def forget_voters(session: Session, before: datetime, portion: int) -> int:
    """The vote counts on; its moment and a number stand where the reader's hash was.

    A reader is forgotten whole in a discussion, once his newest vote there is past its time: a rank
    is counted in readers. The portion and the number forgotten are readers of one discussion.
    """
    rows = session.execute(queries.voters(before).limit(portion)).all()
    for number, (thread_id, who, newest) in enumerate(rows):
        nobody = f"{FORGOTTEN}{int(newest.timestamp() * 1_000_000)}.{number}"
        own = update(Vote).where(Vote.thread_id == thread_id, Vote.who == who)
        session.execute(own.values(who=nobody), execution_options={"synchronize_session": False})
    return len(rows)


def forget_news(session: Session, before: datetime, portion: int) -> int:
    """Should the comment become public after all: whoever was not told by now is told no more."""
    rows = [tuple(row) for row in session.execute(queries.news(before).limit(portion))]
    which = tuple_(News.follow_id, News.comment_id).in_(rows)
    if rows:
        session.execute(delete(News).where(which), execution_options=UNLOADED)
    return len(rows)


def owe(session: Session, kind: str, at: datetime) -> None:
    session.add(Job(kind=kind, values={}, created_at=at, not_before=at))
