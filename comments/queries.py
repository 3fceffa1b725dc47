"""Every SELECT of the plug-in that brings comments, threads and their log; nothing here writes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from .chain import Link
from .facts import Parent
from .models import Alias, Comment, Job, LogHead, LogRow, Origin, Thread
from .schema import ID_LIMIT
from .states import State

Shown = Row[int, int | None, int | None, str, int, State, str, str, str, int, *tuple[Any, ...]]
"""A row of the columns SHOWN."""
SHOWN = (
    Comment.id,
    Comment.parent_id,
    Comment.root_id,
    Comment.path,
    Comment.reply_count,
    Comment.state,
    Comment.author_name,
    Comment.author_url,
    Comment.person_key,
    Comment.avatar,
    Comment.html,
    Comment.created_at,
)
PEOPLE = Comment.kind == "comment"
PUBLIC_SINCE = func.coalesce(Comment.decided_at, Comment.created_at)
Newest = Row[*tuple[Any, ...]]
"""A row of `newest`."""


@dataclass(frozen=True)
class Where:
    """Where a comment stands: its root, and how many shown ones come before it there."""

    root_id: int
    roots_before: int
    replies_before: int


def thread_of(session: Session, key: str) -> Thread | None:
    return session.scalar(select(Thread).where(Thread.key == key))


def counts_of(session: Session, keys: Collection[str]) -> Mapping[str, int]:
    """Approved comments of people by thread key; threads without a row are left out."""
    rows = session.execute(select(Thread.key, Thread.comment_count).where(Thread.key.in_(keys)))
    return {key: count for key, count in rows}


def roots(session: Session, thread_id: int, offset: int, limit: int) -> Sequence[Shown]:
    """Top-level comments that are shown, oldest first."""
    first = select(Comment.id).where(*root_range(thread_id)).order_by(Comment.place)
    page = first.offset(offset).limit(limit)
    return session.execute(select(*SHOWN).where(Comment.id.in_(page)).order_by(Comment.place)).all()


def root_range(thread_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Comment.thread_id == thread_id,
        Comment.shown.is_(True),
        Comment.parent_id.is_(None),
    )


def replies(session: Session, root_ids: Collection[int], limit: int) -> Sequence[Shown]:
    """The first `limit` replies under each root in the order in which they are read.

    One range of the index for each root. The two databases need to be asked in different words:
    SQLite has no LATERAL, and PostgreSQL would try the other query on every comment there is.
    """
    root, reply = aliased(Comment), aliased(Comment)
    first = (
        select(reply.id)
        .where(reply.root_id == root.id, reply.shown.is_(True))
        .order_by(reply.path)
        .limit(limit)
        .correlate(root)
    )
    wanted = select(*SHOWN).select_from(root).where(root.id.in_(root_ids))
    if session.get_bind().dialect.name == "postgresql":
        some = first.lateral()
        wanted = wanted.join(some, true()).join(Comment, Comment.id == some.c.id)
    else:
        wanted = wanted.join(Comment, Comment.id.in_(first.scalar_subquery()))
    return session.execute(wanted.order_by(Comment.root_id, Comment.path)).all()


def branch(session: Session, root_id: int, offset: int, limit: int) -> Sequence[Shown]:
    """Shown replies under one root, from `offset` on."""
    found = select(*SHOWN).where(Comment.root_id == root_id, Comment.shown.is_(True))
    return session.execute(found.order_by(Comment.path).offset(offset).limit(limit)).all()


def some_of(session: Session, thread_id: int, ids: Collection[int]) -> Sequence[Shown]:
    """Those of these comments that stand in this thread, whether they are shown or not."""
    found = select(*SHOWN).where(Comment.id.in_(ids), Comment.thread_id == thread_id)
    return session.execute(found.order_by(Comment.place)).all()


def names_of(session: Session, ids: Collection[int]) -> Mapping[int, str]:
    """Author names of approved comments by id."""
    rows = session.execute(
        select(Comment.id, Comment.author_name).where(
            Comment.id.in_(ids), Comment.state == State.APPROVED
        )
    )
    return {id_: name for id_, name in rows}


def aliases_of(session: Session, ids: Collection[int]) -> Mapping[int, int]:
    """Old ids by the id of the comment that answers to them."""
    rows = session.execute(select(Alias.comment_id, Alias.old_id).where(Alias.comment_id.in_(ids)))
    return {id_: old for id_, old in rows}


def pings(session: Session, thread_id: int, limit: int) -> Sequence[Shown]:
    """Approved pingbacks and trackbacks, oldest first."""
    found = select(*SHOWN).where(
        Comment.thread_id == thread_id, ~PEOPLE, Comment.state == State.APPROVED
    )
    return session.execute(found.order_by(Comment.place).limit(limit)).all()


def newest(session: Session, limit: int, key: str | None = None) -> Sequence[Newest]:
    """Approved comments of people, newest first: of one thread, or of all; with the one that is answered."""
    above = aliased(Comment)
    found = (
        select(
            *(Comment.id, Comment.parent_id, Comment.author_name, Comment.author_url, Comment.html),
            *(Comment.language, Comment.created_at, Comment.edited_at, Thread.key),
            above.created_at.label("parent_created_at"),
        )
        .join(Thread, Comment.thread_id == Thread.id)
        .outerjoin(above, and_(above.id == Comment.parent_id, above.state == State.APPROVED))
    )
    return session.execute(
        lately(found if key is None else found.where(Thread.key == key), limit)
    ).all()


def marks_of_newest(session: Session, limit: int) -> Sequence[Row[int, int, int]]:
    """What the newest of all were at when they were read: another mark, and something has changed."""
    found = select(Comment.id, Comment.version, Thread.version)
    return session.execute(lately(found.join(Thread, Comment.thread_id == Thread.id), limit)).all()


def lately(found: Select[*tuple[Any, ...]], limit: int) -> Select[*tuple[Any, ...]]:
    """By when they became public: one that waited for long is news all the same."""
    public = found.where(PEOPLE, Comment.state == State.APPROVED)
    return public.order_by(PUBLIC_SINCE.desc(), Comment.id.desc()).limit(limit)


def where(session: Session, comment: Comment) -> Where:
    root = comment if comment.root_id is None else session.get_one(Comment, comment.root_id)
    before = select(func.count()).where(*root_range(comment.thread_id), Comment.place < root.place)
    inner = select(func.count()).where(
        Comment.root_id == root.id, Comment.shown.is_(True), Comment.path < comment.path
    )
    return Where(root.id, session.scalar(before) or 0, session.scalar(inner) or 0)


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
