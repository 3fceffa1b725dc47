"""The way in: gather the facts, judge, store in one commit, then wake the worker."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from . import actions, queries
from .database import reading, writing
from .draft import Draft, verdict
from .facts import Facts
from .host import Subject
from .site import Site
from .states import State


@dataclass(frozen=True)
class Accepted:
    """The comment is stored. `again` says that it already was: the second post gets the first one's answer."""

    comment_id: int
    state: State
    subject: Subject | None
    again: bool = False


@dataclass(frozen=True)
class Refused:
    """The draft with the findings that say why; nothing was stored."""

    draft: Draft
    subject: Subject | None


def submit(site: Site, draft: Draft) -> Accepted | Refused:
    subject = site.host.subject(draft.thread_key)
    with reading(site.engine) as session:
        facts = site.seams.gather(session, draft, basic_facts(session, site, draft, subject))
    judged = site.seams.screen(draft, facts)
    if facts.twin is not None:
        return first_of_twins(site, facts.twin, subject)
    state = verdict(judged)
    if state is None or subject is None:
        return Refused(judged, subject)
    return stored(site, judged, state, subject)


def basic_facts(session: Session, site: Site, draft: Draft, subject: Subject | None) -> Facts:
    since = draft.created_at - timedelta(minutes=actions.TWIN_MINUTES)
    return Facts(
        now=draft.created_at,
        settings=site.settings,
        subject=subject,
        parent=queries.parent_of(session, draft.parent_id) if draft.parent_id else None,
        twin=queries.twin_of(session, actions.once(draft, site.keys), since),
    )


def stored(site: Site, draft: Draft, state: State, subject: Subject) -> Accepted:
    try:
        with writing(site.engine) as session:
            comment = actions.accept(session, draft, state, subject, site.keys, site.settings)
    except IntegrityError:
        twin = twin_that_won(site, draft)
        if twin is None:
            raise
        return first_of_twins(site, twin, subject)
    if draft.owed:
        site.waker.wake()
    return Accepted(comment.id, state, subject)


def twin_that_won(site: Site, draft: Draft) -> int | None:
    """Two posts of the same raced, and the unique key let one through: its id."""
    since = draft.created_at - timedelta(minutes=actions.TWIN_MINUTES)
    with reading(site.engine) as session:
        return queries.twin_of(session, actions.once(draft, site.keys), since)


def first_of_twins(site: Site, twin: int, subject: Subject | None) -> Accepted:
    with reading(site.engine) as session:
        return Accepted(twin, queries.state_of(session, twin), subject, again=True)
