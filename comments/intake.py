"""The way in: gather the facts, judge, store in one commit, then wake the worker."""

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from . import gather, queries, storing
from .database import reading, writing
from .draft import Draft, verdict
from .host import Subject
from .proof import asking
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
        basic = gather.facts(session, site, draft, subject, draft.created_at)
        facts = site.seams.gather(session, draft, basic)
    judged = site.seams.screen(draft, facts)
    if facts.twin is not None:
        return first_of_twins(site, facts.twin, subject)
    state = verdict(judged)
    if state is None or subject is None:
        return Refused(judged, subject)
    return stored(site, judged, state, subject)


def stored(site: Site, draft: Draft, state: State, subject: Subject) -> Accepted:
    letter = asking.letter_for(site, draft, state)
    try:
        with writing(site.engine) as session:
            comment = storing.accept(session, draft, state, subject, site.keys, site.settings)
            asking.owe_for(session, site.keys, comment, draft, letter)
    except IntegrityError:
        twin = twin_that_won(site, draft)
        if twin is None:
            raise
        return first_of_twins(site, twin, subject)
    if draft.owed or letter or state is State.APPROVED:
        site.waker.wake()
    return Accepted(comment.id, state, subject)


def twin_that_won(site: Site, draft: Draft) -> int | None:
    """Two posts of the same raced, and the unique key let one through: its id."""
    with reading(site.engine) as session:
        return gather.twin_of(session, site, draft)


def first_of_twins(site: Site, twin: int, subject: Subject | None) -> Accepted:
    with reading(site.engine) as session:
        return Accepted(twin, queries.state_of(session, twin), subject, again=True)
