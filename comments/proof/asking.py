"""Asks the owner of an address by one letter whether it was he: of each address and household only so often.

Whoever typed the address may be somebody else, so the letter repeats nothing of what he wrote.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from .. import actions
from ..database import reading, writing
from ..draft import Draft
from ..following.actions import follow
from ..host import Subject
from ..keys import BadKey, Keys, address_key
from ..mailing.brake import Letters, one_too_many
from ..mailing.sending import deliver
from ..models import Comment, Job
from ..outbox import Task
from ..site import Site
from ..states import State
from ..tokens import Confirmation
from .queries import LETTER, mailbox

KIND = "mail_confirm"
LETTERS = Letters("letters", to_address="3/day", from_household="10/day")


@dataclass(frozen=True)
class Wish:
    """What somebody wants who has not shown yet that the address is his."""

    email: str
    comment_id: int = 0
    thread_key: str = ""
    scope: str = ""
    language: str = ""


def ask(site: Site, wish: Wish, address: str, now: datetime) -> bool:
    """Owes the letter for a wish without a comment; false where it would be one too many.

    `address` is the network address of whoever wishes. A transaction of its own.
    """
    if site.post is None or braked(site, wish.email, address):
        return False
    with writing(site.engine) as session:
        owe(session, site.keys, wish, now)
    site.waker.wake()
    return True


def braked(site: Site, email: str, address: str) -> bool:
    """Counts one letter more; true where it is one too many. Never within a transaction that writes."""
    return one_too_many(site, LETTERS, email, address)


def owe(session: Session, keys: Keys, wish: Wish, now: datetime) -> None:
    values = {
        "email": keys.seal(wish.email),
        "email_hash": keys.digest("email", address_key(wish.email)),
        "thread": wish.thread_key,
        "scope": wish.scope,
        "language": wish.language,
    }
    session.add(
        Job(
            kind=KIND,
            comment_id=wish.comment_id or None,
            values=values,
            created_at=now,
            not_before=now,
        )
    )


def letter_for(site: Site, draft: Draft, state: State) -> bool | None:
    """Whether a comment that is about to be stored owes a letter: yes, one too many, or none (None).

    What is taken for spam asks nobody anything.
    """
    known = draft.person is not None or draft.proved
    if site.post is None or known or state is State.SPAM or not needed(draft):
        return None
    return not braked(site, draft.email, draft.origin.address)


def needed(draft: Draft) -> bool:
    """He wants to hear of it, or speaks under a name that was confirmed."""
    named = any(finding.code == "name_of_other" for finding in draft.findings)
    return draft.tell or bool(draft.follow) or named


def owe_for(
    session: Session, keys: Keys, comment: Comment, draft: Draft, letter: bool | None
) -> None:
    """Together with the comment: the letter that `letter_for` found, and a line on it.

    Whose address is confirmed already follows at once, as he wished.
    """
    if draft.proved and draft.follow and mailbox(session, comment.email_hash):
        follow(session, comment.email_hash, comment.thread_id, draft.follow, draft.created_at)
    if letter is None:
        return
    wish = Wish(draft.email, comment.id, draft.thread_key, draft.follow, draft.language)
    if letter:
        owe(session, keys, wish, draft.created_at)
    actions.note(session, comment.id, LETTER, draft.created_at, sent=int(letter))


def mail_confirm(site: Site, task: Task, now: datetime) -> None:
    """The outbox's handler: nothing is asked of what is gone, spam or confirmed by now."""
    subject = site.host.subject(task.values["thread"])
    if subject is None or not still_asked(site, task):
        return
    try:
        to = site.keys.open(task.values["email"])
    except BadKey:
        return
    deliver(
        site,
        task,
        now,
        "confirm",
        to=to,
        language=task.values["language"],
        values=said(site, task, subject, now),
    )


def still_asked(site: Site, task: Task) -> bool:
    if task.comment_id is None:
        return True
    with reading(site.engine) as session:
        found = session.get(Comment, task.comment_id)
    return found is not None and not found.proved and found.state is not State.SPAM


def said(site: Site, task: Task, subject: Subject, now: datetime) -> dict[str, object]:
    values = task.values
    asked = Confirmation(
        values["email"],
        task.comment_id or 0,
        values["thread"],
        values["scope"],
        values["language"],
    )
    return {
        "path": f"/me/confirm/{site.tokens.confirm(asked, now)}",
        "title": subject.title,
        "url": subject.url,
        "comment": task.comment_id is not None,
        "scope": values["scope"],
    }
