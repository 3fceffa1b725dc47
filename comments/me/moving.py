"""Moves all that is kept of one address to another one, once the owner of both has shown that it is his.

The old address is shown by the link to his own page; the new one by the letter that is sent to it.
"""

from dataclasses import dataclass
from datetime import datetime

from ..checks import email_formed
from ..database import reading, writing
from ..draft import Draft, Outcome
from ..following import actions as following
from ..following.telling import times
from ..keys import BadKey, Keys, address_key
from ..mailing.sending import deliver
from ..models import Job
from ..outbox import Task
from ..proof import asking
from ..site import Site
from ..wording import reader_says
from . import actions, queries
from .view import Owner
from .voted import moved

KIND = "mail_move"


@dataclass(frozen=True)
class Move:
    """From an address to another, with the hashes of both."""

    old: str
    new: str
    old_hash: str
    new_hash: str


def ask(site: Site, owner: Owner, email: str, address: str, language: str, now: datetime) -> str:
    """Owes the letter to the new address; why not, in words. One too many is silently none."""
    draft = email_formed(Draft("", "", now, email=email.strip()))
    if (
        site.post is None
        or draft.of(Outcome.REFUSE)
        or address_key(draft.email) == address_key(owner.email)
    ):
        return reader_says("email_wrong", {}, {})
    if not asking.braked(site, draft.email, address):
        seal = site.keys.seal
        values = {
            "old": seal(owner.email),
            "old_hash": owner.email_hash,
            "email": seal(draft.email),
            "email_hash": hash_of(site.keys, draft.email),
            "language": language,
        }
        with writing(site.engine) as session:
            session.add(Job(kind=KIND, values=values, created_at=now, not_before=now))
        site.waker.wake()
    return ""


def mail_move(site: Site, task: Task, now: datetime) -> None:
    """The outbox's handler: the letter tells nothing of the old address but that there is one."""
    try:
        to = site.keys.open(task.values["email"])
    except BadKey:
        return
    token = site.tokens.move(task.values["old"], task.values["email"], now)
    values = {"path": f"/me/move/{token}", "hours": site.settings.me_hours}
    deliver(site, task, now, "move", to=to, language=task.values["language"], values=values)


def move_of(site: Site, token: str, now: datetime) -> Move | None:
    """What this link would move; None where it is forged, too old, or nothing is there (any more)."""
    sealed = site.tokens.move_of(token, now, site.settings.me_hours)
    try:
        old, new = (site.keys.open(each) for each in sealed or ("", ""))
    except BadKey:
        return None
    found = Move(old, new, hash_of(site.keys, old), hash_of(site.keys, new))
    with reading(site.engine) as session:
        return found if queries.is_known(session, found.old_hash) else None


def hash_of(keys: Keys, email: str) -> str:
    return keys.digest("email", address_key(email))


def move(site: Site, found: Move, language: str, feed_key: str, now: datetime) -> None:
    """All of it in one transaction. `feed_key` is random, for whom has no mailbox yet."""
    sealed = site.keys.seal(found.new)
    with writing(site.engine) as session:
        box = actions.NewBox(found.new_hash, sealed, language, feed_key)
        votes = moved(session, site, found.old_hash, found.new_hash)
        actions.move_address(session, found.old_hash, box, votes, now)
        following.catch_up(session, found.new_hash, times(site, now))
