"""The SELECTs that bring comments, threads and their log; a page of a discussion is read in `reading`."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from .chain import Link
from .facts import Parent
from .models import Alias, Comment, Job, LogHead, LogRow, Origin, Thread
from .schema import ID_LIMIT
from .states import State

PEOPLE = Comment.kind == "comment"
AUTHORS = select(Thread.author_key).where(Thread.author_key != "")
"""Keys of whoever wrote what is discussed, some of them many times."""


def thread_of(session: Session, key: str) -> Thread | None:
    return session.scalar(select(Thread).where(Thread.key == key))


def authors(session: Session) -> Collection[str]:
    """Keys of everybody who wrote what is discussed."""
    return set(session.scalars(AUTHORS.distinct()))


def counts_of(session: Session, keys: Collection[str]) -> Mapping[str, int]:
    """Approved comments of people by thread key; threads without a row are left out."""
    rows = session.execute(select(Thread.key, Thread.comment_count).where(Thread.key.in_(keys)))
    return {key: count for key, count in rows}


def in_thread(session: Session, thread_id: int, comment_id: int) -> Comment | None:
    """A comment of this thread; old ids of an import find theirs. Any number may be asked for."""
    if comment_id >= ID_LIMIT:
        return None
    own = session.get(Comment, comment_id)
    if own is not None and own.thread_id == thread_id:
        return own
    alias = session.get(Alias, (thread_id, comment_id))
    return None if alias is None else session.get(Comment, alias.comment_id)


def parent_of(session: Session, comment_id: int) -> Parent | None:
    """What the checks want to know of the comment that is answered."""
    root = aliased(Comment)
    found = session.execute(
        select(Comment.id, Thread.key, Comment.state, Comment.author_name, root.locked)
        .join(Thread, Comment.thread_id == Thread.id)
        .join(root, root.id == func.coalesce(Comment.root_id, Comment.id))
        .where(Comment.id == comment_id, PEOPLE)
    ).first()
    return None if found is None else Parent(*found)


def last_word(
    session: Session, key: str, email_hash: str, network: str, since: datetime
) -> datetime | None:
    """When this author, or somebody in his network, last spoke in a thread, since then."""
    who = [Comment.email_hash == email_hash] if email_hash else []
    if network:
        who.append(Origin.network == network)
    return session.scalar(
        select(func.max(Comment.created_at))
        .join(Thread, Comment.thread_id == Thread.id)
        .outerjoin(Origin, Origin.comment_id == Comment.id)
        .where(Thread.key == key, Comment.created_at >= since, or_(false(), *who))
    )


def twin_of(session: Session, once: Collection[str], since: datetime) -> int | None:
    """The comment that has one of these unique keys and was said since then; see `storing.once`."""
    return session.scalar(
        select(Comment.id)
        .where(Comment.once.in_(once), Comment.created_at >= since)
        .order_by(Comment.id.desc())
        .limit(1)
    )


def html_of(session: Session, comment_id: int) -> str:
    return session.scalars(select(Comment.html).where(Comment.id == comment_id)).one()


def state_of(session: Session, comment_id: int) -> State:
    return session.scalars(select(Comment.state).where(Comment.id == comment_id)).one()


def last_decision(session: Session, comment_id: int) -> LogRow | None:
    return session.scalar(
        select(LogRow).where(LogRow.comment_id == comment_id).order_by(LogRow.seq.desc()).limit(1)
    )


def links(after: int, limit: int) -> Select[LogRow]:
    return select(LogRow).where(LogRow.seq > after).order_by(LogRow.seq).limit(limit)


def chain_after(session: Session, after: int, limit: int) -> list[Link]:
    """Rows of the log as the chain sees them, in order of seq."""
    rows = session.scalars(links(after, limit)).all()
    return [Link(row.seq, chained(row), row.prev_hash, row.hash) for row in rows]


def chained(row: LogRow) -> dict[str, str | int | None]:
    """The values of a log row that its hash covers: all but the chain itself."""
    return {
        "at": row.at.astimezone(UTC).isoformat(),
        "comment_id": row.comment_id,
        "action": row.action,
        "before": row.before.value,
        "after": row.after.value,
        "version": row.version,
        "actor_key": row.actor_key,
        "machine": int(row.machine),
        "clause": row.clause,
        "unit_key": row.unit_key,
        "batch": row.batch,
        "reverses": row.reverses,
    }


def chain_head(session: Session) -> tuple[int, str]:
    """(seq, hash) of the last row; the head's own row exists from the migration on."""
    head = session.get_one(LogHead, 1)
    return head.seq, head.hash


def all_ids(session: Session) -> Sequence[int]:
    """Ids of every comment there is."""
    return session.scalars(select(Comment.id).order_by(Comment.id)).all()


def waiting_jobs(session: Session) -> int:
    return session.scalar(select(func.count()).where(Job.ended == "")) or 0
