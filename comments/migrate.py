"""The plug-in's own migrations: the branches `comments` and `moderation`, with a version table of their own."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from .texts import beside

VERSION_TABLE = "ww_alembic_version"
BRANCHES = ("comments", "moderation")


def folder() -> Path:
    """Where env.py and the branches lie: in the wheel within the package, else at the top."""
    return beside(__file__, "migrations", "")


def config(engine: Engine, *more: str) -> Config:
    """Alembic's configuration for the plug-in's branches, and `more` of them in a checkout."""
    made = Config()
    made.set_main_option("script_location", str(folder()))
    made.set_main_option("path_separator", "newline")
    places = [str(folder() / branch) for branch in (*BRANCHES, *more)]
    made.set_main_option("version_locations", "\n".join(p for p in places if Path(p).exists()))
    made.attributes["engine"] = engine
    return made


def upgrade(engine: Engine, *more: str) -> None:
    """Brings every branch to its head; what is there already stays."""
    command.upgrade(config(engine, *more), "heads")


def behind(engine: Engine, *more: str) -> set[str]:
    """Heads that the database has not reached, by itself or as what another one depends on."""
    scripts = ScriptDirectory.from_config(config(engine, *more))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        reached = {
            script.revision for script in scripts.get_all_current(context.get_current_heads())
        }
    return set(scripts.get_heads()) - reached
