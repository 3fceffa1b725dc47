"""Gathers what the checks may know of a draft: a handful of reads, before anything is judged."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from . import queries, storing
from .draft import Draft
from .facts import Facts, Mode
from .host import Subject
from .keys import address_key
from .network import network
from .proof import queries as proof
from .site import Site
from .steering.queries import mode_of
from .writing.skeleton import skeleton


def facts(
    session: Session,
    site: Site,
    draft: Draft,
    subject: Subject | None,
    now: datetime,
    stored: int | None = None,
    trial: bool = False,
) -> Facts:
    """The facts of every comment; `stored` and `trial` are as in `Facts`."""
    mode = mode_of(session, draft.thread_key)
    email_hash = site.keys.digest("email", address_key(draft.email))
    twin = spoke_at = None
    if stored is None:
        twin = twin_of(session, site, draft)
        spoke_at = last_word(session, draft, mode, email_hash, now)
    return Facts(
        now=now,
        settings=site.settings,
        subject=subject,
        parent=queries.parent_of(session, draft.parent_id) if draft.parent_id else None,
        twin=twin,
        mode=mode,
        spoke_at=spoke_at,
        name_of_house=of_house(session, site, draft, subject),
        name_of_other=of_other(session, draft, email_hash),
        approved_before=proof.approved_before(session, email_hash) if draft.proved else 0,
        stored=stored,
        trial=trial,
    )


def twin_of(session: Session, site: Site, draft: Draft) -> int | None:
    since = draft.created_at - timedelta(minutes=storing.TWIN_MINUTES)
    return queries.twin_of(session, storing.once(draft, site.keys), since)


def last_word(
    session: Session, draft: Draft, mode: Mode, email_hash: str, now: datetime
) -> datetime | None:
    if not mode.slow_minutes or draft.person:
        return None
    since = now - timedelta(minutes=mode.slow_minutes)
    where_from = network(draft.origin.address)
    return queries.last_word(session, draft.thread_key, email_hash, where_from, since)


def of_house(session: Session, site: Site, draft: Draft, subject: Subject | None) -> bool:
    """The name is that of the subject's author or of another of us."""
    return not draft.person and is_of_house(session, site, draft.name, subject)


def is_of_house(session: Session, site: Site, name: str, subject: Subject | None) -> bool:
    said = skeleton(name)
    if not said:
        return False
    keys = {subject.author_key} if subject and subject.author_key else set()
    people = site.host.people(keys | set(site.seams.house(session)))
    return said in {skeleton(person.name) for person in people.values()}


def of_other(session: Session, draft: Draft, email_hash: str) -> bool:
    """Somebody has confirmed the name, and this is not proved to be him."""
    if draft.person:
        return False
    owner = proof.owner_of(session, skeleton(draft.name))
    return bool(owner) and not (owner == email_hash and draft.proved)
