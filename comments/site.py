"""All that the plug-in works with on one site: the host, its settings, its seams; no logic of its own."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TypedDict

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from . import queries
from .brakes import Brakes
from .cache import PageCache, Versions
from .checks import Screen, hold_all
from .draft import Draft, Values
from .facts import Facts
from .host import Host, Person, Subject
from .keeping.classes import Columns
from .keys import Keys
from .mailing.mail import PostRoom
from .outbox import Handler
from .settings import Settings
from .texts import t
from .tokens import Tokens
from .wording import Wording
from .worker import Waker

Gather = Callable[[Session, Draft, Facts], Facts]


@dataclass(frozen=True)
class PrivacyRow:
    """A line of the page on data: what is kept, why, how long and who sees it.

    `held` is how many rows tell of it now, `columns` where it stands; both are left out of what
    another party keeps.
    """

    what: str
    why: str
    how_long: str
    who: str
    held: int | None = None
    columns: Sequence[str] = ()


def as_gathered(session: Session, draft: Draft, facts: Facts) -> Facts:
    return facts


@dataclass(frozen=True)
class Beforehand:
    """What a writer is told of the row before he posts; `links` is how many make a comment wait, 0: none."""

    waits: str = ""
    links: int = 0
    links_wait: str = ""


def no_guideline() -> str:
    return ""


def all_wait() -> Beforehand:
    return Beforehand(t("A person reads your comment before it appears."))


def no_figure(session: Session) -> timedelta | None:
    return None


def no_service() -> str:
    return t("Spam is kept out by our own rules and by people; no other party is asked.")


def nothing_known(session: Session, comment_ids: Collection[int]) -> Mapping[int, Values]:
    return {}


def nowhere(person: Person, subject: Subject) -> str:
    return ""


def nothing_more(session: Session, comment_ids: Collection[int]) -> None:
    return None


class Filled(TypedDict, total=False):
    """What another package fills in of the seams: `Comments(app, host, **filled)`."""

    screen: Screen
    gather: Gather
    handlers: Mapping[str, Handler]
    wordings: Mapping[str, Wording]
    guideline: Callable[[], str]
    beforehand: Callable[[], Beforehand]
    usual_wait: Callable[[Session], timedelta | None]
    spam_check: Callable[[], str]
    privacy_rows: Callable[[], list[PrivacyRow]]
    columns: Columns
    house: Callable[[Session], Collection[str]]
    erase: Callable[[Session, Collection[int]], None]
    export: Callable[[Session, Collection[int]], Mapping[int, Values]]
    manage: Callable[[Person, Subject], str]


@dataclass(frozen=True)
class Seams:
    """The seams with their defaults, each of which holds on its own. `handlers` run tasks by kind.

    `usual_wait` is how long people mostly took to decide lately; None where there is no telling.
    `house` gives the keys of the people whose names no reader may take, else of the authors here;
    `erase` forgets what else is kept of these comments, as a part of the caller's transaction;
    `columns` says what its tables hold.
    `export` tells the author of these comments what else is kept of them, under words that he understands.
    `manage` is the address at which this person holds this discussion, empty where it is not his to hold.
    """

    screen: Screen = hold_all
    gather: Gather = as_gathered
    handlers: Mapping[str, Handler] = field(default_factory=dict)
    wordings: Mapping[str, Wording] = field(default_factory=dict)
    guideline: Callable[[], str] = no_guideline
    beforehand: Callable[[], Beforehand] = all_wait
    usual_wait: Callable[[Session], timedelta | None] = no_figure
    spam_check: Callable[[], str] = no_service
    privacy_rows: Callable[[], list[PrivacyRow]] = list
    columns: Columns = field(default_factory=dict)
    house: Callable[[Session], Collection[str]] = queries.authors
    erase: Callable[[Session, Collection[int]], None] = nothing_more
    export: Callable[[Session, Collection[int]], Mapping[int, Values]] = nothing_known
    manage: Callable[[Person, Subject], str] = nowhere


@dataclass(frozen=True)
class Site:
    host: Host
    settings: Settings
    seams: Seams
    keys: Keys
    tokens: Tokens
    brakes: Brakes
    waker: Waker
    base_template: str
    privacy_url: str
    contact: str
    clock: Callable[[], datetime]
    versions: Versions
    site_url: str = ""
    post: PostRoom | None = None
    zone: Callable[[], tzinfo] = lambda: UTC
    pages: PageCache = field(default_factory=PageCache)

    @property
    def engine(self) -> Engine:
        return self.host.engine


def utc_now() -> datetime:
    return datetime.now(UTC)
