"""A discussion as it is read: views of comments and the tree that they stand in; pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from markupsafe import Markup

from .host import Person


@dataclass(frozen=True)
class Answered:
    """The comment that another one answers, where it does not stand right above it."""

    id: int
    name: str
    url: str


@dataclass(frozen=True)
class CommentView:
    """One comment as a template shows it; `path` orders it under its root, `at` is aware.

    `language` is that of the page on which it was written, where it is known. `since` is when it
    became public, if that was not at once; `mine` says that this reader wrote it;
    he may find it useful where it is `votable`, and has where he `voted`; `locked` is said of a root.
    """

    id: int
    parent_id: int | None
    root_id: int
    path: str
    name: str
    url: str
    html: Markup
    at: datetime
    avatar: Markup
    permalink: str
    language: str = ""
    reply_url: str | None = None
    is_staff: bool = False
    is_author: bool = False
    removed: bool = False
    waiting: bool = False
    state: str = "approved"
    reply_count: int = 0
    aliases: tuple[int, ...] = ()
    answers: Answered | None = None
    since: datetime | None = None
    edited: datetime | None = None
    edited_by_desk: bool = False
    pinned: bool = False
    featured: bool = False
    locked: bool = False
    useful: int = 0
    votable: bool = False
    voted: bool = False
    mine: bool = False


@dataclass(frozen=True)
class Node:
    c: CommentView
    children: tuple["Node", ...] = ()
    folded: int = 0
    branch_url: str = ""

    @property
    def below(self) -> int:
        """How many replies there are under this one, here and on a page of their own."""
        return self.folded + sum(1 + child.below for child in self.children)


@dataclass(frozen=True)
class AnswerView:
    """The comment that the form is set to answer."""

    id: int
    name: str
    excerpt: str
    cancel_url: str


@dataclass(frozen=True)
class Given:
    """What stands in the fields of the form, as it was typed and ticked."""

    name: str = ""
    email: str = ""
    url: str = ""
    text: str = ""
    parent: str = ""
    follow: str = ""
    tell: bool = False
    remember: bool = False


@dataclass(frozen=True)
class FormView:
    """`rules` say how the discussion is held, `waits` what becomes of a comment.

    `links` is how many of them make it wait, 0: none.
    `wishes`: the site can mail, so that a guest may ask to be told.
    """

    action_url: str
    token_field: Markup
    given: Given
    text_limit: int
    errors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    summary: Sequence[str] = ()
    parent: AnswerView | None = None
    person: Person | None = None
    wishes: bool = False
    waits: str = ""
    links: int = 0
    links_wait: str = ""
    rules: Sequence[str] = ()

    @property
    def draft_key(self) -> str:
        """Under what a browser keeps the drafts of this discussion."""
        return self.action_url.partition("?")[0]


@dataclass(frozen=True)
class Own:
    """What a reader is told of a comment that he wrote, and what he can do with it.

    `just`: he comes from posting it or by its link. `new_text` is one that waits for a person;
    it may be changed for `minutes` more.
    """

    withdraw_url: str
    edit_url: str | None = None
    minutes: int = 0
    said: Sequence[str] = ()
    just: bool = False
    new_text: Markup = Markup("")  # noqa: RUF009 - it is never changed


@dataclass(frozen=True)
class BranchView:
    """A folded branch shown by itself: whose it is and the way back."""

    root_id: int
    name: str
    back_url: str


@dataclass(frozen=True)
class Jump:
    """A way within the discussion: to an author's comment, or to another order; `here` if it is this."""

    name: str
    url: str
    here: bool = False


@dataclass(frozen=True)
class ActsView:
    """The form that the buttons beside comments belong to; `fields` are what it sends in any case."""

    action_url: str
    token_field: Markup
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Discussion:
    key: str
    title: str
    url: str
    count: int
    nodes: tuple[Node, ...]
    pings: tuple[CommentView, ...]
    page: int
    pages: int
    prev_url: str | None
    next_url: str | None
    branch: BranchView | None
    closed: str | None
    form: FormView | None
    guideline: str
    notice: Sequence[str]
    privacy_url: str
    feed_url: str
    language: str
    mine: tuple[CommentView, ...] = ()
    manage_url: str = ""
    own: Mapping[int, Own] = field(default_factory=dict)
    order: str = ""
    orders: tuple[Jump, ...] = ()
    featured: tuple[Jump, ...] = ()
    acts: ActsView | None = None
    follow: ActsView | None = None
    count_url: str = ""
    news_url: str = ""
    spoken_at: datetime | None = None


@dataclass(frozen=True)
class Placed:
    """A discussion for a page of the host, and where that page stands among those of the discussion.

    `path` is the address under which this part is to be found, however it was asked for; `heading`
    tells it from the first page, and is empty on that one.
    """

    html: Markup
    path: str
    heading: str = ""
    prev_path: str | None = None
    next_path: str | None = None


def nest(views: Iterable[CommentView]) -> tuple[Node, ...]:
    """The tree of views that come in reading order: each root, then its replies by path.

    One whose way up is not on this page stands under the nearest that is. A view whose parent is
    not the one above it keeps its `answers`; where they agree it is redundant and left out.
    """
    roots: list[Building] = []
    open_branch: list[Building] = []
    for view in views:
        while open_branch and not leads_to(open_branch[-1].view.path, view.path):
            open_branch.pop()
        above = open_branch[-1] if open_branch else None
        building = Building(without_obvious_answer(view, above))
        (above.children if above else roots).append(building)
        open_branch.append(building)
    return tuple(root.built() for root in roots)


def leads_to(above: str, path: str) -> bool:
    return len(above) < len(path) and path.startswith(above)


@dataclass
class Building:
    view: CommentView
    children: list["Building"] = field(default_factory=list)

    def built(self) -> Node:
        return Node(self.view, tuple(child.built() for child in self.children))


def without_obvious_answer(view: CommentView, above: Building | None) -> CommentView:
    obvious = above is not None and view.parent_id == above.view.id
    return replace(view, answers=None) if obvious and view.answers else view


def merged(
    public: Sequence[CommentView], mine: Iterable[CommentView]
) -> tuple[list[CommentView], list[CommentView]]:
    """The public views with the reader's own put in their place, and those that find none here.

    Where only a placeholder stands for a comment, its own author sees what he wrote.
    """
    own = {view.id: view for view in mine}
    placed, rest = [own.pop(v.id, v) if v.removed else v for v in public], []
    standing = {view.id for view in placed}
    for view in own.values():
        if view.id in standing:
            continue
        at = spot_of(placed, view)
        if at is None:
            rest.append(view)
        else:
            placed.insert(at, view)
    return placed, rest


def spot_of(placed: Sequence[CommentView], view: CommentView) -> int | None:
    """Where a view goes in reading order: within its root's replies, by path. None without a root."""
    same_root = [i for i, other in enumerate(placed) if other.root_id == view.root_id]
    if not same_root:
        return None
    before = [i for i in same_root if placed[i].path < view.path]
    return before[-1] + 1 if before else None
