"""Runs the row again over a comment that is stored: after an edit, a proof, another's late answer."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from . import actions, gather
from .draft import Draft, Origin, Outcome
from .host import Person, Subject
from .keys import Keys
from .models import Comment, Thread
from .models import Origin as OriginRow
from .site import Site


def draft_of(comment: Comment, thread: Thread, origin: OriginRow | None, keys: Keys) -> Draft:
    """The stored comment as a draft. Its whole address was never kept, so none can be judged."""
    person = Person(comment.person_key, comment.author_name, "") if comment.person_key else None
    return Draft(
        thread_key=thread.key,
        text=comment.source,
        created_at=comment.created_at,
        name=comment.author_name,
        email=keys.open(comment.email_sealed),
        url=comment.author_url,
        parent_id=comment.parent_id,
        person=person,
        origin=Origin(agent=origin.agent if origin else ""),
        language=comment.language,
        proved=comment.proved,
        tell=comment.told,
    )


def judged(
    session: Session,
    site: Site,
    subject: Subject | None,
    comment_id: int,
    draft: Draft,
    now: datetime,
) -> Draft:
    """The draft with what the row finds; what is in was let in, so nothing is refused any more."""
    found = looked_at(session, site, subject, comment_id, draft, now)
    kept = tuple(f for f in found.findings if f.outcome is not Outcome.REFUSE)
    return replace(found, findings=kept)


def again(
    session: Session,
    site: Site,
    subject: Subject | None,
    comment_id: int,
    seen: int,
    now: datetime,
) -> tuple[Comment, Draft]:
    """The comment, locked before anything of it is written, and what the row finds of it as it is.

    Raises Stale where it is no longer at version `seen`. The caller's transaction writes what was found.
    """
    comment, thread = actions.seen_at(session, comment_id, seen)
    draft = draft_of(comment, thread, session.get(OriginRow, comment_id), site.keys)
    return comment, judged(session, site, subject, comment_id, draft, now)


def looked_at(
    session: Session,
    site: Site,
    subject: Subject | None,
    comment_id: int,
    draft: Draft,
    now: datetime,
) -> Draft:
    """The draft with all that the row finds, also what would refuse it if it were new."""
    facts = gather.facts(session, site, draft, subject, now, comment_id)
    return site.seams.screen(draft, site.seams.gather(session, draft, facts))
