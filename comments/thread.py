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
    """One comment as a template shows it; `path` orders it under its root, `at` is aware."""

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
    reply_url: str | None = None
    is_staff: bool = False
    is_author: bool = False
    removed: bool = False
    waiting: bool = False
    state: str = "approved"
    reply_count: int = 0
    aliases: tuple[int, ...] = ()
    answers: Answered | None = None


@dataclass(frozen=True)
class Node:
    c: CommentView
    children: tuple["Node", ...] = ()
    folded: int = 0
    branch_url: str = ""


@dataclass(frozen=True)
class AnswerView:
    """The comment that the form is set to answer."""

    id: int
    name: str
    excerpt: str
    cancel_url: str


@dataclass(frozen=True)
class FormView:
    action_url: str
    token_field: Markup
    values: Mapping[str, str]
    text_limit: int
    errors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    summary: Sequence[str] = ()
    parent: AnswerView | None = None
    person: Person | None = None
    remember: bool = False


@dataclass(frozen=True)
class BranchView:
    """A folded branch shown by itself: whose it is and the way back."""

    root_id: int
    name: str
    back_url: str


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
    mine: tuple[CommentView, ...] = ()


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
