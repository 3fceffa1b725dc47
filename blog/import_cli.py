"""`flask blog import`: an export of another system becomes articles and discussions here."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from .discussion import ids_given, writing
from .importing import Importing
from .report import Report
from .routing import reserved
from .site import site
from .wordpress.file import ExportFile, open_export
from .wordpress.records import BrokenExport, Record
from .wordpress.wxr import read_export

STEP = 65_536


class Rehearsed(Exception):
    """A dry run ends by taking everything back."""


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--unit", "unit_key", default="", help="Key of the unit that the articles belong to.")
@click.option("--dry-run", is_flag=True, help="Say what would be added, change nothing.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@with_appcontext
def import_command(files: tuple[Path, ...], unit_key: str, dry_run: bool, as_json: bool) -> None:
    """Bring WordPress exports in (.xml, .gz or .zip): all of a file, or nothing of it."""
    reports = [imported(path, unit_key, dry_run) for path in files]
    if as_json:
        click.echo(json.dumps([report.as_data() for report in reports], ensure_ascii=False))
        return
    for report in reports:
        click.echo("\n".join(report.lines()))
    if dry_run:
        click.echo("This was a dry run: nothing was changed.")


def imported(path: Path, unit_key: str, dry_run: bool) -> Report:
    report = Report(path.name)
    try:
        with open_export(path) as file, writing(site().host.engine) as session:
            bring(session, file, report, unit_key)
            if dry_run:
                raise Rehearsed
    except Rehearsed:
        return report
    except BrokenExport as error:
        raise click.ClickException(f"{path}: {error}. Nothing of this file was taken.") from None
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror or error}") from None
    return report


def bring(session: Session, file: ExportFile, report: Report, unit_key: str) -> None:
    importing = Importing(
        session,
        site().comments,
        reserved(current_app._get_current_object()),  # type: ignore[attr-defined]
        unit_key,
        site().clock(),
        report,
    )
    for record in with_progress(file, report.file):
        importing.take(record)
    ids_given(session)


def with_progress(file: ExportFile, name: str) -> Iterator[Record]:
    """The records, with a bar on standard error that follows the bytes read."""
    with click.progressbar(length=max(file.size, 1), label=name, file=sys.stderr) as bar:
        shown = 0
        for record in read_export(file):
            yield record
            if file.bytes_read - shown >= STEP:
                bar.update(file.bytes_read - shown)
                shown = file.bytes_read
        bar.update(max(file.size - shown, 0))
