"""What the database tells of how the plug-in is doing; every SELECT of the doctor, nothing here writes."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from alembic.util.exc import CommandError
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from .. import migrate, queries
from ..chain import Link
from ..models import Comment, Job
from .portable import PORTION, snapshot


@dataclass(frozen=True)
class Outbox:
    """Tasks that are owed, those that were given up, and since when the oldest one is due."""

    waiting: int
    given_up: int
    due_since: datetime | None


@contextmanager
def one_moment(engine: Engine) -> Iterator[Session]:
    """All that is read is of one moment, whoever writes meanwhile."""
    with snapshot(engine) as connection, Session(connection) as session:
        yield session


class Newer(Exception):
    """The database has migrations that this code does not know."""


def unapplied(engine: Engine, branches: Sequence[str]) -> list[str]:
    """The heads that the database has not reached; `branches` are those beside the plug-in's."""
    try:
        return sorted(migrate.behind(engine, *branches))
    except CommandError:
        raise Newer from None


def outbox(session: Session, now: datetime) -> Outbox:
    given_up = session.scalar(select(func.count()).where(Job.ended == "given_up"))
    due = select(Job.not_before).where(Job.ended == "", Job.not_before <= now)
    oldest = session.scalar(due.order_by(Job.not_before).limit(1))
    return Outbox(queries.waiting_jobs(session), given_up or 0, oldest)


def newest_seal(session: Session) -> str:
    """The sealed e-mail address of the newest comment that has one, or nothing."""
    sealed = select(Comment.email_sealed).where(Comment.email_sealed != "")
    return session.scalar(sealed.order_by(Comment.id.desc()).limit(1)) or ""


def chain_tail(session: Session, length: int) -> list[Link]:
    """The last rows of the log."""
    seq, _ = queries.chain_head(session)
    return queries.chain_after(session, max(seq - length, 0), length)


def chain_rows(session: Session) -> Iterator[Link]:
    """All rows of the log in order; a portion at a time is in memory."""
    after = 0
    while portion := queries.chain_after(session, after, PORTION):
        yield from portion
        after = portion[-1].seq
        session.expunge_all()
