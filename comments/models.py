"""The tables of the plug-in `comments`; every name begins with ww_, none points at a host's table."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from .schema import Base, Bytewise, Id, States
from .states import State


class Thread(Base):
    """The discussion under one subject. `version` rises with everything that a reader could see.

    `root_count` and `pinned_count` are of what is shown, `featured_count` is of what is approved;
    `spoken_at` is when a comment last became public.
    """

    __tablename__ = "ww_thread"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    title: Mapped[str] = mapped_column(String(500))
    url: Mapped[str] = mapped_column(String(500))
    author_key: Mapped[str] = mapped_column(String(64), index=True)
    unit_key: Mapped[str] = mapped_column(String(64), index=True)
    version: Mapped[int] = mapped_column(default=1)
    comment_count: Mapped[int] = mapped_column(default=0)
    root_count: Mapped[int] = mapped_column(default=0)
    last_place: Mapped[int] = mapped_column(BigInteger, default=0)
    pinned_count: Mapped[int] = mapped_column(default=0)
    featured_count: Mapped[int] = mapped_column(default=0)
    spoken_at: Mapped[datetime | None]
    closed: Mapped[bool] = mapped_column(default=False)
    premoderated: Mapped[bool] = mapped_column(default=False)
    slow_minutes: Mapped[int] = mapped_column(default=0)


class Comment(Base):
    """One comment. `place` orders a discussion: microseconds of creation, unique in its thread.

    `waits` says that a person has something to decide about it: a first decision, an edit, a report.
    `public_at` is when it came before readers, while it is there.
    `proved`: who wrote it has shown that the address is his. `told`: he wishes to hear what was decided.
    `told_to`: those who follow the discussion have heard of it, or will, up to the follow of this id.
    """

    __tablename__ = "ww_comment"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("ww_thread.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("ww_comment.id"), index=True)
    root_id: Mapped[int | None] = mapped_column(ForeignKey("ww_comment.id"))
    place: Mapped[int] = mapped_column(BigInteger)
    path: Mapped[str] = mapped_column(Bytewise, default="")
    depth: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(String(10), default="comment")
    state: Mapped[State] = mapped_column(States)
    shown: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    reply_count: Mapped[int] = mapped_column(default=0)
    author_name: Mapped[str] = mapped_column(String(300))
    author_url: Mapped[str] = mapped_column(String(500), default="")
    email_sealed: Mapped[str] = mapped_column(Text, default="")
    email_hash: Mapped[str] = mapped_column(String(32), default="", index=True)
    person_key: Mapped[str] = mapped_column(String(64), default="", index=True)
    avatar: Mapped[int] = mapped_column(BigInteger, default=0)
    source: Mapped[str] = mapped_column(Text)
    source_format: Mapped[str] = mapped_column(String(10), default="markdown")
    html: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(10), default="")
    once: Mapped[str | None] = mapped_column(String(200), unique=True)
    proved: Mapped[bool] = mapped_column(default=False)
    told: Mapped[bool] = mapped_column(default=False)
    waits: Mapped[bool] = mapped_column(default=False)
    edit_waits: Mapped[bool] = mapped_column(default=False)
    report_count: Mapped[int] = mapped_column(default=0)
    useful_count: Mapped[int] = mapped_column(default=0)
    useful_rank: Mapped[float] = mapped_column(default=0)
    pinned: Mapped[bool] = mapped_column(default=False)
    featured: Mapped[bool] = mapped_column(default=False)
    locked: Mapped[bool] = mapped_column(default=False)
    edited_by_desk: Mapped[bool] = mapped_column(default=False)
    told_to: Mapped[int] = mapped_column(BigInteger, default=0)
    edited_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    public_at: Mapped[datetime | None]

    __table_args__ = (
        # in this order: the other way round SQLite prefers it to the roots' own and reads the thread
        Index("uq_ww_comment_place", "place", "thread_id", unique=True),
        Index(
            "ix_ww_comment_roots",
            "thread_id",
            "place",
            sqlite_where=text("shown IS 1 AND parent_id IS NULL AND pinned IS 0"),
            postgresql_where=text("shown IS true AND parent_id IS NULL AND pinned IS false"),
        ),
        Index(
            "ix_ww_comment_useful",
            *("thread_id", "useful_rank", "place"),
            sqlite_where=text("shown IS 1 AND parent_id IS NULL AND pinned IS 0"),
            postgresql_where=text("shown IS true AND parent_id IS NULL AND pinned IS false"),
        ),
        Index(
            "ix_ww_comment_pinned",
            *("thread_id", "place"),
            sqlite_where=text("pinned IS 1"),
            postgresql_where=text("pinned IS true"),
        ),
        Index(
            "ix_ww_comment_featured",
            *("thread_id", "place"),
            sqlite_where=text("featured IS 1"),
            postgresql_where=text("featured IS true"),
        ),
        Index(
            "ix_ww_comment_replies",
            "root_id",
            "path",
            sqlite_where=text("shown IS 1"),
            postgresql_where=text("shown IS true"),
        ),
        Index(
            "ix_ww_comment_pings",
            "thread_id",
            "place",
            sqlite_where=text("kind <> 'comment'"),
            postgresql_where=text("kind <> 'comment'"),
        ),
        Index("ix_ww_comment_state", "state", "id"),
        Index("ix_ww_comment_newest", "public_at", "id"),
        Index(
            "ix_ww_comment_waits",
            *(
                "waits",
                "id",
            ),  # the first keeps SQLite from reading on by id through what does not wait
            sqlite_where=text("waits IS 1"),
            postgresql_where=text("waits IS true"),
        ),
    )


class Revision(Base):
    """Another text of a comment: one that was replaced, or one that waits for a person or was refused.

    `seq` is the decision that took or refused it, so that this can be undone.
    """

    __tablename__ = "ww_revision"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    comment_id: Mapped[int] = mapped_column(
        ForeignKey("ww_comment.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    source: Mapped[str] = mapped_column(Text)
    source_format: Mapped[str] = mapped_column(String(10), default="markdown")
    html: Mapped[str] = mapped_column(Text)
    person_key: Mapped[str] = mapped_column(String(64), default="")
    standing: Mapped[str] = mapped_column(String(10))
    seq: Mapped[int | None] = mapped_column(BigInteger, index=True)


class Alias(Base):
    """An address that an imported comment had elsewhere and that its own id does not give."""

    __tablename__ = "ww_alias"

    thread_id: Mapped[int] = mapped_column(ForeignKey("ww_thread.id"), primary_key=True)
    old_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    comment_id: Mapped[int] = mapped_column(
        ForeignKey("ww_comment.id", ondelete="CASCADE"), index=True
    )


class Origin(Base):
    """Where a submission came from; a row of its own, so that it can end before the comment does."""

    __tablename__ = "ww_origin"

    comment_id: Mapped[int] = mapped_column(
        ForeignKey("ww_comment.id", ondelete="CASCADE"), primary_key=True
    )
    network: Mapped[str] = mapped_column(String(50))
    agent: Mapped[str] = mapped_column(String(254))
    created_at: Mapped[datetime] = mapped_column(index=True)


class Finding(Base):
    """What a check said of a comment; all of them, so that a moderator sees every reason."""

    __tablename__ = "ww_finding"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    comment_id: Mapped[int] = mapped_column(
        ForeignKey("ww_comment.id", ondelete="CASCADE"), index=True
    )
    check: Mapped[str] = mapped_column(String(30))
    outcome: Mapped[str] = mapped_column(String(10))
    code: Mapped[str] = mapped_column(String(40))
    values: Mapped[dict[str, Any]]


class History(Base):
    """What happened to a comment beside decisions; never text, never personal data."""

    __tablename__ = "ww_history"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    comment_id: Mapped[int] = mapped_column(
        ForeignKey("ww_comment.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    what: Mapped[str] = mapped_column(String(30))
    values: Mapped[dict[str, Any]]


class LogRow(Base):
    """One decision, chained to the one before it. Holds ids and states, never text: erasing leaves it whole."""

    __tablename__ = "ww_log"

    seq: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    comment_id: Mapped[int] = mapped_column(BigInteger, index=True)
    action: Mapped[str] = mapped_column(String(10))
    before: Mapped[State] = mapped_column(States)
    after: Mapped[State] = mapped_column(States)
    version: Mapped[int]
    actor_key: Mapped[str] = mapped_column(String(64), index=True)
    machine: Mapped[bool]
    clause: Mapped[str] = mapped_column(String(40), default="")
    unit_key: Mapped[str] = mapped_column(String(64), default="")
    batch: Mapped[str] = mapped_column(String(32), default="", index=True)
    reverses: Mapped[int | None] = mapped_column(BigInteger)
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class LogHead(Base):
    """The one row that says where the chain ends; writers queue on it."""

    __tablename__ = "ww_log_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(String(64))


class Job(Base):
    """A row of the outbox: work for outside, owed from the moment that its cause was committed."""

    __tablename__ = "ww_job"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    comment_id: Mapped[int | None] = mapped_column(
        ForeignKey("ww_comment.id", ondelete="CASCADE"), index=True
    )
    values: Mapped[dict[str, Any]]
    cause: Mapped[int | None] = mapped_column(BigInteger, index=True)
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(String(200), default="")
    ended: Mapped[str] = mapped_column(String(10), default="")

    __table_args__ = (
        Index(
            "ix_ww_job_due",
            "not_before",
            sqlite_where=text("ended = ''"),
            postgresql_where=text("ended = ''"),
        ),
    )


class Brake(Base):
    """A counter of attempts in a window; its key is a keyed hash, never an address."""

    __tablename__ = "ww_brake"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    count: Mapped[int]
    ends_at: Mapped[float] = mapped_column(index=True)
