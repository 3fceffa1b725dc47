"""A whole site in a folder of its own, for the benchmarks."""

import os
from collections.abc import Mapping
from pathlib import Path

from flask import Flask

from app import site_of
from comments import migrate
from comments.keys import fresh

LIMITS_OFF = {"WEERWOORD_MODERATION_ACCEPTED_PER_TEN_MINUTES": "1000000000"}


def environ_for(folder: Path) -> dict[str, str]:
    return {
        "WEERWOORD_SECRET_KEY": "only for the benchmark",
        "WEERWOORD_LOOKUP_KEY": "only for the benchmark",
        "WEERWOORD_DATA_KEYS": fresh(bytes(32)),
        "WEERWOORD_DATABASE_URL": f"sqlite:///{folder}/bench.db",
        **LIMITS_OFF,
    }


def made(environ: Mapping[str, str]) -> Flask:
    """The app on a database that has its tables."""
    app = site_of({**environ})
    with app.app_context():
        migrate.upgrade(app.extensions["comments"].site.engine, "blog")
    return app


def without_our_settings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("WEERWOORD_")}
