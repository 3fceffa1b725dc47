"""The strategy blog with its discussions and their moderation: the only file that knows all the parts."""

import os
from collections.abc import Mapping
from pathlib import Path

import click
from flask import Flask
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

import blog.settings
import comments.settings
import moderation.settings
from blog.extension import Blog
from blog.models import db
from comments.extension import Comments
from comments.keys import BadKey
from comments.mailing.settings import MailSettings
from comments.settings import SettingError, lines_as_environment, read, refuse_unknown
from moderation.extension import Moderation

ROOT = Path(__file__).parent
DEVELOPMENT = ROOT / "instance" / "secrets.env"
"""Keys that `make run` made for this checkout; what the environment says goes before them."""
GROUPS = {
    "BLOG_": blog.settings.Settings,
    "COMMENTS_": comments.settings.Settings,
    "MODERATION_": moderation.settings.Settings,
}


def create_app() -> Flask:
    """The site of this process's environment; where that does not fit, one line and status 2."""
    kept = DEVELOPMENT.read_text("utf-8") if DEVELOPMENT.exists() else ""
    try:
        return site_of({**lines_as_environment(kept), **os.environ})
    except (SettingError, BadKey) as error:
        raise click.UsageError(str(error)) from None


def site_of(environ: Mapping[str, str]) -> Flask:
    """The whole site, made from an environment; raises SettingError or BadKey where it does not fit."""
    refuse_unknown(environ, GROUPS)
    site = read(blog.settings.Settings, environ, "BLOG_")
    if not site.secret_key:
        raise SettingError("WEERWOORD_SECRET_KEY is not set; it signs sessions and tokens")

    app = Flask(__name__, static_folder="blog/static", static_url_path="/static")
    app.secret_key = site.secret_key
    Path(app.instance_path).mkdir(exist_ok=True)
    journal = Blog(app, site)
    Migrate(app, db, directory=str(ROOT / "migrations"))

    desk = Moderation(
        read(moderation.settings.Settings, environ, "MODERATION_"),
        site.site_url,
        base_template="base.html",
    )
    discussion = Comments(
        app,
        journal.host,
        settings=read(comments.settings.Settings, environ, "COMMENTS_"),
        **desk.seams(),
        base_template="base.html",
        contact=site.contact,
        site_url=site.site_url,
        mail=MailSettings(site.mail_url, site.mail_from, site.title),
        queue_file=Path(app.instance_path) / "queue.db",
        redis_url=site.redis_url,
        tables=(db.metadata,),
        branches=("blog",),
    )
    desk.attach(app, discussion)
    journal.attach(discussion, desk.rights)

    if site.proxy_hops:
        hops = site.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]
    return app
