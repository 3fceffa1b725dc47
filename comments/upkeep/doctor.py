"""Looks whether settings and services are as they should be; mends nothing and tells no secret."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from itertools import pairwise
from pathlib import Path

from sqlalchemy import Connection, Engine

from .. import chain, queries
from ..brakes import TableStorage
from ..chain import Link
from ..database import reading
from ..keys import BadKey
from ..mailing.mail import FolderPost
from ..outbox import Later
from ..site import Site
from . import health
from .health import Outbox


class Status(StrEnum):
    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True)
class Check:
    """One thing that was looked at, in one line."""

    name: str
    status: Status
    says: str


Examine = Callable[[], Iterable[Check]]
MEBIBYTE = 2**20
DISK_BAD, DISK_LOW = 100 * MEBIBYTE, 1024 * MEBIBYTE
LATE = timedelta(minutes=5)
TAIL = 1000
PRAGMAS: Mapping[str, tuple[Callable[[str], bool], Status]] = {
    "journal_mode": (lambda mode: mode == "wal", Status.WARN),
    "busy_timeout": (lambda milliseconds: int(milliseconds) >= 1000, Status.WARN),
    "foreign_keys": (lambda on: on == "1", Status.BAD),
}
"""What each must be for us, and how much it matters."""


def examined(name: str, examine: Examine) -> Iterator[Check]:
    """What was found; an examination that fails is a finding too."""
    try:
        yield from examine()
    except Exception as error:
        yield Check(name, Status.BAD, f"could not be looked at ({type(error).__name__})")


def examinations(
    site: Site, folder: Path, queue: bool, branches: Sequence[str]
) -> Mapping[str, Examine]:
    """`folder` is where the site keeps its files, `queue` whether somebody can be woken."""
    return {
        "database": partial(database, site.engine),
        "migrations": partial(migrations, site.engine, branches),
        "keys": partial(keys, site),
        "outbox": partial(outbox, site),
        "log": partial(log, site.engine),
        "disk": partial(disk, folder),
        "queue": partial(worker, queue),
        "redis": partial(redis, site),
        "mail": partial(mail, site),
    }


def database(engine: Engine) -> Iterator[Check]:
    with engine.connect() as connection:
        version = ".".join(map(str, connection.dialect.server_version_info or ()))
        yield Check("database", Status.OK, f"{engine.dialect.name} {version} answers")
        if engine.dialect.name == "sqlite":
            yield from map(partial(pragma, connection), PRAGMAS)


def pragma(connection: Connection, name: str) -> Check:
    fits, otherwise = PRAGMAS[name]
    value = str(connection.exec_driver_sql(f"PRAGMA {name}").scalar())
    return Check("sqlite", Status.OK if fits(value) else otherwise, f"{name} is {value}")


def migrations(engine: Engine, branches: Sequence[str]) -> Iterator[Check]:
    try:
        missing = health.unapplied(engine, branches)
    except health.Newer:
        yield Check("migrations", Status.BAD, "the database is of a newer version than this code")
        return
    if missing:
        yield Check("migrations", Status.BAD, f"not applied yet: {', '.join(missing)}")
    else:
        yield Check("migrations", Status.OK, "all applied")


def keys(site: Site) -> Iterator[Check]:
    with reading(site.engine) as session:
        sealed = health.newest_seal(session)
    try:
        site.keys.open(sealed)
    except BadKey as error:
        yield Check("keys", Status.BAD, str(error))
    else:
        opened = "they open the newest e-mail address" if sealed else "nothing is sealed yet"
        yield Check("keys", Status.OK, f"{len(site.keys.data)} for e-mail at rest; {opened}")


def outbox(site: Site) -> Iterator[Check]:
    now = site.clock()
    with reading(site.engine) as session:
        found = health.outbox(session, now)
    yield owed(found, now)
    if found.given_up:
        yield Check("outbox", Status.WARN, f"{found.given_up} given up")


def owed(found: Outbox, now: datetime) -> Check:
    late = now - found.due_since if found.due_since else timedelta()
    if late > LATE:
        minutes = late // timedelta(minutes=1)
        says = f"{found.waiting} waiting, the oldest {minutes} min late: is a worker running?"
        return Check("outbox", Status.WARN, says)
    return Check("outbox", Status.OK, f"{found.waiting} waiting, none is late")


def log(engine: Engine) -> Iterator[Check]:
    with health.one_moment(engine) as session:
        head, links = queries.chain_head(session), health.chain_tail(session, TAIL)
    if holds(links, head):
        yield Check("log", Status.OK, f"{head[0]} rows, the last {len(links)} hold")
    else:
        yield Check("log", Status.BAD, "the chain does not hold: `ops verify-log` says where")


def holds(links: Sequence[Link], head: tuple[int, str]) -> bool:
    """The end of a chain, without what came before."""
    if not links:
        return head == (0, chain.START)
    whole = all(link.hash == chain.digest(link.seq, link.values, link.prev_hash) for link in links)
    tied = all(
        (later.seq, later.prev_hash) == (link.seq + 1, link.hash) for link, later in pairwise(links)
    )
    return whole and tied and head == (links[-1].seq, links[-1].hash)


def disk(folder: Path) -> Iterator[Check]:
    """The folder may still have to be made."""
    there = next(place for place in (folder, *folder.parents) if place.exists())
    yield room_left(shutil.disk_usage(there).free, there)


def room_left(free: int, there: Path) -> Check:
    status = Status.BAD if free < DISK_BAD else Status.WARN if free < DISK_LOW else Status.OK
    return Check("disk", status, f"{free // MEBIBYTE:,} MiB free in {there}")


def worker(queue: bool) -> Iterator[Check]:
    if queue:
        yield Check("queue", Status.OK, "a worker can be woken")
    else:
        yield Check("queue", Status.WARN, "there is none: nobody runs what the outbox owes")


def mail(site: Site) -> Iterator[Check]:
    """Whether letters could leave; sends none."""
    if site.post is None:
        return
    road = site.post.road
    try:
        says = road.look()
    except Later as later:
        yield Check("mail", Status.BAD, str(later))
    else:
        yield Check("mail", Status.WARN if isinstance(road, FolderPost) else Status.OK, says)


def redis(site: Site) -> Iterator[Check]:
    """The brakes count in Redis where there is one, else in a table."""
    storage = site.brakes.storage
    if isinstance(storage, TableStorage):
        return
    if storage.check():
        yield Check("redis", Status.OK, "answers")
    else:
        yield Check("redis", Status.BAD, "does not answer")
