"""All that the plug-in works with on one site: the host, its settings, its seams; no logic of its own."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypedDict

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from .brakes import Brakes
from .cache import PageCache, Versions
from .checks import Screen, hold_all
from .draft import Draft
from .facts import Facts
from .host import Host
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
    """A line of the page on data: what is kept, why, how long and who sees it."""

    what: str
    why: str
    how_long: str
    who: str


def as_gathered(session: Session, draft: Draft, facts: Facts) -> Facts:
    return facts


def no_guideline() -> str:
    return ""


def no_service() -> str:
    return t("Spam is kept out by our own rules and by people; no other party is asked.")


def nobody(session: Session) -> Collection[str]:
    return ()


def nothing_more(session: Session, comment_ids: Collection[int]) -> None:
    return None


class Filled(TypedDict, total=False):
    """What another package fills in of the seams: `Comments(app, host, **filled)`."""

    screen: Screen
    gather: Gather
    handlers: Mapping[str, Handler]
    wordings: Mapping[str, Wording]
    guideline: Callable[[], str]
    spam_check: Callable[[], str]
    privacy_rows: Callable[[], list[PrivacyRow]]
    house: Callable[[Session], Collection[str]]
    erase: Callable[[Session, Collection[int]], None]


@dataclass(frozen=True)
class Seams:
    """The seams with their defaults, each of which holds on its own. `handlers` run tasks by kind.

    `house` gives the keys of the people whose names no reader may take; `erase` forgets what else is
    kept of these comments, as a part of the caller's transaction.
    """

    screen: Screen = hold_all
    gather: Gather = as_gathered
    handlers: Mapping[str, Handler] = field(default_factory=dict)
    wordings: Mapping[str, Wording] = field(default_factory=dict)
    guideline: Callable[[], str] = no_guideline
    spam_check: Callable[[], str] = no_service
    privacy_rows: Callable[[], list[PrivacyRow]] = list
    house: Callable[[Session], Collection[str]] = nobody
    erase: Callable[[Session, Collection[int]], None] = nothing_more


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
    pages: PageCache = field(default_factory=PageCache)

    @property
    def engine(self) -> Engine:
        return self.host.engine


def utc_now() -> datetime:
    return datetime.now(UTC)
