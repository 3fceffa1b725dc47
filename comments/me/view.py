"""Puts a commenter's own page together for a template: a constant number of reads, however much he wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ..database import reading
from ..editing.changing import editable
from ..following import queries as following
from ..following.models import Follow
from ..keys import BadKey, address_key
from ..models import Comment, Thread
from ..proof import queries as proof
from ..proof.actions import MOST_NAMES
from ..proof.models import Name
from ..site import Site
from ..states import State
from ..view import excerpt
from . import queries

LINES = 20


@dataclass(frozen=True)
class Owner:
    """Whose page it is: the address that the link in the letter was sent to."""

    token: str
    email: str
    email_hash: str


@dataclass(frozen=True)
class Line:
    """One comment of his. `receipt` shows it to him where it stands, and lets him change it."""

    id: int
    key: str
    title: str
    url: str
    receipt: str
    at: datetime
    name: str
    excerpt: str
    state: State
    edit_waits: bool
    confirmed: bool
    editable: bool


@dataclass(frozen=True)
class MyPage:
    """`names` are his, `free` are those that he used and that he may have; `next` continues the list."""

    owner: Owner
    count: int
    lines: Sequence[Line]
    next: int | None
    follows: Sequence[tuple[Follow, Thread]]
    names: Sequence[Name]
    free: Sequence[str]
    feed_key: str
    confirmed: bool
    reports: int

    @property
    def empty(self) -> bool:
        return not (self.count or self.confirmed or self.reports)


def owner_of(site: Site, token: str, now: datetime) -> Owner | None:
    """None where the link is forged or too old."""
    sealed = site.tokens.me_of(token, now, site.settings.me_hours)
    try:
        email = site.keys.open(sealed or "")
    except BadKey:
        return None
    return Owner(token, email, site.keys.digest("email", address_key(email))) if email else None


def my_page(site: Site, owner: Owner, before: int | None, now: datetime) -> MyPage:
    with reading(site.engine) as session:
        rows = queries.page(session, owner.email_hash, before, LINES + 1)
        mailbox = proof.mailbox(session, owner.email_hash)
        names = proof.names_of(session, owner.email_hash)
        return MyPage(
            owner=owner,
            count=queries.count(session, owner.email_hash),
            lines=[line(site, comment, thread, now) for comment, thread in rows[:LINES]],
            next=rows[LINES - 1][0].id if len(rows) > LINES else None,
            follows=[(row[0], row[1]) for row in following.of_mailbox(session, owner.email_hash)],
            names=names,
            free=free_names(session, owner) if len(names) < MOST_NAMES else (),
            feed_key=mailbox.feed_key if mailbox else "",
            confirmed=mailbox is not None,
            reports=len(queries.reports_of(session, owner.email_hash)),
        )


def free_names(session: Session, owner: Owner) -> Sequence[str]:
    """Whether one of them is a name of the house is looked at when he asks for it."""
    return queries.names_of(session, owner.email_hash)


def line(site: Site, comment: Comment, thread: Thread, now: datetime) -> Line:
    receipt = site.tokens.receipt(comment.id, now)
    return Line(
        id=comment.id,
        key=thread.key,
        title=thread.title,
        url=f"{thread.url}?receipt={receipt}#comment-{comment.id}",
        receipt=receipt,
        at=comment.created_at,
        name=comment.author_name,
        excerpt=excerpt(comment.html),
        state=comment.state,
        edit_waits=comment.edit_waits,
        confirmed=comment.proved,
        editable=editable(comment, now, site.settings),
    )
