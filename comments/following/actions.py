"""Writes of following: who hears of a discussion, what he is owed; each is a part of its caller's transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ..models import Comment, Job
from ..states import State
from . import queries
from .models import Follow, News
from .queries import Untold
from .rhythm import DAY, HOUR, next_letter

LETTER, DIGEST = "letter", "digest"
"""The outbox's handlers of the two kinds of letters."""
AT_ONCE = 500
"""Rows that one statement names."""


@dataclass(frozen=True)
class Times:
    """When letters that are owed now are sent: `now` or an hour after the last; the daily one `daily`."""

    now: datetime
    daily: datetime


def follow(
    session: Session,
    email_hash: str,
    thread_id: int,
    scope: str,
    now: datetime,
    rhythm: str = "",
) -> None:
    """A confirmed mailbox hears of a discussion from now on; who follows it already, in this way."""
    fresh = Follow(
        email_hash=email_hash,
        thread_id=thread_id,
        scope=scope,
        rhythm=rhythm or HOUR,
        created_at=now,
    )
    with suppress(IntegrityError), session.begin_nested():
        session.add(fresh)
    own = select(Follow).where(Follow.thread_id == thread_id, Follow.email_hash == email_hash)
    found = session.scalars(own).one()
    found.scope, found.rhythm = scope, rhythm or found.rhythm


def change(session: Session, email_hash: str, follow_id: int, scope: str, rhythm: str) -> bool:
    """Another scope and rhythm; false where this is not his. What is owed already comes as it was owed."""
    found = session.get(Follow, follow_id)
    if found is None or found.email_hash != email_hash:
        return False
    found.scope, found.rhythm = scope, rhythm
    return True


def stop(session: Session, email_hash: str, follow_id: int) -> bool:
    """Ends it; false where this is not his."""
    own = select(Follow).where(Follow.id == follow_id, Follow.email_hash == email_hash)
    found = session.scalars(own).all()
    end(session, found)
    return bool(found)


def stop_all(session: Session, email_hash: str) -> None:
    """Nothing reaches this mailbox any more."""
    end(session, [row[0] for row in queries.of_mailbox(session, email_hash)])


def end(session: Session, follows: Iterable[Follow]) -> None:
    """What waits to be told goes along; the task that owed it finds nobody."""
    for some in portions([found.id for found in follows]):
        queries.held(session, Follow.id.in_(some))
        session.execute(delete(News).where(News.follow_id.in_(some)))
        session.execute(delete(Follow).where(Follow.id.in_(some)))


def portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def spread(session: Session, comment_id: int, now: datetime, limit: int) -> int:
    """Notes a public comment for the next who follow its discussion; how many those are.

    The comment itself remembers how far it has come: each follow hears of it once, whatever happens
    to it later, and however often this is done.
    """
    comment = session.get(
        Comment, comment_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if comment is None or comment.state is not State.APPROVED or comment.kind != "comment":
        return 0
    ids = queries.hearers(session, comment, limit)
    session.add_all(News(follow_id=id_, comment_id=comment_id, at=now) for id_ in ids)
    comment.told_to = max((comment.told_to, *ids))
    return len(ids)


def owe_next(session: Session, comment_id: int, after: int, times: Times, limit: int) -> int | None:
    """Owes a letter to each of the next who have a comment still to be told; the last of them, None at the end."""
    follows = queries.with_news(session, comment_id, after, limit)
    owe(session, follows, times)
    return follows[-1].id if follows else None


def owe(session: Session, follows: Sequence[Follow], times: Times) -> None:
    """One letter to each of these (locked) follows, or one digest to its mailbox, unless it is owed already."""
    hourly = [found for found in follows if found.rhythm == HOUR]
    running = queries.open_jobs(session, [found.letter_id for found in hourly])
    without = [found for found in hourly if found.letter_id not in running]
    letters = [
        job(LETTER, {"follow": one.id}, times.now, next_letter(times.now, one.sent_at))
        for one in without
    ]
    hashes = {found.email_hash for found in follows if found.rhythm == DAY}
    boxes = queries.mailboxes(session, hashes) if hashes else []
    running = queries.open_jobs(session, [box.digest_id for box in boxes])
    closed = [box for box in boxes if box.digest_id not in running]
    digests = [job(DIGEST, {"mailbox": box.email_hash}, times.now, times.daily) for box in closed]
    session.add_all([*letters, *digests])
    session.flush()
    for found, letter in zip(without, letters, strict=True):
        found.letter_id = letter.id
    for box, digest in zip(closed, digests, strict=True):
        box.digest_id = digest.id


def job(kind: str, values: Mapping[str, Any], now: datetime, at: datetime) -> Job:
    return Job(kind=kind, values=dict(values), created_at=now, not_before=at)


def close(
    session: Session, task_id: int, email_hash: str, told: Sequence[Untold], times: Times
) -> None:
    """The letter of a task was sent, or there was nothing to say: what has come since is owed anew."""
    follows = queries.held(session, Follow.email_hash == email_hash)
    heard = {row.follow_id for row in told}
    for some in portions([row.comment_id for row in told]):
        # in one discussion a mailbox has one follow: a comment tells which
        session.execute(delete(News).where(News.follow_id.in_(heard), News.comment_id.in_(some)))
    for found in follows:
        found.sent_at = times.now if found.id in heard else found.sent_at
        found.letter_id = None if found.letter_id == task_id else found.letter_id
    for box in queries.mailboxes(session, [email_hash]):
        box.digest_id = None if box.digest_id == task_id else box.digest_id
    session.flush()
    catch_up(session, email_hash, times)


def catch_up(session: Session, email_hash: str, times: Times) -> None:
    """Owes a mailbox what it has not been told yet, wherever that came from."""
    follows = queries.held(session, Follow.email_hash == email_hash)
    left = {row.follow_id for row in queries.untold(session, [found.id for found in follows])}
    owe(session, [found for found in follows if found.id in left], times)
