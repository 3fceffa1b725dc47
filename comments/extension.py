"""Attaches the plug-in to an app: puts its parts together and hands them out; decides nothing."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Unpack
from zoneinfo import ZoneInfo

from flask import Flask, Response
from flask_babel import Babel
from markupsafe import Markup
from sqlalchemy import MetaData
from sqlalchemy.orm import Session

from . import brakes, feeds, imports, keys, newest, outbox, queries, routes, show, view, worker
from .atom import Feed
from .avatar import avatar, seed_of
from .cache import Versions
from .cli import group
from .database import prepare, reading, writing
from .editing import routes as editing
from .facts import Mode
from .following import routes as following_routes
from .following import sending as following
from .host import Host, Subject
from .imports import Brought, Imported
from .keeping import clock
from .keeping import routes as keeping
from .mailing.letters import Letters
from .mailing.mail import PostRoom, post_for
from .mailing.settings import MailSettings
from .me import asking as own_page_letter
from .me import moving
from .me import routes as own_page
from .outbox import Handler
from .proof import asking
from .proof import routes as confirming
from .reading import routes as reading_routes
from .reporting import routes as reporting
from .reporting import sending as reports
from .settings import SettingError, Settings
from .site import Filled, Seams, Site, utc_now
from .steering.actions import set_mode
from .steering.queries import mode_of
from .storing import touch, touch_gone
from .texts import Catalogue, catalogue, t, tn
from .thread import Placed
from .tokens import Tokens
from .upkeep import ops
from .upkeep.doctor import Examine
from .useful import jobs as votes
from .useful import routes as useful_routes
from .when import when
from .worker import Asleep, Waker, Worker

BLUEPRINTS = (
    routes.blueprint,
    editing.blueprint,
    keeping.blueprint,
    reading_routes.blueprint,
    useful_routes.blueprint,
    reporting.blueprint,
    confirming.blueprint,
    own_page.blueprint,
    following_routes.blueprint,
)


def own_handlers(site: Site) -> dict[str, Handler]:
    """The outbox handlers of the plug-in itself, by kind."""
    return {
        clock.JOB: lambda task, now: clock.strike(site, task, now),
        **reports.handlers(site),
        asking.KIND: lambda task, now: asking.mail_confirm(site, task, now),
        own_page_letter.KIND: lambda task, now: own_page_letter.mail_me(site, task, now),
        moving.KIND: lambda task, now: moving.mail_move(site, task, now),
        **votes.handlers(site),
        **following.handlers(site),
    }


class Comments:
    """The plug-in on one app. `host` gives subjects and people; every other seam has a default.

    Without `queue_file` or `redis_url` nobody wakes a worker. `site_url` is the address at which
    readers find the site; without it what leaves it (feeds) names the one that a request came to.
    `tables` and `branches` are the host's own, for backup and doctor; `doctor_checks` takes more,
    and so does `handlers`. Without `mail` nothing is offered that needs it.
    """

    def __init__(
        self,
        app: Flask,
        host: Host,
        *,
        settings: Settings,
        base_template: str = "comments/base.html",
        privacy_url: str = "/privacy",
        contact: str = "",
        site_url: str = "",
        mail: MailSettings | None = None,
        queue_file: Path | None = None,
        redis_url: str = "",
        tables: Sequence[MetaData] = (),
        branches: Sequence[str] = (),
        clock: Callable[[], datetime] = utc_now,
        **seams: Unpack[Filled],
    ) -> None:
        self.worker = self.worker_at(queue_file, redis_url)
        self.tables, self.branches = tables, branches
        self.site = Site(
            host=host,
            settings=settings,
            seams=Seams(**seams),
            tokens=tokens_of(app),
            keys=keys.parse(settings.data_keys, settings.lookup_key),
            brakes=brakes.brakes_on(host.engine, redis_url, lambda: clock().timestamp()),
            waker=self.worker or Asleep(),
            base_template=base_template,
            privacy_url=privacy_url,
            contact=contact,
            clock=clock,
            versions=Versions(host.engine),
            site_url=site_url,
            post=post_room(app, site_url, mail) if mail else None,
            zone=lambda: ZoneInfo(app.extensions["babel"].default_timezone),
        )
        self.attach(app)

    def attach(self, app: Flask) -> None:
        prepare(self.site.engine)
        app.extensions["comments"] = self
        self.handlers: dict[str, Handler] = {**own_handlers(self.site), **self.site.seams.handlers}
        self.doctor_checks: list[Examine] = []
        if "babel" not in app.extensions:
            Babel(
                app, default_locale="nl", default_timezone="Europe/Amsterdam", configure_jinja=False
            )
        for blueprint in BLUEPRINTS:
            app.register_blueprint(blueprint)
            if "csrf" in app.extensions:  # the forms have tokens of their own
                app.extensions["csrf"].exempt(blueprint)
        app.cli.add_command(group)
        app.cli.add_command(ops.group)
        app.jinja_env.globals.update(
            t=t, tn=tn, comments=self.render, comments_base=self.site.base_template
        )
        app.jinja_env.filters["when"] = when

    def worker_at(self, queue_file: Path | None, redis_url: str) -> Worker | None:
        if queue_file is None and not redis_url:
            return None
        return Worker(worker.huey_at(str(queue_file), redis_url), self.run_due, self.sweep)

    @property
    def texts(self) -> Catalogue:
        """The plug-in's own texts, and those of a package that fills its seams."""
        return catalogue

    def run_due(self) -> int:
        """Runs what the outbox owes by now; the number of tasks run."""
        return outbox.run_due(self.site.engine, self.handlers, self.site.clock)

    def sweep(self) -> None:
        clock.wind(self.site, self.site.clock())
        self.run_due()
        brakes.forget_ended(self.site.engine, self.site.clock().timestamp())

    @property
    def waker(self) -> Waker:
        return self.site.waker

    def render(self, key: str, subject: Subject | None = None) -> Markup:
        """The discussion under a subject, for a template: `{{ comments("article-slug") }}`.

        A host that has the subject at hand may give it, and is not asked for it again.
        """
        return show.placed(self.site, key, subject).html

    def placed(self, key: str, subject: Subject | None = None) -> Placed:
        """The same, with what the page that it is put into may say of itself in its head."""
        return show.placed(self.site, key, subject)

    def page(self, key: str, stamp: str, make: Callable[[], str]) -> Response:
        """A whole page that holds a discussion, from the cache; see `show.page`."""
        return show.page(self.site, key, stamp, make)

    def feed(self, key: str) -> Response:
        """The feed of a discussion, for a host that has an address of its own for it."""
        return feeds.of_discussion(self.site, key)

    def feed_of(self, name: str, mark: str, make: Callable[[], Feed]) -> Response:
        """A feed of something else of the host's; see `feeds.answer`."""
        return feeds.answer(self.site, name, mark, make)

    def counts(self, subject_keys: Collection[str]) -> Mapping[str, int]:
        """Approved comments of people under each of these subjects."""
        with reading(self.site.engine) as session:
            found = queries.counts_of(session, subject_keys)
        return {key: found.get(key, 0) for key in subject_keys}

    def last_grown(self) -> Mapping[str, datetime]:
        """When the newest comment under each subject became public; subjects without are left out."""
        with reading(self.site.engine) as session:
            return newest.last_grown(session)

    def picture(self, person_key: str) -> Markup:
        """The picture that stands beside what this person says, for other places on the site."""
        drawn = avatar(seed_of(self.site.keys.raw("avatar", person_key)))
        return Markup(drawn)  # noqa: S704 - drawn by us

    def locate(self, key: str, comment_id: int) -> str | None:
        """The address at which a comment, or an imported comment's old id, is to be read."""
        subject = self.site.host.subject(key)
        if subject is None:
            return None
        with reading(self.site.engine) as session:
            order = show.order(self.site)
            return view.address(session, subject, comment_id, self.site.settings, order)

    def bring(self, session: Session, subject: Subject, items: Sequence[Imported]) -> Brought:
        """Adds comments from elsewhere, as a part of the caller's transaction; see `imports`."""
        return imports.bring(session, subject, items, self.site.keys, self.site.settings)

    def mode(self, key: str) -> Mode:
        """How the discussion under a subject is held; as usual where nobody has said anything yet."""
        with reading(self.site.engine) as session:
            return mode_of(session, key)

    def set_mode(self, subject: Subject, mode: Mode, person_key: str) -> bool:
        """Holds it like this from now on, in this person's name; false where it was so. Rights are the host's."""
        with writing(self.site.engine) as session:
            return set_mode(session, subject, mode, person_key, self.site.clock())

    def touch(self, key: str) -> None:
        """To be called when the host changed a subject or took it away: what shows it is made anew."""
        subject = self.site.host.subject(key)
        with writing(self.site.engine) as session:
            if subject is not None:
                touch(session, subject)
            else:
                touch_gone(session, key)


def tokens_of(app: Flask) -> Tokens:
    if not app.secret_key:
        raise ValueError("Comments needs the app's secret_key to sign its tokens")
    return Tokens(str(app.secret_key))


def post_room(app: Flask, site_url: str, mail: MailSettings) -> PostRoom:
    """Raises SettingError where the settings do not fit."""
    if not site_url:
        raise SettingError("mail needs the site's address: letters have links to it")
    road = post_for(mail, Path(app.instance_path) / "mail")
    return PostRoom(road, Letters(app, site_url, mail.site_name))
