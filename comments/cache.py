"""Public pages as bytes, kept as long as nothing they show has changed.

Each hit reads the version row that the move's own transaction wrote; nothing is invalidated by event.
"""

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from flask import Response, request
from sqlalchemy import Engine
from werkzeug.http import http_date, parse_accept_header

ENTRIES = 1000
LOCKS = 64
LEVEL = 6
HTML = "text/html; charset=utf-8"
VERSION = "SELECT version FROM ww_thread WHERE key = "


@dataclass(frozen=True)
class Entry:
    """One page. `stamp` is what it was made from; it ends at `until` whatever happens.

    `changed` is when these bytes came to be, in whole seconds: as a page or feed says it.
    """

    stamp: tuple[int, str]
    until: datetime
    changed: datetime
    etag: str
    plain: bytes
    packed: bytes


class Versions:
    """Reads the version of a discussion on a raw connection of each thread's own."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.local = engine, threading.local()
        mark = "?" if engine.dialect.name == "sqlite" else "%s"
        self.query = VERSION + mark

    def of(self, key: str) -> int:
        """0 for a discussion that has no row yet."""
        try:
            return self.ask(key)
        except self.engine.dialect.loaded_dbapi.Error:
            self.close()
            return self.ask(key)

    def ask(self, key: str) -> int:
        row = self.connection().execute(self.query, (key,)).fetchone()
        return int(row[0]) if row else 0

    def connection(self) -> Any:
        """A driver's connection outside the pool, each statement its own transaction."""
        found = getattr(self.local, "connection", None)
        if found is None:
            fairy = self.engine.raw_connection()
            found = fairy.driver_connection  # detached, it does not say
            fairy.detach()
            self.local.connection = found
            if self.engine.dialect.name == "postgresql":
                found.autocommit = True  # type: ignore[union-attr]
        return found

    def close(self) -> None:
        """Lets go of this thread's connection; the next question opens another."""
        found, self.local.connection = getattr(self.local, "connection", None), None
        if found is not None:
            with suppress(self.engine.dialect.loaded_dbapi.Error):
                found.close()


class PageCache:
    """The newest pages of this process, each rendered once however many ask for it."""

    def __init__(self, entries: int = ENTRIES) -> None:
        self.entries = entries
        self.kept: OrderedDict[str, Entry] = OrderedDict()
        self.guard = threading.Lock()
        self.rendering = [threading.Lock() for _ in range(LOCKS)]

    def page(
        self,
        name: str,
        stamp: tuple[int, str],
        now: datetime,
        make: Callable[[], tuple[str, datetime]],
    ) -> Entry:
        """The entry under this name. `make` gives the HTML and the moment at which it ends."""
        entry = self.fresh(name, stamp, now)
        if entry is not None:
            return entry
        with self.rendering[hash(name) % LOCKS]:
            entry = self.fresh(name, stamp, now)
            if entry is None:
                html, until = make()
                entry = packed(stamp, until, html, now, self.kept.get(name))
                self.keep(name, entry)
            return entry

    def fresh(self, name: str, stamp: tuple[int, str], now: datetime) -> Entry | None:
        entry = self.kept.get(name)
        return entry if entry and entry.stamp == stamp and now < entry.until else None

    def keep(self, name: str, entry: Entry) -> None:
        with self.guard:
            self.kept[name] = entry
            self.kept.move_to_end(name)
            while len(self.kept) > self.entries:
                self.kept.popitem(last=False)


def packed(
    stamp: tuple[int, str], until: datetime, text: str, now: datetime, before: Entry | None = None
) -> Entry:
    """Bytes that came out as they were `before` have not changed since then."""
    plain = text.encode()
    etag = hashlib.sha256(plain).hexdigest()[:32]
    same = before is not None and before.etag == etag
    changed = before.changed if before and same else now.replace(microsecond=0)
    return Entry(stamp, until, changed, etag, plain, gzip.compress(plain, LEVEL, mtime=0))


def next_hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def public(
    entry: Entry, content_type: str = HTML, vary: str = "Accept-Encoding, Cookie"
) -> Response:
    """The page or feed for any reader: compressed where he takes it, 304 where he has it."""
    squeezed = takes_gzip(request.headers.get("Accept-Encoding", ""))
    etag = f'"{entry.etag}-gz"' if squeezed else f'"{entry.etag}"'
    headers = {
        "ETag": etag,
        "Last-Modified": http_date(entry.changed),
        "Cache-Control": "public, no-cache",
        "Vary": vary,
    }
    if at_hand(etag, entry):
        return Response(status=304, headers=headers)
    if squeezed:
        headers["Content-Encoding"] = "gzip"
    body = entry.packed if squeezed else entry.plain
    return Response(body, headers=headers, content_type=content_type)


def at_hand(etag: str, entry: Entry) -> bool:
    """Whoever tells a tag is judged by that alone; the time is for who tells nothing else."""
    known = request.headers.get("If-None-Match")
    if known is not None:
        return etag in known
    since = request.if_modified_since if "If-Modified-Since" in request.headers else None
    return since is not None and entry.changed <= since


@lru_cache(maxsize=500)
def takes_gzip(header: str) -> bool:
    """Browsers send a handful of different ones."""
    return parse_accept_header(header)["gzip"] > 0


def private(html: str, status: int = 200) -> Response:
    """A page for one reader."""
    return for_one_reader(Response(html, status, content_type=HTML))


def for_one_reader(response: Response) -> Response:
    """No cache may keep it; also said of a host's own page that holds something private."""
    response.headers["Cache-Control"] = "private, no-store"
    response.vary.add("Cookie")
    return response
