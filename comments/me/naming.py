"""Names on a commenter's own page: keeping one for himself, and putting another beside all his comments."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from .. import rejudging
from ..database import reading, writing
from ..draft import Draft, Finding, Outcome
from ..proof import actions as proof
from ..proof import confirming
from ..site import Site
from ..wording import reader_says
from . import actions, queries
from .view import Owner

OF_NAMES = frozenset({"well_formed", "own_name"})
"""The checks whose words are about a name."""
BRAKE = "5/day"


def rename(site: Site, owner: Owner, name: str, now: datetime) -> Sequence[str]:
    """Why it may not be, in words; nothing where it is done."""
    if site.brakes.wait("rename", owner.email_hash, BRAKE) is not None:
        return [reader_says("renamed_often", {}, site.seams.wordings)]
    with reading(site.engine) as session:
        wrong = faults(session, site, owner, name.strip(), now)
    if not wrong:
        with writing(site.engine) as session:
            actions.rename(session, owner.email_hash, name.strip(), now)
    return wrong


def faults(session: Session, site: Site, owner: Owner, name: str, now: datetime) -> Sequence[str]:
    """What the row minds of the name, that it did not mind of the one which stands there."""
    newest = queries.page(session, owner.email_hash, None, 1)
    if not newest:
        return []
    comment, thread = newest[0]
    before, after = (
        judged(session, site, owner, comment.id, thread.key, said, now)
        for said in (comment.author_name, name)
    )
    return [
        reader_says(
            found.code if found.check in OF_NAMES else "name_not_here",
            found.values,
            site.seams.wordings,
        )
        for found in after
        if found not in before and found.outcome is not Outcome.ALLOW
    ]


def judged(
    session: Session, site: Site, owner: Owner, comment_id: int, key: str, name: str, now: datetime
) -> Sequence[Finding]:
    """As if a name were all that he wrote."""
    draft = Draft(key, name, now, name=name, email=owner.email, proved=True)
    subject = site.host.subject(key)
    return rejudging.looked_at(session, site, subject, comment_id, draft, now).findings


def keep(site: Site, owner: Owner, name: str, language: str, key: str, now: datetime) -> bool:
    """Makes one of the names that he used his own; false where it is not to be had. `key` is random."""
    with reading(site.engine) as session:
        used = name in queries.names_of(session, owner.email_hash)
        if not used or not confirming.may_have(session, site, name, None, owner.email_hash):
            return False
    with writing(site.engine) as session:
        sealed = site.keys.seal(owner.email)
        proof.open_mailbox(session, owner.email_hash, sealed, language, key, now)
        return proof.claim(session, name, owner.email_hash, now)
