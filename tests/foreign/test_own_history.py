"""Two histories on one database: the site's own, and the plug-in's with a version table of its own."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.util import CommandError
from sqlalchemy import inspect

from .conftest import Site

OWN = {"alembic_version", "book", "comment", "user"}

ONE_METADATA = """
import sys
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
import comments.models
import comments.schema
from comments import migrate

class Base(DeclarativeBase):
    metadata = comments.schema.Base.metadata

class Comment(Base):
    __tablename__ = "comment"
    id: Mapped[int] = mapped_column(primary_key=True)

def not_of_the_plug_in(thing, name, kind, reflected, compare_to):
    return kind != "table" or not name.startswith("ww_")

db = SQLAlchemy(model_class=Base)
app = Flask("one")
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///" + sys.argv[1]
db.init_app(app)
with app.app_context():
    migrate.upgrade(db.engine)
    with db.engine.connect() as connection:
        options = {"include_object": not_of_the_plug_in}
        context = MigrationContext.configure(connection, opts=options)
        for what, table, *rest in compare_metadata(context, db.metadata):
            print(what, table.name)
    db.engine.dispose()
"""


def tables(site: Site) -> set[str]:
    return set(inspect(site.engine).get_table_names())


def test_the_plug_in_makes_only_tables_of_its_own_name(bare: Site) -> None:
    bare.attach().run("comments", "upgrade")
    assert tables(bare)
    assert {name for name in tables(bare) if not name.startswith("ww_")} == set()


@pytest.mark.parametrize("first", ["db", "comments"])
def test_the_two_histories_run_in_either_order(bare: Site, first: str) -> None:
    bare.attach()
    for group in (first, *({"db", "comments"} - {first})):
        bare.run(group, "upgrade")
    assert tables(bare) >= OWN | {"ww_comment", "ww_unit", "ww_alembic_version"}


def test_running_it_again_changes_nothing(site: Site) -> None:
    before = tables(site)
    site.run("comments", "upgrade")
    assert tables(site) == before


def test_the_sites_history_proposes_nothing_about_the_plug_ins_tables(site: Site) -> None:
    site.run("db", "check")


def test_without_the_filter_it_would_drop_them(site: Site) -> None:
    migrate = site.app.extensions["migrate"]
    del migrate.configure_args["include_name"]
    with site.app.app_context(), pytest.raises(CommandError, match=r"remove_table.*ww_comment"):
        command.check(migrate.migrate.get_config())


def test_the_sites_history_can_go_back_without_the_plug_ins_tables(site: Site) -> None:
    site.run("db", "downgrade", "base")
    assert "comment" not in tables(site)
    assert "ww_comment" in tables(site)


def test_a_site_may_keep_all_tables_in_one_metadata(tmp_path: Path) -> None:
    """In a process of its own: the table would stay in the metadata of all other tests."""
    command = [sys.executable, "-W", "error", "-c", ONE_METADATA, str(tmp_path / "one.db")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["add_table comment"]
