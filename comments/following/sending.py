"""Writes the letters to who follows: what is new in one discussion, or once a day in all of them.

Nothing is open while a letter is on its way; a task that is run again sends the same letter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from ..database import reading, writing
from ..host import Subject
from ..mailing.sending import deliver
from ..models import Comment, Thread
from ..outbox import Handler, Task
from ..proof.models import Mailbox
from ..proof.queries import mailbox
from ..site import Site
from ..states import Effect
from ..tokens import Stop
from ..view import excerpt, permalink
from . import actions, queries
from .actions import DIGEST, LETTER
from .deciding import address, tell_author
from .models import Follow
from .queries import Untold
from .rhythm import DAY, HOUR
from .telling import tell_followers, times

CHARACTERS = 400
"""So much of a comment stands in a letter."""
MOST = 20
"""Comments that stand in one letter; of the others it says how many they are."""


@dataclass(frozen=True)
class Line:
    """One comment as a letter tells it; all plain text."""

    name: str
    at: datetime
    text: str
    path: str
    to_him: bool


@dataclass(frozen=True)
class Part:
    """What a letter tells of one discussion; `more` is how many it leaves out."""

    title: str
    path: str
    lines: Sequence[Line]
    more: int


@dataclass(frozen=True)
class Mail:
    """What there is to tell a mailbox: of these follows, by id; `rows` are all of it, `comments` the first."""

    box: Mailbox
    follows: Mapping[int, tuple[Follow, Thread]]
    rows: Sequence[Untold] = ()
    comments: Mapping[int, Comment] = field(default_factory=dict)


def handlers(site: Site) -> Mapping[str, Handler]:
    return {
        Effect.TELL_AUTHOR.value: partial(tell_author, site),
        Effect.TELL_FOLLOWERS.value: partial(tell_followers, site),
        LETTER: partial(send, site),
        DIGEST: partial(send, site),
    }


def send(site: Site, task: Task, now: datetime) -> None:
    """The outbox's handler of both. Who cannot be reached follows nothing any more."""
    if site.post is None:
        return
    with reading(site.engine) as session:
        mail = owed_by(session, task)
    if mail is None:
        return
    parts = parts_of(site, mail)
    arrives = not parts or delivered(site, task, now, mail, parts)
    with writing(site.engine) as session:
        if arrives:
            actions.close(session, task.id, mail.box.email_hash, mail.rows, times(site, now))
        else:
            actions.stop_all(session, mail.box.email_hash)


def owed_by(session: Session, task: Task) -> Mail | None:
    """None where this task is no longer the one that owes it, or there is nobody (any more)."""
    mail = mail_of_digest(session, task) if task.kind == DIGEST else mail_of_letter(session, task)
    if mail is None:
        return None
    rows = queries.untold(session, list(mail.follows))
    first = queries.comments(session, [row.comment_id for row in rows[:MOST]])
    return replace(mail, rows=rows, comments={comment.id: comment for comment in first})


def mail_of_letter(session: Session, task: Task) -> Mail | None:
    """Where he wants one letter a day by now there is nothing to say here: that one is owed instead."""
    found = queries.follower(session, task.values["follow"])
    box = mailbox(session, found[0].email_hash) if found else None
    if found is None or box is None or found[0].letter_id != task.id:
        return None
    hourly = found[0].rhythm == HOUR
    return Mail(box, {found[0].id: (found[0], found[1])} if hourly else {})


def mail_of_digest(session: Session, task: Task) -> Mail | None:
    box = mailbox(session, task.values["mailbox"])
    if box is None or box.digest_id != task.id:
        return None
    rows = queries.of_mailbox(session, box.email_hash)
    return Mail(box, {row[0].id: (row[0], row[1]) for row in rows if row[0].rhythm == DAY})


def parts_of(site: Site, mail: Mail) -> list[Part]:
    """By discussion, the one with an answer to him first; what the host no longer shows is left out."""
    shown: dict[int, list[Untold]] = {}
    for row in mail.rows:
        shown.setdefault(row.follow_id, []).append(row)
    found = (part(site, mail, mail.follows[key][1], rows) for key, rows in shown.items())
    return [one for one in found if one is not None]


def part(site: Site, mail: Mail, thread: Thread, rows: Sequence[Untold]) -> Part | None:
    subject = site.host.subject(thread.key)
    if subject is None:
        return None
    told = [row for row in rows if row.comment_id in mail.comments]
    lines = [line(mail.comments[row.comment_id], subject, row.to_him) for row in told]
    return Part(subject.title, f"{subject.url}#comments", lines, len(rows) - len(lines))


def line(comment: Comment, subject: Subject, to_him: bool) -> Line:
    return Line(
        name=comment.author_name,
        at=comment.created_at,
        text=excerpt(comment.html, CHARACTERS),
        path=permalink(subject, comment.id),
        to_him=to_him,
    )


def delivered(site: Site, task: Task, now: datetime, mail: Mail, parts: Sequence[Part]) -> bool:
    """False where it can never arrive; raises Later."""
    daily = task.kind == DIGEST
    follow, thread = next(iter(mail.follows.values()))
    stop = Stop(follow.email_hash) if daily else Stop(follow.email_hash, thread.id, follow.scope)
    return deliver(
        site,
        task,
        now,
        "news",
        to=address(site, mail.box.email_sealed),
        language=mail.box.language,
        values={"daily": daily, "parts": parts, "scope": follow.scope},
        about="digest" if daily else f"thread-{thread.id}",
        stop_url=f"{site.site_url.rstrip('/')}/me/stop/{site.tokens.stop(stop)}",
    )
