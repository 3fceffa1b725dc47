"""What templates are given: articles, authors and rows of lists as plain values; no queries, no requests."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

Link = tuple[str, str]
"""A name and the address behind it."""


@dataclass(frozen=True)
class Masthead:
    title: str
    tagline: str
    url: str


@dataclass(frozen=True)
class Head:
    """What a page says of itself to who does not look at it: search engines, other sites, feed readers.

    `path` is the one address under which it is to be found, whatever was asked. A page without a
    head is for nobody's index: that is the rule, and those who want to be found say so.
    """

    title: str
    path: str
    description: str = ""
    kind: str = "website"
    prev_path: str | None = None
    next_path: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    author: str = ""
    feed: Link | None = None


@dataclass(frozen=True)
class AuthorCard:
    name: str
    url: str
    bio: str
    avatar: Markup


@dataclass(frozen=True)
class ArticleCard:
    title: str
    url: str
    summary: str
    published_at: datetime | None
    author_name: str
    author_url: str
    minutes: int
    comment_count: int
    tags: tuple[Link, ...]


@dataclass(frozen=True)
class ArticleView:
    """`updated_at` is given only where the article was corrected after readers had it."""

    title: str
    url: str
    html: Markup
    summary: str
    published_at: datetime | None
    updated_at: datetime | None
    author: AuthorCard | None
    minutes: int
    tags: tuple[Link, ...]
    comment_count: int
    kind: str
    state: str
    unit_name: str

    @property
    def schema(self) -> str:
        """What schema.org calls it."""
        return "BlogPosting" if self.kind == "post" else "Article"


@dataclass(frozen=True)
class StudioRow:
    id: int
    version: int
    title: str
    state: str
    author_name: str
    updated_at: datetime
    url: str
    edit_url: str
    unit_name: str


@dataclass(frozen=True)
class Theirs:
    """What somebody else made of the article meanwhile."""

    title: str
    text: str
    at: datetime
