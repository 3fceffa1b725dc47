"""Writes on all that is kept of one address; each is a part of its caller's transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, insert, literal, select, update
from sqlalchemy.orm import Session
from sqlalchemy.types import JSON

from ..editing.queries import holding, threads_of
from ..following.models import Follow, News
from ..following.queries import held
from ..models import Comment, History, Thread
from ..proof.actions import open_mailbox
from ..proof.models import Mailbox, Name
from ..reporting.models import Report
from ..useful import actions as useful
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
    for thread in threads_of(session, holding(*own)):
        thread.version += 1
    noted = select(Comment.id, literal(now, History.at.type), literal(RENAMED), literal({}, JSON))
    columns = [History.comment_id, History.at, History.what, History.values]
    session.execute(insert(History).from_select(columns, noted.where(*own)))
    renamed = update(Comment).where(*own).values(author_name=name).returning(Comment.id)
    return len(session.execute(renamed).all())


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
    held(session, Follow.email_hash == email_hash)
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


@dataclass(frozen=True)
class MovedVote:
    """A vote, by whom it was cast, and who he is to that discussion from now on."""

    comment_id: int
    thread_id: int
    old: str
    new: str


def move_address(
    session: Session, old: str, box: NewBox, votes: Sequence[MovedVote], now: datetime
) -> None:
    """All that is kept of the old address is kept of the new one; what that one has already stays.

    The threads come first: they are locked before their comments, as everywhere.
    """
    theirs = Comment.email_hash == old, Comment.person_key == ""
    voted = Thread.id.in_({vote.thread_id for vote in votes})
    threads = {found.id: found for found in threads_of(session, holding(*theirs), voted)}
    for vote in votes:
        move_vote(session, threads[vote.thread_id], vote, now)
    new = box.email_hash
    sealed = {"email_hash": new, "email_sealed": box.email_sealed}
    session.execute(update(Comment).where(*theirs).values(**sealed))
    session.execute(update(Report).where(Report.email_hash == old).values(**sealed, who=""))
    move_mailbox(session, old, box, now)


def move_vote(session: Session, thread: Thread, vote: MovedVote, now: datetime) -> None:
    """Where he found it useful under both addresses, that is one reader; the thread is locked."""
    own = Vote.comment_id == vote.comment_id, Vote.who == vote.old
    twice = session.scalar(
        select(Vote.comment_id).where(Vote.comment_id == vote.comment_id, Vote.who == vote.new)
    )
    unloaded = {"synchronize_session": False}
    if twice is None:
        session.execute(update(Vote).where(*own).values(who=vote.new), execution_options=unloaded)
    elif session.scalar(delete(Vote).where(*own).returning(Vote.comment_id)):
        comment = session.get_one(Comment, vote.comment_id, populate_existing=True)
        useful.count(session, thread, comment, -1, now)


def move_mailbox(session: Session, old: str, box: NewBox, now: datetime) -> None:
    """What he follows, his names and his feed; the new mailbox is opened in any case."""
    new, before = box.email_hash, session.get(Mailbox, old)
    after = open_mailbox(session, new, box.email_sealed, box.language, box.feed_key, now)
    if before is None:
        return
    held(session, Follow.email_hash == old)
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
