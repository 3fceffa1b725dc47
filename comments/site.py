"""All that the plug-in works with on one site: the host, its settings, its seams; no logic of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from .brakes import Brakes
from .cache import PageCache, Versions
from .checks import Screen
from .draft import Draft
from .facts import Facts
from .host import Host
from .keys import Keys
from .outbox import Handler
from .settings import Settings
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


@dataclass(frozen=True)
class Seams:
    """What another package may fill in; each has a default that holds on its own."""

    screen: Screen
    gather: Gather
    handlers: Mapping[str, Handler]
    wordings: Mapping[str, Wording]
    guideline: Callable[[], str]
    spam_check: Callable[[], str]
    privacy_rows: Callable[[], list[PrivacyRow]]


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
    pages: PageCache = field(default_factory=PageCache)

    @property
    def engine(self) -> Engine:
        return self.host.engine


def utc_now() -> datetime:
    return datetime.now(UTC)
