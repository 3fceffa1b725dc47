"""Every SELECT on what is kept of one address, known by its hash."""

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from sqlalchemy import Row, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from ..models import Comment, Finding, History, Job, LogRow, Origin, Revision, Thread
from ..proof.models import Mailbox, Name
from ..reporting.models import Report
from ..schema import Base
from ..useful.models import Vote

Found = TypeVar("Found", bound=Base)


def is_known(session: Session, email_hash: str) -> bool:
    """Whether anything is kept of this address: comments, a mailbox (which follows), reports."""
    kept = (
        exists().where(Comment.email_hash == email_hash),
        exists().where(Mailbox.email_hash == email_hash),
        exists().where(Report.email_hash == email_hash),
    )
    return bool(email_hash) and bool(session.scalar(select(or_(*kept))))


def page(
    session: Session, email_hash: str, before: int | None, limit: int
) -> Sequence[Row[Comment, Thread]]:
    """His comments in every state with their threads, newest first, those below the id `before`."""
    found = select(Comment, Thread).join(Thread, Thread.id == Comment.thread_id)
    own = found.where(Comment.email_hash == email_hash)
    if before is not None:
        own = own.where(Comment.id < before)
    return session.execute(own.order_by(Comment.id.desc()).limit(limit)).all()


def count(session: Session, email_hash: str) -> int:
    return session.scalar(select(func.count()).where(Comment.email_hash == email_hash)) or 0


def portion(session: Session, email_hash: str, after: int, limit: int) -> Sequence[int]:
    """Ids of his comments above `after`, in order."""
    own = select(Comment.id).where(Comment.email_hash == email_hash, Comment.id > after)
    return session.scalars(own.order_by(Comment.id).limit(limit)).all()


def last_portion(
    session: Session, email_hash: str, before: int | None, limit: int
) -> Sequence[int]:
    """Ids of his comments below `before`, from the newest on: replies come before what they answer."""
    own = select(Comment.id).where(Comment.email_hash == email_hash)
    if before is not None:
        own = own.where(Comment.id < before)
    return session.scalars(own.order_by(Comment.id.desc()).limit(limit)).all()


def with_threads(session: Session, ids: Collection[int]) -> Sequence[Row[Comment, Thread]]:
    found = select(Comment, Thread).join(Thread, Thread.id == Comment.thread_id)
    return session.execute(found.where(Comment.id.in_(ids)).order_by(Comment.id)).all()


def own(session: Session, comment_id: int, email_hash: str) -> Comment | None:
    """A comment, if it is of this address."""
    found = session.get(Comment, comment_id)
    return found if found is not None and found.email_hash == email_hash else None


def reports_of(session: Session, email_hash: str) -> Sequence[Report]:
    """What somebody with this address has reported."""
    found = select(Report).where(Report.email_hash == email_hash)
    return session.scalars(found.order_by(Report.id)).all()


def owed_to(session: Session, email_hash: str) -> Sequence[Job]:
    """Letters that are still owed to this address, or would move it to another."""
    names = ("email_hash", "old_hash", "mailbox")
    its = (Job.values[name].as_string() == email_hash for name in names)
    return session.scalars(select(Job).where(Job.ended == "", or_(*its)).order_by(Job.id)).all()


def voted_threads(session: Session) -> Sequence[str]:
    """Keys of the discussions in which anything was found useful."""
    found = select(Thread.key).where(Thread.id.in_(select(Vote.thread_id)))
    return session.scalars(found).all()


def votes_of(session: Session, who: Collection[str]) -> Sequence[Row[Vote, str]]:
    """What these voters found useful, with the addresses of the discussions."""
    found = select(Vote, Thread.url).join(Thread, Thread.id == Vote.thread_id)
    own = found.where(Vote.who.in_(who)).order_by(Vote.thread_id, Vote.comment_id)
    return session.execute(own).all()


def findings_of(session: Session, ids: Collection[int]) -> Mapping[int, list[Finding]]:
    return grouped(session, Finding, Finding.comment_id, Finding.id, ids)


def history_of(session: Session, ids: Collection[int]) -> Mapping[int, list[History]]:
    return grouped(session, History, History.comment_id, History.id, ids)


def origins_of(session: Session, ids: Collection[int]) -> Mapping[int, list[Origin]]:
    return grouped(session, Origin, Origin.comment_id, Origin.comment_id, ids)


def revisions_of(session: Session, ids: Collection[int]) -> Mapping[int, list[Revision]]:
    return grouped(session, Revision, Revision.comment_id, Revision.id, ids)


def decisions_of(session: Session, ids: Collection[int]) -> Mapping[int, list[LogRow]]:
    return grouped(session, LogRow, LogRow.comment_id, LogRow.seq, ids)


def grouped(
    session: Session,
    table: type[Found],
    comment_id: InstrumentedAttribute[int],
    order: InstrumentedAttribute[int],
    ids: Collection[int],
) -> Mapping[int, list[Found]]:
    """Rows around comments by the comment's id, in their own order."""
    found: dict[int, list[Found]] = {}
    rows = select(comment_id, table).where(comment_id.in_(ids)).order_by(comment_id, order)
    for owner, row in session.execute(rows):
        found.setdefault(owner, []).append(row)
    return found


def names_of(session: Session, email_hash: str) -> Sequence[str]:
    """Names that stand beside his comments, as typed, that are not confirmed as anybody's yet."""
    used = select(Comment.author_name).where(
        and_(Comment.email_hash == email_hash, Comment.person_key == "", Comment.author_name != "")
    )
    kept = select(Name.name).where(Name.email_hash == email_hash)
    taken = set(session.scalars(kept))
    return [name for name in session.scalars(used.distinct().limit(50)) if name not in taken]
