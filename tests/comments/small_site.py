"""A Flask app with the plug-in and nothing else: one template, the addresses of a discussion."""

from collections.abc import Callable
from typing import Any

from flask import Flask, abort, redirect, render_template_string
from flask_babel import Babel
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.wrappers import Response

from comments.extension import Comments

from .host import SECRET, SETTINGS, Clock, SmallHost

PAGE = "<!doctype html><title>{{ slug }}</title><main>{{ comments(slug) }}</main>"


class Compiled(BytecodeCache):
    """Templates are compiled once for all the sites of a run."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


def in_english(app: Flask) -> Babel:
    """The language of the source, so that the tests say what stands in the code."""
    return Babel(app, default_locale="en", configure_jinja=False)


def small_site(
    host: SmallHost, clock: Clock, before: Callable[[Flask], object] = in_english, **seams: Any
) -> Flask:
    """`before` may put on the app what a host had there already; seams go to `Comments`."""
    app = Flask("small_site")
    app.secret_key = SECRET
    app.testing = True
    app.jinja_env.bytecode_cache = COMPILED
    before(app)
    comments = Comments(app, host, clock=clock, **{"settings": SETTINGS, **seams})

    @app.get("/<slug>/")
    @app.get("/<slug>/comments/page/<int:page>/")
    @app.get("/<slug>/comments/<int:branch>/replies/")
    def article(slug: str, page: int = 1, branch: int | None = None) -> Response:
        subject = host.subject(slug)
        if subject is None:
            abort(404)
        return comments.page(slug, subject.title, lambda: render_template_string(PAGE, slug=slug))

    @app.get("/<slug>/comments/<int:comment_id>")
    def permalink(slug: str, comment_id: int) -> Response:
        return redirect(comments.locate(slug, comment_id) or abort(404))

    return app
