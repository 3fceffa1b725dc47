"""Attaches the blog to an app: puts its parts together and hands them out; decides nothing."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from babel import Locale
from flask import Flask
from flask_babel import Babel
from sqlalchemy import Engine, make_url

from . import (
    accounts,
    articles,
    errors,
    feeds,
    headers,
    languages,
    machines,
    pages,
    routing,
    signing,
    studio,
)
from .cards import Masthead
from .cli import group
from .discussion import Catalogue, Comments, Person, beside, language, tune_sqlite
from .guesses import Guesses
from .host import BlogHost
from .models import db
from .rights import Rights
from .settings import Settings
from .site import Site, site

BODY_LIMIT = 2 * 2**20
"""Bytes of a form: the longest article, each of its letters written as twelve."""


def utc_now() -> datetime:
    return datetime.now(UTC)


def database_url(app: Flask, url: str) -> str:
    """A SQLite file is found beside the app, wherever it is started from."""
    parts = make_url(url)
    file = parts.database
    if parts.get_backend_name() != "sqlite" or not file or file == ":memory:":
        return url
    return parts.set(database=str(Path(app.root_path) / file)).render_as_string(False)


def open_database(app: Flask, url: str) -> Engine:
    """The site's one engine; its errors never hold the values of a statement."""
    app.config["SQLALCHEMY_DATABASE_URI"] = database_url(app, url)
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"hide_parameters": True}
    db.init_app(app)
    with app.app_context():
        engine = db.engine
    tune_sqlite(engine)
    return engine


class Texts(Babel):
    """Flask-Babel on the blog's own catalogue."""

    @cached_property
    def domain_instance(self) -> Catalogue:
        return Catalogue(beside(__file__, "translations", "blog"))


class Shown:
    """Which of the house's doors a page shows to who is signed in."""

    def __init__(self, rights: Rights, person: Person | None) -> None:
        self.rights, self.person = rights, person

    @cached_property
    def desk(self) -> bool:
        return self.person is not None and self.rights.desk(self.person)

    @cached_property
    def studio(self) -> bool:
        return self.person is not None and bool(self.rights.units(self.person))


class Blog:
    """The publication on one app: a host for the plug-in, and then, with it, the pages.

    The app's secret_key comes first. `csrf` guards every form but those of blueprints that it exempts.
    """

    def __init__(
        self, app: Flask, settings: Settings, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self.app, self.settings, self.clock = app, settings, clock
        app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = BODY_LIMIT
        self.host = BlogHost(open_database(app, settings.database_url), settings.close_days)
        headers.attach(app, settings)
        self.texts = Texts()
        self.languages: tuple[str, ...] = (settings.language,)
        self.texts.init_app(
            app,
            default_locale=settings.language,
            default_timezone=settings.timezone,
            locale_selector=self.locale,
        )
        self.csrf = signing.attach(app, settings)
        errors.attach(app)
        app.cli.add_command(group)

    def locale(self) -> Locale:
        asked = languages.asked(self.languages, self.settings.choose_language)
        return languages.locale_of(asked)

    def attach(self, comments: Comments, rights: Rights) -> None:
        """Opens the pages; called last, when the plug-in and who decides on rights are there."""
        everything = (self.texts.domain_instance, comments.texts)
        self.languages = languages.spoken(self.settings.language, everything)
        guesses = Guesses(comments.site.brakes, comments.site.keys.digest)
        self.app.extensions["blog"] = Site(
            self.settings, self.host, comments, rights, guesses, self.clock
        )
        routing.attach(self.app)
        for module in (machines, feeds, accounts, studio, pages, articles):
            self.app.register_blueprint(module.blueprint)
        for checks_its_own_form in (studio.blueprint, self.app.blueprints["comments"]):
            self.csrf.exempt(checks_its_own_form)
        self.app.context_processor(self.shared)

    def shared(self) -> dict[str, Any]:
        """What every template of the site knows."""
        person, code = self.host.person(), language()
        offered = self.languages if self.settings.choose_language else ()
        return {
            "site": Masthead(self.settings.title, self.settings.tagline, self.settings.root),
            "person": person,
            "rights": Shown(site().rights, person),
            "lang": code,
            # what is written here is in the site's own language, whichever the page speaks
            "own_lang": self.settings.language if code != self.settings.language else "",
            "languages": [(one, languages.name_of(one)) for one in offered if one != code],
        }
