"""`flask ops …`: the background worker, a look at settings and services, the log, backup and restore."""

import json
import os
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from threading import Thread
from typing import Protocol, TypeVar

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import MetaData, Table

from .. import chain, queries
from ..site import Site
from ..tables import metadata
from ..worker import Worker
from . import backup, doctor, health, portable, restore
from .backup import Contents, Step, Unusable
from .doctor import Check, Examine, Status
from .portable import PORTION, NotPortable

T = TypeVar("T")
group = AppGroup("ops", help="Background work, checks, backup.")


class Attached(Protocol):
    """The plug-in on this app, as far as operations go."""

    site: Site
    worker: Worker | None
    tables: Sequence[MetaData]
    branches: Sequence[str]
    doctor_checks: list[Examine]


def attached() -> Attached:
    found: Attached = current_app.extensions["comments"]
    return found


@group.command()
def worker() -> None:
    """Run what is owed to the outside, until SIGTERM or SIGINT."""
    found = attached().worker
    if found is None:
        raise click.ClickException("no queue is configured for this site: there is nothing to run")
    end_gracefully_on_sigterm()
    found.work()


def end_gracefully_on_sigterm() -> None:
    """Huey lets a task end on SIGINT alone, and a supervisor sends SIGTERM."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    Thread(target=pass_on_sigterm, daemon=True).start()


def pass_on_sigterm() -> None:
    signal.sigwait({signal.SIGTERM})
    os.kill(os.getpid(), signal.SIGINT)


@group.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def look(as_json: bool) -> None:
    """Check settings and services; status 1 when something is bad."""
    checks = list(all_checks(attached()))
    if as_json:
        click.echo(json.dumps([asdict(check) for check in checks], indent=2))
    else:
        width = max(len(check.name) for check in checks)
        for check in checks:
            click.echo(f"{check.status:<4}  {check.name:<{width}}  {check.says}")
    if any(check.status is Status.BAD for check in checks):
        raise SystemExit(1)


def all_checks(found: Attached) -> Iterator[Check]:
    folder = Path(current_app.instance_path)
    own = doctor.examinations(found.site, folder, found.worker is not None, found.branches)
    for name, examine in [*own.items(), *(("more", more) for more in found.doctor_checks)]:
        yield from doctor.examined(name, examine)


@group.command()
def verify_log() -> None:
    """Check the whole chain of decisions; status 1 with the first row that does not hold."""
    with health.one_moment(attached().site.engine) as session:
        head = queries.chain_head(session)
        with progress("Checking the log", head[0]) as step:
            broken = chain.verify(counted(health.chain_rows(session), step), head)
    if broken:
        raise click.ClickException(f"row {broken.seq} of the log: {broken.why}")
    click.echo(f"The log holds: {head[0]:,} rows.")


def counted(rows: Iterable[T], step: Step) -> Iterator[T]:
    for row in rows:
        yield row
        step(1)


@contextmanager
def progress(label: str, length: int) -> Iterator[Step]:
    bar = click.progressbar(length=length, label=label, file=sys.stderr, update_min_steps=PORTION)
    with bar:
        yield bar.update


@group.command("backup")
@click.argument("path", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
def back_up(path: Path) -> None:
    """Write all tables, as they are at one moment, into one file."""
    site, tables = attached().site, current_tables()
    with refusing(), progress("Backing up", backup.lines_in(site.engine, tables)) as step:
        sha256 = backup.write(site.engine, tables, path, site.clock(), step)
    click.echo(f"{path}: {path.stat().st_size:,} bytes, content {sha256}")
    click.echo(
        "No key is in it. Without WEERWOORD_DATA_KEYS no e-mail address in it can be read again, "
        "without WEERWOORD_LOOKUP_KEY none can be found: keep both in another place."
    )


@group.command("restore")
@click.argument(
    "path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--dry-run", is_flag=True, help="Check the file and the database, change nothing.")
def put_back(path: Path, dry_run: bool) -> None:
    """Fill an empty database from a backup; all of it or nothing."""
    engine, tables = attached().site.engine, current_tables()
    with refusing():
        found = looked_through(path)
        restore.refuse_unfit(engine, tables, found)
        if not dry_run:
            with progress("Restoring", 2 * found.lines) as step:
                restore.restore(engine, tables, path, found, step)
    done = "would be restored" if dry_run else "are restored"
    click.echo(f"{found.rows:,} rows of {len(found.tables)} tables {done}, as of {found.made_at}.")
    click.echo("The keys are not in the file: this site needs those under which it was written.")


def current_tables() -> list[Table]:
    """All tables of the site, if the database is where the code's migrations end."""
    found = attached()
    try:
        missing = health.unapplied(found.site.engine, found.branches)
    except health.Newer:
        raise click.ClickException("the database is of a newer version than this code") from None
    if missing:
        raise click.ClickException(f"the database lacks migrations: {', '.join(missing)}")
    return portable.all_tables([metadata, *found.tables])


@contextmanager
def refusing() -> Iterator[None]:
    """What stands in the way becomes one line."""
    try:
        yield
    except (Unusable, NotPortable) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from None


def looked_through(path: Path) -> Contents:
    with progress("Checking the file", backup.lines_told(path)) as step:
        return backup.inspect(path, step)
