"""Sends the link to a commenter's own page, to an address of which something is kept; else nothing.

What the page answers is the same for every address: whether it is known is looked up in the background.
"""

from datetime import datetime

from ..database import reading, writing
from ..keys import BadKey, address_key
from ..mailing.brake import Letters, one_too_many
from ..mailing.sending import deliver
from ..models import Job
from ..outbox import Task
from ..site import Site
from . import queries

KIND = "mail_me"
LETTERS = Letters("own page", to_address="3/hour", from_household="20/hour")


def ask(site: Site, email: str, address: str, language: str, now: datetime) -> None:
    """Owes the letter; silently nothing where it would be one too many. `address` is the network's."""
    if one_too_many(site, LETTERS, email, address):
        return
    own = site.keys.digest("email", address_key(email))
    values = {"email": site.keys.seal(email), "email_hash": own, "language": language}
    with writing(site.engine) as session:
        session.add(Job(kind=KIND, values=values, created_at=now, not_before=now))
    site.waker.wake()


def mail_me(site: Site, task: Task, now: datetime) -> None:
    """The outbox's handler."""
    try:
        email = site.keys.open(task.values["email"])
    except BadKey:
        return
    with reading(site.engine) as session:
        if not queries.is_known(session, site.keys.digest("email", address_key(email))):
            return
    values = {
        "path": f"/me/{site.tokens.me(task.values['email'], now)}",
        "hours": site.settings.me_hours,
    }
    deliver(site, task, now, "me", to=email, language=task.values["language"], values=values)
