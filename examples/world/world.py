"""The demo world as data: read from its files, and moved in time so that it looks fresh; stores nothing."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from comments.states import State

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Unit:
    key: str
    kind: str
    name: str
    parent: str = ""


@dataclass(frozen=True)
class Member:
    """One of the staff: units that he writes in, units that he decides in, the one he speaks for."""

    login: str
    name: str
    email: str
    admin: bool
    language: str
    author: tuple[str, ...]
    desk: tuple[str, ...]
    represents: str
    bio: str


@dataclass(frozen=True)
class Article:
    slug: str
    title: str
    author: str
    unit: str
    tags: tuple[str, ...]
    summary: str
    open: bool
    state: str
    published: datetime | None
    text: str


@dataclass(frozen=True)
class Remark:
    """A comment with the state in which its story ends; `person` is the login of one of the staff."""

    key: str
    article: str
    at: datetime
    state: State
    text: str
    parent: str = ""
    person: str = ""
    name: str = ""
    email: str = ""
    url: str = ""
    was_approved: bool = False
    language: str = "nl"


@dataclass(frozen=True)
class Held:
    """How one discussion is held, and who of the staff decided that; `close_days` is the article's own."""

    article: str
    by: str
    premoderated: bool = False
    slow_minutes: int = 0
    close_days: int | None = None


@dataclass(frozen=True)
class Marked:
    comment: str
    what: str
    by: str


@dataclass(frozen=True)
class Edited:
    """Another text of a comment: the one `before`, or the one `after`, which waits for a person."""

    comment: str
    minutes: int
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Reported:
    comment: str
    wrong: str
    why: str
    at: datetime
    name: str = ""


@dataclass(frozen=True)
class World:
    units: tuple[Unit, ...]
    staff: tuple[Member, ...]
    articles: tuple[Article, ...]
    remarks: tuple[Remark, ...]
    modes: tuple[Held, ...] = ()
    marks: tuple[Marked, ...] = ()
    edits: tuple[Edited, ...] = ()
    reports: tuple[Reported, ...] = ()

    def moments(self) -> Iterator[datetime]:
        yield from (article.published for article in self.articles if article.published)
        yield from (remark.at for remark in self.remarks)

    @property
    def begins(self) -> datetime:
        return min(self.moments())

    @property
    def ends(self) -> datetime:
        return max(self.moments())


def read() -> World:
    """The world as its files have it; the members of the hub come first."""
    told = tomllib.loads((HERE / "world.toml").read_text("utf-8"))
    return World(
        tuple(Unit(u["key"], u["kind"], u["name"], u.get("parent", "")) for u in told["unit"]),
        tuple(map(member, told["person"])),
        tuple(map(article, sorted((HERE / "articles").glob("*.md")))),
        tuple(map(remark, told["comment"])),
        tuple(Held(**mode) for mode in told["mode"]),
        tuple(Marked(**mark) for mark in told["mark"]),
        tuple(Edited(**edit) for edit in told["edit"]),
        tuple(Reported(**report) for report in told["report"]),
    )


def member(told: dict[str, Any]) -> Member:
    units = {name: tuple(told[name]) for name in ("author", "desk")}
    return Member(**{"represents": "", **told, **units})


def article(file: Path) -> Article:
    """The facts stand in TOML between two lines `+++`, the text in Markdown below."""
    _, front, text = file.read_text("utf-8").split("+++\n", 2)
    told = tomllib.loads(front)
    return Article(
        slug=told["slug"],
        title=told["title"],
        author=told["author"],
        unit=told["unit"],
        tags=tuple(told["tags"]),
        summary=told["summary"],
        open=told["comments"] == "open",
        state=told["state"],
        published=told.get("published"),
        text=text.strip(),
    )


def remark(told: dict[str, Any]) -> Remark:
    known = {name: told[name] for name in told if name not in ("state", "lang", "reason")}
    return Remark(**known, state=State(told["state"]), language=told.get("lang", "nl"))


def ending(world: World, end: datetime) -> World:
    """The same world with its last moment at `end`; all distances stay."""
    by = end - world.ends
    return replace(
        world,
        articles=tuple(
            replace(a, published=a.published + by if a.published else None) for a in world.articles
        ),
        remarks=tuple(replace(r, at=r.at + by) for r in world.remarks),
        reports=tuple(replace(r, at=r.at + by) for r in world.reports),
    )
