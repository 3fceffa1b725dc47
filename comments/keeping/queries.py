"""Every SELECT of the data clock: what is past its time, and how much of each kind is held now."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, Select, exists, func, or_, select
from sqlalchemy.orm import Session

from ..following.models import Follow, News
from ..following.queries import PUBLIC
from ..models import Brake, Comment, Job, Origin, Revision
from ..proof.models import Mailbox, Name
from ..reporting.models import Report
from ..revisions import WAITING
from ..useful.models import FORGOTTEN, Vote
from .classes import Kind


def origins(before: datetime) -> Select[int]:
    return select(Origin.comment_id).where(Origin.created_at < before)


def emails(before: datetime) -> Select[int]:
    return select(Comment.id).where(Comment.email_sealed != "", Comment.created_at < before)


def earlier_texts(before: datetime) -> Select[int]:
    return select(Revision.id).where(Revision.standing != WAITING, Revision.at < before)


def mailboxes(before: datetime) -> Select[str]:
    """Confirmed long ago, with no name, nothing that is followed and nothing said since."""
    used = or_(
        exists().where(Name.email_hash == Mailbox.email_hash),
        exists().where(Follow.email_hash == Mailbox.email_hash),
        exists().where(Comment.email_hash == Mailbox.email_hash, Comment.created_at >= before),
    )
    return select(Mailbox.email_hash).where(Mailbox.confirmed_at < before, ~used)


def reports(before: datetime) -> Select[int]:
    told = or_(Report.why != "", Report.name != "", Report.email_sealed != "")
    return select(Report.id).where(Report.closed_at < before, told)


def jobs(before: datetime) -> Select[int]:
    return select(Job.id).where(Job.ended != "", Job.created_at < before)


def voters(before: datetime) -> Select[int, str, datetime]:
    """(thread, who, his newest vote there) of the readers who have not voted in it since."""
    newest = func.max(Vote.at, type_=Vote.at.type)
    return (
        select(Vote.thread_id, Vote.who, newest)
        .where(~Vote.who.startswith(FORGOTTEN))
        .group_by(Vote.thread_id, Vote.who)
        .having(newest < before)
    )


def twins(before: datetime) -> Select[int]:
    """Comments that still have the key by which the same one, posted twice, is known."""
    return select(Comment.id).where(Comment.once.is_not(None), Comment.created_at < before)


def news(before: datetime) -> Select[int, int]:
    """What was still to be told of a comment that readers do not see."""
    found = select(News.follow_id, News.comment_id).join(Comment, Comment.id == News.comment_id)
    return found.where(News.at < before, ~PUBLIC)


DUE: Mapping[Kind, Callable[[datetime], Select[*tuple[Any, ...]]]] = {
    Kind.ORIGIN: origins,
    Kind.ADDRESS: emails,
    Kind.EARLIER: earlier_texts,
    Kind.CONFIRMED: mailboxes,
    Kind.FOLLOWS: news,
    Kind.REPORTS: reports,
    Kind.VOTES: voters,
    Kind.ERRANDS: jobs,
    Kind.HASH: twins,
}


def how_many(session: Session, found: Select[*tuple[Any, ...]]) -> int:
    return session.scalar(select(func.count()).select_from(found.subquery())) or 0


def owed(session: Session, kind: str, besides: int) -> bool:
    """A task of this kind waits, another than `besides`."""
    waiting = select(Job.id).where(Job.kind == kind, Job.ended == "", Job.id != besides)
    return session.scalar(waiting.limit(1)) is not None


def held(session: Session) -> Mapping[Kind, int]:
    """Rows that tell something of a person now, by kind; one query."""
    counts: dict[Kind, ScalarSelect[int]] = {
        Kind.SAID: number(select(Comment.id).where(Comment.author_name != "")),
        Kind.EARLIER: number(select(Revision.id)),
        Kind.ADDRESS: number(select(Comment.id).where(Comment.email_sealed != "")),
        Kind.HASH: number(select(Comment.id).where(Comment.email_hash != "")),
        Kind.ORIGIN: number(select(Origin.comment_id)),
        Kind.CONFIRMED: number(select(Mailbox.email_hash)),
        Kind.FOLLOWS: number(select(Follow.id)),
        Kind.VOTES: number(select(Vote.comment_id).where(~Vote.who.startswith(FORGOTTEN))),
        Kind.REPORTS: number(
            select(Report.id).where(or_(Report.why != "", Report.email_sealed != ""))
        ),
        Kind.ERRANDS: number(select(Job.id).where(Job.ended == "")),
        Kind.BRAKES: number(select(Brake.key)),
    }
    row = session.execute(select(*counts.values())).one()
    return dict(zip(counts, row, strict=True))


def number(found: Select[Any]) -> ScalarSelect[int]:
    return select(func.count()).select_from(found.subquery()).scalar_subquery()
