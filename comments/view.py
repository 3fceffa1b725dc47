"""Puts a page of a discussion together for a template: a constant number of reads, whatever its size."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil

from markupsafe import Markup
from sqlalchemy.orm import Session

from . import queries, thread
from .avatar import avatar
from .host import Subject
from .models import Thread
from .settings import Settings
from .states import State
from .thread import Answered, AnswerView, BranchView, CommentView, Node
from .writing import markup

PINGS_SHOWN = 50
EXCERPT = 200


@dataclass(frozen=True)
class Wanted:
    """Which part of a discussion a request asks for. Pages count from 1.

    `mine` has the comments that the reader has proved to be his, `just` the one he comes from.
    """

    page: int = 1
    branch: int | None = None
    mine: tuple[int, ...] = ()
    just: int | None = None


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


class NoSuchPage(LookupError):
    """The discussion has no such page or branch."""


def part(
    session: Session, subject: Subject, wanted: Wanted, settings: Settings, now: datetime
) -> Part:
    """What one page shows; raises NoSuchPage. A discussion that is closed by `now` offers no replies."""
    found = queries.thread_of(session, subject.key)
    if found is None:
        if wanted.page != 1 or wanted.branch is not None:
            raise NoSuchPage(subject.key)
        return Part()
    if wanted.branch is not None:
        return branch_part(session, found, subject, wanted, settings, now)
    return roots_part(session, found, subject, wanted, settings, now)


def roots_part(
    session: Session,
    found: Thread,
    subject: Subject,
    wanted: Wanted,
    settings: Settings,
    now: datetime,
) -> Part:
    pages = pages_of(found.root_count, settings.roots_per_page, wanted)
    offset = (wanted.page - 1) * settings.roots_per_page
    roots = queries.roots(session, found.id, offset, settings.roots_per_page)
    answered = [root.id for root in roots if root.reply_count]
    replies = queries.replies(session, answered, settings.replies_shown) if answered else []
    pings = queries.pings(session, found.id, PINGS_SHOWN) if wanted.page == 1 else []
    own = own_rows(session, found, wanted)
    views = Views(session, subject, [*roots, *replies, *pings, *own], subject.open_at(now))
    placed, rest = thread.merged(reading_order(views, roots, replies), views.of(own, True))
    return Part(
        count=found.comment_count,
        nodes=folded(thread.nest(placed), subject, settings),
        pings=tuple(views.of(pings)),
        page=wanted.page,
        pages=pages,
        prev_url=page_url(subject, wanted.page - 1) if wanted.page > 1 else None,
        next_url=page_url(subject, wanted.page + 1) if wanted.page < pages else None,
        mine=tuple(rest),
    )


def pages_of(count: int, per_page: int, wanted: Wanted) -> int:
    """The number of pages; raises NoSuchPage where the wanted one is not among them."""
    pages = max(1, ceil(count / per_page))
    if not 1 <= wanted.page <= pages:
        raise NoSuchPage(wanted.page)
    return pages


def own_rows(session: Session, found: Thread, wanted: Wanted) -> Sequence[queries.Shown]:
    """What this reader wrote here and only he may see; the one he comes from in any state."""
    if not wanted.mine:
        return []
    rows = queries.some_of(session, found.id, wanted.mine)
    return [row for row in rows if row.state is not State.APPROVED or row.id == wanted.just]


def branch_part(
    session: Session,
    found: Thread,
    subject: Subject,
    wanted: Wanted,
    settings: Settings,
    now: datetime,
) -> Part:
    """One top-level comment with its replies, many of them, page by page."""
    comment = queries.in_thread(session, found.id, wanted.branch or 0)
    if comment is None or not comment.shown or comment.root_id is not None:
        raise NoSuchPage(wanted.branch)
    pages = pages_of(comment.reply_count, settings.branch_per_page, wanted)
    offset = (wanted.page - 1) * settings.branch_per_page
    root = queries.some_of(session, found.id, [comment.id])[0]
    replies = queries.branch(session, root.id, offset, settings.branch_per_page)
    own = own_rows(session, found, wanted)
    views = Views(session, subject, [root, *replies, *own], subject.open_at(now))
    placed, rest = thread.merged(reading_order(views, [root], replies), views.of(own, True))
    back = page_url(
        subject, queries.where(session, comment).roots_before // settings.roots_per_page + 1
    )
    return Part(
        count=found.comment_count,
        nodes=thread.nest(placed),
        page=wanted.page,
        pages=pages,
        prev_url=branch_url(subject, root.id, wanted.page - 1) if wanted.page > 1 else None,
        next_url=branch_url(subject, root.id, wanted.page + 1) if wanted.page < pages else None,
        branch=BranchView(root.id, views.names.get(root.id, ""), f"{back}#comment-{root.id}"),
        mine=tuple(rest),
    )


def reading_order(
    views: "Views", roots: Sequence[queries.Shown], replies: Sequence[queries.Shown]
) -> list[CommentView]:
    under: dict[int, list[queries.Shown]] = {}
    for reply in replies:
        under.setdefault(reply.root_id or 0, []).append(reply)
    return views.of([row for root in roots for row in (root, *under.get(root.id, ()))])


def folded(nodes: tuple[Node, ...], subject: Subject, settings: Settings) -> tuple[Node, ...]:
    """Says at each root how many of its replies are on a page of their own."""
    return tuple(
        replace(
            node,
            folded=max(0, node.c.reply_count - settings.replies_shown),
            branch_url=branch_url(subject, node.c.id, 1),
        )
        for node in nodes
    )


class Views:
    """Makes views of rows; what they have in common (names, aliases) is read once for all."""

    def __init__(
        self, session: Session, subject: Subject, rows: Sequence[queries.Shown], is_open: bool
    ) -> None:
        ids = [row.id for row in rows]
        self.subject, self.is_open = subject, is_open
        self.aliases: Mapping[int, int] = queries.aliases_of(session, ids)
        self.names = {row.id: row.author_name for row in rows if row.state is State.APPROVED}
        if missing := self.missing_parents(rows):
            self.names |= queries.names_of(session, missing)

    def missing_parents(self, rows: Sequence[queries.Shown]) -> Collection[int]:
        return {row.parent_id for row in rows if row.parent_id} - self.names.keys()

    def of(self, rows: Sequence[queries.Shown], mine: bool = False) -> list[CommentView]:
        return [self.one(row, mine) for row in rows]

    def one(self, row: queries.Shown, mine: bool) -> CommentView:
        approved = row.state is State.APPROVED
        told = approved or mine
        return CommentView(
            id=row.id,
            parent_id=row.parent_id,
            root_id=row.root_id or row.id,
            path=row.path,
            name=row.author_name if told else "",
            url=row.author_url if told else "",
            html=Markup(row.html if told else ""),  # noqa: S704 - sanitised when it was saved
            at=row.created_at,
            avatar=Markup(avatar(row.avatar if told else 0)),  # noqa: S704 - drawn by us
            permalink=permalink(self.subject, row.id),
            reply_url=reply_url(self.subject, row.id) if approved and self.is_open else None,
            is_staff=told and bool(row.person_key),
            is_author=told and bool(row.person_key) and row.person_key == self.subject.author_key,
            removed=not told,
            waiting=row.state is State.PENDING,
            state=row.state.value,
            reply_count=row.reply_count,
            aliases=(self.aliases[row.id],) if row.id in self.aliases else (),
            answers=self.answered(row.parent_id),
        )

    def answered(self, parent_id: int | None) -> Answered | None:
        if parent_id is None or parent_id not in self.names:
            return None
        return Answered(parent_id, self.names[parent_id], permalink(self.subject, parent_id))


def answer_view(session: Session, subject: Subject, comment_id: int) -> AnswerView | None:
    """The comment that the form shall answer, if it may be answered."""
    parent = queries.parent_of(session, comment_id)
    if parent is None or parent.thread_key != subject.key or parent.state is not State.APPROVED:
        return None
    html = queries.html_of(session, comment_id)
    return AnswerView(parent.id, parent.author_name, excerpt(html), f"{subject.url}#respond")


def excerpt(html: str) -> str:
    text = markup.plain(html)
    return text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + " …"


def page_url(subject: Subject, page: int) -> str:
    return subject.url if page == 1 else f"{subject.url}comments/page/{page}/"


def branch_url(subject: Subject, root_id: int, page: int) -> str:
    first = f"{subject.url}comments/{root_id}/replies/"
    return first if page == 1 else f"{first}?page={page}"


def permalink(subject: Subject, comment_id: int) -> str:
    return f"{subject.url}comments/{comment_id}"


def reply_url(subject: Subject, comment_id: int) -> str:
    return f"{subject.url}?reply={comment_id}#respond"


def address(session: Session, subject: Subject, comment_id: int, settings: Settings) -> str | None:
    """The page on which a shown comment stands, with its anchor; None where it stands nowhere."""
    found = queries.thread_of(session, subject.key)
    own = queries.in_thread(session, found.id, comment_id) if found else None
    if own is None:
        return None
    if own.kind != "comment":
        return f"{subject.url}#comment-{own.id}" if own.state is State.APPROVED else None
    if not own.shown:
        return None
    at = queries.where(session, own)
    if own.root_id is not None and at.replies_before >= settings.replies_shown:
        page = branch_url(subject, at.root_id, at.replies_before // settings.branch_per_page + 1)
    else:
        page = page_url(subject, at.roots_before // settings.roots_per_page + 1)
    return f"{page}#comment-{own.id}"
