"""What a mailed link would confirm (an address, a comment, a name, a wish to follow), and confirming it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from .. import actions as moves
from .. import gather, log, rejudging, storing
from .. import queries as every
from ..database import reading, writing
from ..draft import verdict
from ..following.actions import follow
from ..host import Subject
from ..keys import BadKey, address_key
from ..log import Actor
from ..models import Comment, Thread
from ..site import Site
from ..states import Action, State
from ..tokens import Confirmation
from ..writing.skeleton import skeleton
from . import actions, queries

MACHINE = Actor("trust", machine=True)


@dataclass(frozen=True)
class Offer:
    """What pressing the button does. `name` is the comment's, where it may become his."""

    asked: Confirmation
    email: str
    email_hash: str
    subject: Subject
    comment: Comment | None = None
    name: str = ""
    done: bool = False


def offer(site: Site, asked: Confirmation) -> Offer | None:
    """None where there is nothing (any more) that this link could confirm."""
    subject = site.host.subject(asked.thread_key)
    try:
        email = site.keys.open(asked.email_sealed)
    except BadKey:
        return None
    if subject is None or not email:
        return None
    found = Offer(asked, email, site.keys.digest("email", address_key(email)), subject)
    return with_comment(site, found) if asked.comment_id else with_follow(site, found)


def with_follow(site: Site, found: Offer) -> Offer:
    """Once his mailbox follows as wished there is nothing left to confirm."""
    asked = found.asked
    with reading(site.engine) as session:
        done = queries.follows(session, found.email_hash, asked.thread_key, asked.scope)
    return Offer(asked, found.email, found.email_hash, found.subject, done=done)


def with_comment(site: Site, found: Offer) -> Offer | None:
    with reading(site.engine) as session:
        comment = session.get(Comment, found.asked.comment_id)
        if comment is None or comment.email_hash != found.email_hash:
            return None
        free = may_have(session, site, comment.author_name, found.subject, found.email_hash)
        asked = found.asked
        followed = not asked.scope or queries.follows(session, found.email_hash, asked.thread_key)
    return Offer(
        found.asked,
        found.email,
        found.email_hash,
        found.subject,
        comment,
        name=comment.author_name if free else "",
        done=comment.proved and followed,
    )


def may_have(
    session: Session, site: Site, name: str, subject: Subject | None, email_hash: str
) -> bool:
    """The name is nobody's, and he has room for one more."""
    said = skeleton(name)
    own = queries.names_of(session, email_hash)
    if not said or len(own) >= actions.MOST_NAMES or queries.owner_of(session, said):
        return False
    return not gather.is_of_house(session, site, name, subject)


def confirm(site: Site, found: Offer, name_too: bool, feed_key: str, now: datetime) -> State | None:
    """All of it in one transaction; then the comment is judged anew, now that it is known to be his.

    The state that the comment has then, if there is one.
    """
    with writing(site.engine) as session:
        asked, own = found.asked, found.email_hash
        # the thread is locked before its comments, as everywhere
        thread = storing.thread_for(session, found.subject) if asked.scope else None
        sealed = site.keys.seal(found.email)
        actions.open_mailbox(session, own, sealed, asked.language, feed_key, now)
        if found.comment is not None:
            actions.prove(session, found.comment.id, own)
        if name_too and found.name:
            actions.claim(session, found.name, own, now)
        if thread is not None:
            follow(session, own, thread.id, asked.scope, now)
    if found.comment is None:
        return None
    judge_again(site, found.comment.id, found.subject, now)
    with reading(site.engine) as session:
        return every.state_of(session, found.comment.id)


def prove(
    site: Site, email: str, comment_id: int, language: str, feed_key: str, now: datetime
) -> bool:
    """For who has shown the address to be his already: one comment more is; false where it is another's."""
    own = site.keys.digest("email", address_key(email))
    with writing(site.engine) as session:
        if not actions.prove(session, comment_id, own):
            return False
        sealed = site.keys.seal(email)
        actions.open_mailbox(session, own, sealed, language, feed_key, now)
        thread = session.get_one(Thread, session.get_one(Comment, comment_id).thread_id)
    subject = site.host.subject(thread.key)
    if subject is not None:
        judge_again(site, comment_id, subject, now)
    return True


def judge_again(site: Site, comment_id: int, subject: Subject, now: datetime) -> None:
    """A comment that waits and that nobody decided on may appear at once; it never fares worse.

    Who decides, edits or withdraws at this very moment comes before it or after it.
    """
    try:
        with writing(site.engine) as session:
            log.queue(session)  # whoever changes it waits here: what is read next is what is judged
            comment = session.get(Comment, comment_id, populate_existing=True)
            if comment is None or comment.state is not State.PENDING or comment.decided_at:
                return
            judge(session, site, comment_id, comment.version, subject, now)
    except BadKey:
        return
    site.waker.wake()


def judge(
    session: Session, site: Site, comment_id: int, seen: int, subject: Subject, now: datetime
) -> None:
    comment, judged = rejudging.again(session, site, subject, comment_id, seen, now)
    storing.replace_findings(session, comment.id, judged)
    if verdict(judged) is State.APPROVED:
        moves.move(session, comment.id, Action.APPROVE, seen, MACHINE, now, site.settings)
