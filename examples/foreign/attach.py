"""The plug-in on the library's site."""

# first: it says so when something else is called `comments`
from moderation.extension import Moderation

# isort: split
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from flask import Flask
from sqlalchemy import Engine

from comments.database import tune_sqlite
from comments.extension import Comments
from comments.settings import Settings, read
from moderation import settings as desk

from .host import LibraryHost


def attach(app: Flask, engine: Engine, environ: Mapping[str, str]) -> None:
    tune_sqlite(engine)
    moderation = Moderation(
        read(desk.Settings, environ, "MODERATION_"),
        site_url="https://library.example",
        base_template="base.html",
        login_url=lambda path: f"/sign-in?next={quote(path)}",
    )
    comments = Comments(
        app,
        LibraryHost(engine),
        settings=read(Settings, environ, "COMMENTS_"),
        **moderation.seams(),
        base_template="base.html",
        queue_file=Path(app.instance_path) / "queue.db",
    )
    moderation.attach(app, comments)
