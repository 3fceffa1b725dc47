"""Brings the database up to date and fills it where it is empty; a program of its own, run by `start`."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from flask_security.utils import hash_password
from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app import site_of
from blog import actions
from blog.actions import Account
from blog.cli import new_password, new_uniquifier
from blog.models import User, db
from comments import migrate
from comments.database import writing
from comments.keys import BadKey
from comments.settings import SettingError
from moderation.units.actions import set_member, set_unit
from moderation.units.models import Unit

from . import interruption, prepared
from .choices import choices
from .world.load import Accounts, NotEmpty, load

ADMIN = ("admin@weerwoord.example", "Eindredactie")
HUB = ("centraal", "Centrale redactie")


def main() -> int:
    """0 when the site can start, 2 when its settings do not fit, 1 for everything else."""
    interruption.becomes_an_exception()
    try:
        app = site_of(os.environ)
        accounts = made_ready(app, choices(os.environ).demo, datetime.now(UTC))
    except (SettingError, BadKey) as error:
        return refused(str(error), 2)
    except SQLAlchemyError as error:
        return refused(f"the database cannot be used ({type(error).__name__})", 1)
    except KeyboardInterrupt:
        return 130
    if accounts:
        print(told(accounts, os.environ["WEERWOORD_SITE_URL"]), flush=True)
    note(app)
    return 0


def made_ready(app: Flask, demo: bool, now: datetime) -> Accounts:
    """The accounts that were made, with their passwords: nobody can read those again."""
    migrate.upgrade(engine_of(app), "blog")
    if demo:
        try:
            return load(app, os.environ.get("WEERWOORD_DEMO_PASSWORD"), now)
        except NotEmpty:
            pass
    with app.app_context():
        return [] if has_admin() else [first_admin(engine_of(app), now)]


def engine_of(app: Flask) -> Engine:
    found: Engine = app.extensions["comments"].site.engine
    return found


def has_admin() -> bool:
    return db.session.scalar(select(User.id).where(User.admin).limit(1)) is not None


def first_admin(engine: Engine, now: datetime) -> tuple[str, str]:
    """Somebody who may do everything, the central desk included."""
    (email, name), password = ADMIN, new_password()
    account = Account(email, name, hash_password(password), new_uniquifier(), admin=True)
    user = actions.add_user(db.session, account, now)
    with writing(engine) as session:
        set_member(session, str(user.id), hub(session), "lead")
    return email, password


def hub(session: Session) -> str:
    """Key of the unit in the middle."""
    found = session.scalar(select(Unit.key).where(Unit.kind == "hub"))
    return found or set_unit(session, *HUB, "hub").key


def told(accounts: Accounts, site_url: str) -> str:
    width = max(len(email) for email, _ in accounts)
    rows = "\n".join(f"    {email:<{width}}  {password}" for email, password in accounts)
    return (
        f"\nThe site is filled. Sign in at {site_url}/login; these passwords are shown once:\n"
        f"\n{rows}\n"
    )


def note(app: Flask) -> None:
    """So that the next start need not look."""
    url = engine_of(app).url
    if url.get_backend_name() == "sqlite" and url.database:
        mark = prepared.fingerprint(Path(app.root_path), os.environ)
        prepared.keep(Path(app.instance_path) / "prepared.json", mark, url.database)


def refused(why: str, status: int) -> int:
    print(why, file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
