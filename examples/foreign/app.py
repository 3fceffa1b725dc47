"""The whole: the library's site, its database, and the plug-in attached to it."""

import os
from collections.abc import Mapping
from pathlib import Path

from flask import Flask
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from sqlalchemy import Engine

from .attach import attach
from .models import db
from .site import pages

HISTORY = Path(__file__).parent / "migrations"


def create_app(environ: Mapping[str, str] = os.environ) -> Flask:
    """Needs SECRET_KEY and DATABASE_URL, and of the plug-in WEERWOORD_DATA_KEYS and _LOOKUP_KEY."""
    app = Flask(__name__, instance_path=environ.get("INSTANCE"))
    attach(app, library(app, environ), environ)
    return app


def library(app: Flask, environ: Mapping[str, str]) -> Engine:
    Path(app.instance_path).mkdir(parents=True, exist_ok=True)
    app.secret_key = environ["SECRET_KEY"]
    app.config["SQLALCHEMY_DATABASE_URI"] = environ["DATABASE_URL"]
    CSRFProtect(app)
    db.init_app(app)
    Migrate(app, db, directory=str(HISTORY), include_name=not_of_the_plug_in)
    app.register_blueprint(pages)
    with app.app_context():
        return db.engine


def not_of_the_plug_in(name: str | None, kind: str, parents: object) -> bool:
    """Keeps the library's own history from dropping tables that it does not know."""
    return kind != "table" or not (name or "").startswith("ww_")
