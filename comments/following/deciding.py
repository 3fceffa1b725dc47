"""Tells an author by mail what was decided on his comment, if he wishes: what holds now, once for each state."""

from datetime import datetime

from ..actions import note
from ..database import reading, writing
from ..host import Subject
from ..keys import BadKey
from ..mailing.sending import deliver
from ..outbox import Later, Task
from ..site import Site
from ..states import State
from ..view import permalink
from . import actions, queries
from .queries import TOLD, Decided

TELLING = frozenset({State.APPROVED, State.REJECTED})
"""Of spam nothing is said, and of what waits there is nothing to say."""


def tell_author(site: Site, task: Task, now: datetime) -> None:
    """The outbox's handler. A decision that was undone meanwhile is told to nobody."""
    if site.post is None or task.comment_id is None:
        return
    with reading(site.engine) as session:
        found = queries.decided(session, task.comment_id)
    subject = site.host.subject(found.thread.key) if found else None
    if found is None or subject is None or not wanted(found):
        return
    arrived = sent(site, task, now, found, subject)
    with writing(site.engine) as session:
        if arrived:
            note(session, found.comment.id, TOLD, now, state=found.comment.state.value)
        elif found.mailbox is not None:
            actions.stop_all(session, found.mailbox.email_hash)


def wanted(found: Decided) -> bool:
    """He asked for it, the address is confirmed to be his, and it is news to him."""
    comment = found.comment
    own = found.mailbox is not None or comment.proved
    return comment.told and own and comment.state in TELLING and found.told != comment.state.value


def sent(site: Site, task: Task, now: datetime, found: Decided, subject: Subject) -> bool:
    """False where it can never arrive; raises Later."""
    comment, box = found.comment, found.mailbox
    approved = comment.state is State.APPROVED
    receipt = site.tokens.receipt(comment.id, now)
    own = f"{subject.url}?receipt={receipt}#comment-{comment.id}"
    return deliver(
        site,
        task,
        now,
        "decided",
        to=address(site, box.email_sealed if box else comment.email_sealed),
        language=comment.language,
        values={
            "approved": approved,
            "title": subject.title,
            "path": permalink(subject, comment.id) if approved else own,
            "clause": found.clause,
            "contact": site.contact,
            "at": comment.created_at,
        },
        about=f"thread-{found.thread.id}",
    )


def address(site: Site, email_sealed: str) -> str:
    """A key that is missing may come back; until then nobody is written to."""
    try:
        return site.keys.open(email_sealed)
    except BadKey as wrong:
        raise Later(str(wrong)) from None
