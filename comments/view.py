"""Puts a page of a discussion together for a template: a constant number of reads, whatever its size."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from math import ceil

from sqlalchemy.orm import Session

from . import queries, thread
from .facts import Mode
from .host import Subject
from .models import Thread
from .reading import queries as reading
from .reading.addresses import Ways
from .reading.order import Order
from .reading.queries import Shown
from .reading.views import Reader, Views
from .settings import Settings
from .states import State
from .steering.queries import as_held
from .thread import AnswerView, BranchView, CommentView, Jump, Node
from .useful import queries as useful
from .wording import named
from .writing import markup

PINGS_SHOWN, FEATURED_SHOWN = 50, 10
EXCERPT = 200


@dataclass(frozen=True)
class Wanted:
    """Which part of a discussion a request asks for. Pages count from 1.

    `mine` has the comments that the reader has proved to be his, `just` the one he comes from;
    `voter` tells him from others who find things useful here, where the page is made for him.
    """

    page: int = 1
    branch: int | None = None
    mine: tuple[int, ...] = ()
    just: int | None = None
    order: Order = Order.OLDEST
    voter: str = ""


@dataclass(frozen=True)
class Part:
    """The comments of one page, without the form."""

    count: int = 0
    nodes: tuple[Node, ...] = ()
    pings: tuple[CommentView, ...] = ()
    page: int = 1
    pages: int = 1
    prev_url: str | None = None
    next_url: str | None = None
    branch: BranchView | None = None
    mine: tuple[CommentView, ...] = ()
    featured: tuple[Jump, ...] = ()
    mode: Mode = field(default_factory=Mode)
    spoken_at: datetime | None = None


class NoSuchPage(LookupError):
    """The discussion has no such page or branch."""


@dataclass(frozen=True)
class Asking:
    """What it takes to answer one request: the discussion that was found, and what is wanted of it."""

    session: Session
    found: Thread
    subject: Subject
    wanted: Wanted
    settings: Settings
    now: datetime

    @property
    def ways(self) -> Ways:
        return Ways.of(self.subject.url, self.wanted.order, self.settings.order)

    def views(self, rows: Sequence[Shown]) -> Views:
        is_open = self.subject.open_at(self.now) and not self.found.closed
        ids = [row.id for row in rows]
        wanted = self.wanted
        voted = useful.voted(self.session, wanted.voter, ids) if wanted.voter else frozenset()
        own = Reader(frozenset(wanted.mine), voted)
        return Views(self.session, self.subject, self.ways, rows, is_open, own)

    def offset(self, per_page: int) -> int:
        return (self.wanted.page - 1) * per_page


def part(
    session: Session, subject: Subject, wanted: Wanted, settings: Settings, now: datetime
) -> Part:
    """What one page shows; raises NoSuchPage. A discussion that is closed by `now` offers no replies."""
    found = queries.thread_of(session, subject.key)
    if found is None:
        if wanted.page != 1 or wanted.branch is not None:
            raise NoSuchPage(subject.key)
        return Part()
    asking = Asking(session, found, subject, wanted, settings, now)
    made = roots_part(asking) if wanted.branch is None else branch_part(asking, wanted.branch)
    return replace(made, count=found.comment_count, mode=as_held(found), spoken_at=found.spoken_at)


def roots_part(asking: Asking) -> Part:
    session, found, settings = asking.session, asking.found, asking.settings
    wanted, ways, per_page = asking.wanted, asking.ways, asking.settings.roots_per_page
    pages = pages_of(found.root_count - found.pinned_count, per_page, wanted)
    roots = [
        *(reading.pinned(session, found.id) if found.pinned_count and wanted.page == 1 else []),
        *reading.roots(session, found.id, asking.offset(per_page), per_page, wanted.order),
    ]
    answered = [root.id for root in roots if root.reply_count]
    replies = reading.replies(session, answered, settings.replies_shown) if answered else []
    pings = reading.pings(session, found.id, PINGS_SHOWN) if wanted.page == 1 else []
    own = own_rows(asking)
    views = asking.views([*roots, *replies, *pings, *own])
    placed, rest = thread.merged(reading_order(views, roots, replies), views.of(own, True))
    return Part(
        nodes=folded(thread.nest(placed), ways, settings),
        pings=tuple(views.of(pings)),
        page=wanted.page,
        pages=pages,
        prev_url=ways.page(wanted.page - 1) if wanted.page > 1 else None,
        next_url=ways.page(wanted.page + 1) if wanted.page < pages else None,
        mine=tuple(rest),
        featured=featured(asking) if found.featured_count else (),
    )


def pages_of(count: int, per_page: int, wanted: Wanted) -> int:
    """The number of pages; raises NoSuchPage where the wanted one is not among them."""
    pages = max(1, ceil(count / per_page))
    if not 1 <= wanted.page <= pages:
        raise NoSuchPage(wanted.page)
    return pages


def own_rows(asking: Asking) -> Sequence[Shown]:
    """What this reader wrote here and only he may see; the one he comes from in any state."""
    wanted = asking.wanted
    if not wanted.mine:
        return []
    rows = reading.some_of(asking.session, asking.found.id, wanted.mine)
    standing = (row for row in rows if row.state is not State.WITHDRAWN)
    return [row for row in standing if row.state is not State.APPROVED or row.id == wanted.just]


def featured(asking: Asking) -> tuple[Jump, ...]:
    rows = reading.featured(asking.session, asking.found.id, FEATURED_SHOWN)
    return tuple(Jump(named(row.author_name), asking.ways.permalink(row.id)) for row in rows)


def branch_part(asking: Asking, branch: int) -> Part:
    """One top-level comment with its replies, many of them, page by page."""
    session, wanted, ways = asking.session, asking.wanted, asking.ways
    per_page = asking.settings.branch_per_page
    comment = queries.in_thread(session, asking.found.id, branch)
    if comment is None or not comment.shown or comment.root_id is not None:
        raise NoSuchPage(branch)
    pages = pages_of(comment.reply_count, per_page, wanted)
    root = reading.some_of(session, asking.found.id, [comment.id])[0]
    replies = reading.branch(session, root.id, asking.offset(per_page), per_page)
    own = own_rows(asking)
    views = asking.views([root, *replies, *own])
    placed, rest = thread.merged(reading_order(views, [root], replies), views.of(own, True))
    before = reading.where(session, comment, wanted.order).roots_before
    back = ways.page(before // asking.settings.roots_per_page + 1)
    return Part(
        nodes=thread.nest(placed),
        page=wanted.page,
        pages=pages,
        prev_url=ways.branch(root.id, wanted.page - 1) if wanted.page > 1 else None,
        next_url=ways.branch(root.id, wanted.page + 1) if wanted.page < pages else None,
        branch=BranchView(root.id, views.names.get(root.id, ""), f"{back}#comment-{root.id}"),
        mine=tuple(rest),
    )


def reading_order(
    views: Views, roots: Sequence[Shown], replies: Sequence[Shown]
) -> list[CommentView]:
    under: dict[int, list[Shown]] = {}
    for reply in replies:
        under.setdefault(reply.root_id or 0, []).append(reply)
    return views.of([row for root in roots for row in (root, *under.get(root.id, ()))])


def folded(nodes: tuple[Node, ...], ways: Ways, settings: Settings) -> tuple[Node, ...]:
    """Says at each root how many of its replies are on a page of their own."""
    return tuple(
        replace(
            node,
            folded=max(0, node.c.reply_count - settings.replies_shown),
            branch_url=ways.branch(node.c.id, 1),
        )
        for node in nodes
    )


def answer_view(session: Session, subject: Subject, comment_id: int) -> AnswerView | None:
    """The comment that the form shall answer, if it may be answered."""
    parent = queries.parent_of(session, comment_id)
    if parent is None or parent.thread_key != subject.key or parent.state is not State.APPROVED:
        return None
    html = queries.html_of(session, comment_id)
    return AnswerView(parent.id, named(parent.author_name), excerpt(html), f"{subject.url}#respond")


def excerpt(html: str, limit: int = EXCERPT) -> str:
    text = markup.plain(html)
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"


def permalink(subject: Subject, comment_id: int) -> str:
    """The address of a comment for whoever reads it elsewhere, in the usual order."""
    return Ways(subject.url).permalink(comment_id)


def address(
    session: Session,
    subject: Subject,
    comment_id: int,
    settings: Settings,
    order: Order,
    **more: str | int,
) -> str | None:
    """The page on which a shown comment stands, with its anchor; None where it stands nowhere.

    `more` comes into the query of the address.
    """
    found = queries.thread_of(session, subject.key)
    own = queries.in_thread(session, found.id, comment_id) if found else None
    if own is None:
        return None
    ways = Ways.of(subject.url, order, settings.order)
    if own.kind != "comment":
        here = own.state is State.APPROVED
        return f"{ways.page(1, **more)}#comment-{own.id}" if here else None
    if not own.shown:
        return None
    at = reading.where(session, own, order)
    if own.root_id is not None and at.replies_before >= settings.replies_shown:
        number = at.replies_before // settings.branch_per_page + 1
        page = ways.branch(at.root_id, number, **more)
    else:
        page = ways.page(at.roots_before // settings.roots_per_page + 1, **more)
    return f"{page}#comment-{own.id}"
