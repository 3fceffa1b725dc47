"""Attaches moderation to an app that has the plug-in `comments`; puts its parts together, decides nothing."""

from . import neighbour  # noqa: F401 - first: it says so when another `comments` is in the way

# isort: split
from collections.abc import Callable
from urllib.parse import quote

from flask import Flask, url_for

from comments.extension import Comments
from comments.host import Person, Subject
from comments.site import Beforehand, Filled, PrivacyRow, Site
from comments.texts import beside, catalogue, t, tn

from .cli import group
from .columns import COLUMNS
from .desk import discussions, routes
from .desk.waiting import usual_wait
from .screening.actions import forget
from .screening.akismet import Akismet, Off, SpamService
from .screening.asking import Asking
from .screening.doctor import Doctor
from .screening.gather import Gathering
from .screening.pipeline import screen
from .screening.queries import kept_of
from .screening.wording import WORDINGS
from .settings import Settings
from .site import Desk
from .units.permissions import Act
from .units.queries import house
from .units.rights import Rights


def login_at(path: str) -> str:
    return f"/login?next={quote(path)}"


class Moderation:
    """The desk and the screening of one site.

    First its `seams` go into `Comments`, then `attach` adds its own addresses to the app.
    """

    def __init__(
        self,
        settings: Settings,
        site_url: str,
        *,
        service: SpamService | None = None,
        base_template: str = "moderation/base.html",
        login_url: Callable[[str], str] = login_at,
    ) -> None:
        self.settings = settings
        self.service = service or service_for(settings, site_url)
        self.base_template, self.login_url = base_template, login_url
        self.asking = Asking(self.site, self.service, settings, site_url)
        self.gathering = Gathering(self.site, settings)
        self.rights = Rights(self.site)
        self.desk: Desk | None = None

    def site(self) -> Site:
        if self.desk is None:
            raise RuntimeError("attach moderation to the app first")
        return self.desk.site

    def seams(self) -> Filled:
        """What moderation fills in of the plug-in: `Comments(app, host, **moderation.seams())`."""
        return Filled(
            screen=screen,
            gather=self.gathering,
            handlers=self.asking.handlers(),
            wordings=WORDINGS,
            guideline=self.guideline,
            beforehand=self.beforehand,
            usual_wait=usual_wait,
            spam_check=self.spam_check,
            privacy_rows=self.privacy_rows,
            columns=COLUMNS,
            house=house,
            erase=forget,
            export=kept_of,
            manage=self.manage,
        )

    def attach(self, app: Flask, comments: Comments) -> None:
        self.desk = Desk(
            comments.site, self.settings, self.service, self.base_template, self.login_url
        )
        catalogue.add(beside(__file__, "translations", "moderation"))
        app.extensions["moderation"] = self
        comments.doctor_checks.append(Doctor(self.site, self.service, self.settings))
        for blueprint in (routes.blueprint, discussions.blueprint):
            app.register_blueprint(blueprint)
            if "csrf" in app.extensions:  # the guard asks for the same token, and answers kindly
                app.extensions["csrf"].exempt(blueprint)
        app.cli.add_command(group)

    def manage(self, person: Person, subject: Subject) -> str:
        """Where this person holds a discussion, if he decides on its comments."""
        if not self.rights.may(person, Act.DECIDE, subject.unit_key, subject.author_key):
            return ""
        return url_for("moderation_discussions.discussion", key=subject.key)

    def guideline(self) -> str:
        usual = t("Stay with the subject, be kind to each other, and disagree with reasons.")
        return self.settings.guideline or usual

    def beforehand(self) -> Beforehand:
        """What the row will say, as far as it can be told without the text."""
        links = self.settings.links_held
        return Beforehand(
            waits=t("One of us reads your comment before it appears."),
            links=links,
            links_wait=tn(
                "A comment with %(num)s link or more waits for a person.",
                "A comment with %(num)s links or more waits for a person.",
                links,
            ),
        )

    def spam_check(self) -> str:
        """The sentence under the form: which check of spam is in force here."""
        if self.settings.asks_akismet:
            return t("This site uses Akismet to reduce spam.")
        return t("Spam is kept out by our own rules and by people; no other party is asked.")

    def privacy_rows(self) -> list[PrivacyRow]:
        if not self.settings.asks_akismet:
            return []
        return [
            PrivacyRow(
                t(
                    "Your name, website and text, the network that you wrote from and your "
                    "browser’s name; never your e-mail address"
                ),
                t("Akismet judges from them whether it is spam"),
                t("As Akismet’s own terms say"),
                t("Akismet (Automattic)"),
            )
        ]


def service_for(settings: Settings, site_url: str) -> SpamService:
    if settings.asks_akismet:
        return Akismet(settings.akismet_key, site_url, settings.akismet_url)
    return Off()
