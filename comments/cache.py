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
VERSION = "SELECT version, comment_count FROM ww_thread WHERE key = "


@dataclass(frozen=True)
class Entry:
    """One page. `stamp` is what it was made from; it ends at `until` whatever happens.

    `changed` is when these bytes came to be, in whole seconds; `modified` is the same as HTTP says it.
    """

    stamp: tuple[int, str]
    until: datetime
    changed: datetime
    modified: str
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
        return self.counted(key)[0]

    def counted(self, key: str) -> tuple[int, int]:
        """The version, and how many approved comments of people there are."""
        try:
            return self.ask(key)
        except self.engine.dialect.loaded_dbapi.Error:
            self.close()
            return self.ask(key)

    def ask(self, key: str) -> tuple[int, int]:
        row = self.connection().execute(self.query, (key,)).fetchone()
        return (int(row[0]), int(row[1])) if row else (0, 0)

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
    squeezed = gzip.compress(plain, LEVEL, mtime=0)
    return Entry(stamp, until, changed, http_date(changed), etag, plain, squeezed)


def next_hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def public(
    entry: Entry, content_type: str = HTML, vary: str = "Accept-Encoding, Cookie"
) -> Response:
    """The page or feed for any reader: compressed where he takes it, 304 where he has it."""
    asked = request.environ  # the quickest way to a header, on the busiest road
    squeezed = takes_gzip(asked.get("HTTP_ACCEPT_ENCODING", ""))
    etag = f'"{entry.etag}-gz"' if squeezed else f'"{entry.etag}"'
    headers = {
        "ETag": etag,
        "Last-Modified": entry.modified,
        "Cache-Control": "public, no-cache",
        "Vary": vary,
    }
    if at_hand(etag, entry, asked.get("HTTP_IF_NONE_MATCH"), "HTTP_IF_MODIFIED_SINCE" in asked):
        return Response(status=304, headers=headers)
    if squeezed:
        headers["Content-Encoding"] = "gzip"
    body = entry.packed if squeezed else entry.plain
    return Response(body, headers=headers, content_type=content_type)


def at_hand(etag: str, entry: Entry, known: str | None, dated: bool) -> bool:
    """Whoever tells a tag is judged by that alone; the time is for who tells nothing else."""
    if known is not None or not dated:
        return etag in (known or "")
    since = request.if_modified_since
    return since is not None and entry.changed <= since


@lru_cache(maxsize=500)
def takes_gzip(header: str) -> bool:
    """Browsers send a handful of different ones."""
    return parse_accept_header(header)["gzip"] > 0


def private(html: str, status: int = 200) -> Response:
    """A page for one reader."""
    return for_one_reader(Response(html, status, content_type=HTML))


def secret(html: str, status: int = 200) -> Response:
    """A page that its address alone opens: it is told to no other site and listed nowhere."""
    return kept_secret(private(html, status))


def kept_secret(response: Response) -> Response:
    for_one_reader(response)
    response.headers["Referrer-Policy"] = "same-origin"  # with none, a form's Origin is lost
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def for_one_reader(response: Response) -> Response:
    """No cache may keep it and no index hold it; also said of a host's own page that holds something private."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.vary.add("Cookie")
    return response
