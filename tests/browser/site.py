"""The whole product on a file of its own, served on loopback; it knows no browser."""

import shutil
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any, cast
from unittest.mock import patch
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import text
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.wsgi import ClosingIterator

from app import site_of
from comments import migrate
from comments.extension import Comments
from comments.keys import fresh
from examples.world.load import load

PASSWORD = "een lang wachtwoord voor iedereen"
HOST = "127.0.0.1"
SECRETS = {
    "WEERWOORD_SECRET_KEY": "a secret of the tests",
    "WEERWOORD_LOOKUP_KEY": "a look-up key of the tests",
    "WEERWOORD_DATA_KEYS": fresh(b"k" * 32),
    "WEERWOORD_BLOG_CONTACT": "privacy@weerwoord.example",
    "WEERWOORD_MODERATION_ACCEPTED_PER_TEN_MINUTES": "1000",
}


@dataclass(frozen=True)
class World:
    """A database to be copied, and the cookies of who has signed in to one of its copies."""

    file: Path
    sessions: dict[str, list[Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Site:
    """The app and where it is served."""

    app: Flask
    url: str
    world: World

    @property
    def comments(self) -> Comments:
        found: Comments = self.app.extensions["comments"]
        return found

    def rows(self, statement: str, **values: object) -> list[Any]:
        """What the database holds, where no page says it."""
        with self.comments.site.engine.connect() as connection:
            return list(connection.execute(text(statement), values))

    def work(self) -> int:
        """What a worker does when it is woken."""
        return self.comments.run_due()


def make_world(folder: Path) -> World:
    """A database made by the migrations, with the demo world in it; to be copied."""
    file = folder / "world.db"
    app = made(file, folder, {})
    engine = app.extensions["comments"].site.engine
    migrate.upgrade(engine, "blog")
    load(app, PASSWORD, datetime.now(UTC))
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return World(file)


def made(file: Path, compiled: Path, settings: dict[str, str]) -> Flask:
    """The app; its queue lies beside its database, compiled templates are shared by all."""
    environ = {**SECRETS, "WEERWOORD_DATABASE_URL": f"sqlite:///{file}", **settings}
    options = {"bytecode_cache": FileSystemBytecodeCache(str(compiled))}
    with (
        patch.object(Flask, "auto_find_instance_path", lambda self: str(file.parent)),
        patch.object(Flask, "jinja_options", options),
    ):
        return site_of(environ)


@contextmanager
def served(world: World, folder: Path, **settings: str) -> Iterator[Site]:
    """A copy of the world under an address of its own; `settings` without their prefix."""
    file = Path(shutil.copy(world.file, folder / "site.db"))
    with closing(socket.create_server((HOST, 0))) as door:
        url = f"http://{HOST}:{door.getsockname()[1]}"
        named = {f"WEERWOORD_{name}": value for name, value in settings.items()}
        app = made(file, world.file.parent, {"WEERWOORD_SITE_URL": url, **named})
        with running(app, door):
            yield Site(app, url, world)


@contextmanager
def running(app: Flask, door: socket.socket) -> Iterator[None]:
    server = server_for(app, door)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        app.extensions["moderation"].service.close()
        app.extensions["comments"].site.engine.dispose()


def server_for(app: Flask, door: socket.socket) -> BaseWSGIServer:
    versions = app.extensions["comments"].site.versions

    def whole(environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
        """What the app opened is closed again, also for a browser that has left meanwhile."""
        with closing(cast(ClosingIterator, app(environ, start))) as parts:
            return list(parts)

    class Handler(WSGIRequestHandler):
        def log(self, type: str, message: str, *args: Any) -> None:
            """Says nothing: what went wrong is seen in the browser."""

        def finish(self) -> None:
            super().finish()
            versions.close()

    port = door.getsockname()[1]
    return make_server(HOST, port, whole, threaded=True, request_handler=Handler, fd=door.fileno())
