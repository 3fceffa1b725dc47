"""Writes on all that is kept of one address; each is a part of its caller's transaction."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, func, insert, literal, select, update
from sqlalchemy.orm import Session
from sqlalchemy.types import JSON

from .. import actions as moves
from .. import log, shown
from ..following.models import Follow, News
from ..log import Actor
from ..models import Comment, History, Thread
from ..proof.actions import open_mailbox
from ..proof.models import Mailbox, Name
from ..reporting.models import Report
from ..settings import Settings
from ..states import Action, State
from ..useful.models import FORGOTTEN, Vote

RENAMED = "renamed"


@dataclass(frozen=True)
class Forgotten:
    """How much was kept of an address beside his comments."""

    follows: int = 0
    names: int = 0
    reports: int = 0
    votes: int = 0


def rename(session: Session, email_hash: str, name: str, now: datetime) -> int:
    """Puts another name beside all his comments, but those that he wrote as one of the house; how many.

    The threads come first: they are locked before their comments, as everywhere.
    """
    own = (
        Comment.email_hash == email_hash,
        Comment.person_key == "",
        Comment.author_name != name,
    )
    touch(session, select(Comment.thread_id).where(*own))
    noted = select(Comment.id, literal(now, History.at.type), literal(RENAMED), literal({}, JSON))
    columns = [History.comment_id, History.at, History.what, History.values]
    session.execute(insert(History).from_select(columns, noted.where(*own)))
    renamed = update(Comment).where(*own).values(author_name=name).returning(Comment.id)
    return len(session.execute(renamed).all())


def touch(session: Session, thread_ids: Select[int]) -> None:
    """Pages of these threads are made anew."""
    session.execute(
        update(Thread).where(Thread.id.in_(thread_ids)).values(version=Thread.version + 1)
    )


def locked(
    session: Session, ids: Collection[int]
) -> tuple[Mapping[int, Thread], Sequence[Comment]]:
    """These comments, replies before what they answer, and their threads: nobody else decides meanwhile.

    Locks are taken in one order, first the log's head, then the threads.
    """
    log.queue(session)
    anew = {"populate_existing": True}
    theirs = select(Comment.thread_id).where(Comment.id.in_(ids))
    threads = select(Thread).where(Thread.id.in_(theirs)).order_by(Thread.id).with_for_update()
    comments = select(Comment).where(Comment.id.in_(ids)).order_by(Comment.id.desc())
    found = {row.id: row for row in session.scalars(threads.execution_options(**anew))}
    return found, session.scalars(comments.execution_options(**anew)).all()


def withdraw(
    session: Session, ids: Collection[int], actor: Actor, now: datetime, settings: Settings
) -> Sequence[Comment]:
    """Withdraws those of these comments that are not yet, each with its row in the log; all of them."""
    threads, comments = locked(session, ids)
    for comment in comments:
        if comment.report_count or comment.edit_waits:  # somebody else has to be told
            moves.move(session, comment.id, Action.WITHDRAW, comment.version, actor, now, settings)
        elif comment.state is not State.WITHDRAWN:
            thread, how = threads[comment.thread_id], Action.WITHDRAW.value
            moves.put(session, comment, thread, State.WITHDRAWN, how, actor, now)
            shown.attend(comment)
    return comments


def forget_voter(session: Session, votes: Iterable[Vote]) -> int:
    """Each vote counts on; a number stands where the voter's hash was, the same in one discussion."""
    nobodies: dict[str, str] = {}
    number = 0
    for number, vote in enumerate(votes, 1):
        nobody = f"{FORGOTTEN}{int(vote.at.timestamp() * 1_000_000)}.{number}"
        vote.who = nobodies.setdefault(vote.who, nobody)
    return number


def forget(session: Session, email_hash: str, votes: Iterable[Vote] = ()) -> Forgotten:
    """All that is kept of an address beside its comments; what he reported stays, without him."""
    followed = select(Follow.id).where(Follow.email_hash == email_hash)
    names = count(session, Name.email_hash == email_hash)
    follows = count(session, Follow.email_hash == email_hash)
    session.execute(delete(News).where(News.follow_id.in_(followed)))
    for table in (Follow, Name, Mailbox):
        session.execute(delete(table).where(table.email_hash == email_hash))
    gone = (
        update(Report)
        .where(Report.email_hash == email_hash)
        .values(name="", who="", email_sealed="", email_hash="")
    )
    reports = session.execute(gone.returning(Report.id)).all()
    return Forgotten(follows, names, len(reports), forget_voter(session, votes))


def count(session: Session, where: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).where(where)) or 0


@dataclass(frozen=True)
class NewBox:
    """The mailbox that another one moves to."""

    email_hash: str
    email_sealed: str
    language: str
    feed_key: str


def move_address(session: Session, old: str, box: NewBox, now: datetime) -> None:
    """All that is kept of the old address is kept of the new one; what that one has already stays."""
    new = box.email_hash
    sealed = {"email_hash": new, "email_sealed": box.email_sealed}
    theirs = Comment.email_hash == old, Comment.person_key == ""
    session.execute(update(Comment).where(*theirs).values(**sealed))
    session.execute(update(Report).where(Report.email_hash == old).values(**sealed, who=""))
    before = session.get(Mailbox, old)
    after = open_mailbox(session, new, box.email_sealed, box.language, box.feed_key, now)
    if before is None:
        return
    both = select(Follow.thread_id).where(Follow.email_hash == new)
    twice = select(Follow.id).where(Follow.email_hash == old, Follow.thread_id.in_(both))
    session.execute(delete(News).where(News.follow_id.in_(twice)))
    session.execute(delete(Follow).where(Follow.id.in_(twice)))
    for table in (Follow, Name):
        session.execute(update(table).where(table.email_hash == old).values(email_hash=new))
    kept = before.feed_key
    session.delete(before)
    session.flush()
    if after.feed_key == box.feed_key:  # a mailbox of just now: his feed stays where it was
        after.feed_key = kept
