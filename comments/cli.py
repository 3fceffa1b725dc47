"""`flask comments …`: migrations for a host, and text to HTML for scripts."""

import json
import sys
from collections.abc import Iterator, Sequence

import click
from flask import current_app
from flask.cli import AppGroup

from . import migrate, queries, rendering
from .database import reading, writing
from .keeping import clock
from .routes import site
from .writing import markup

BATCH = 200
group = AppGroup("comments", help="The discussion plug-in.")


@group.command()
def upgrade() -> None:
    """Bring the plug-in's tables, and those that the site keeps with them, up to date."""
    migrate.upgrade(site().engine, *current_app.extensions["comments"].branches)
    click.echo("The tables are up to date.")


@group.command()
def render() -> None:
    """A JSON list of texts on standard input becomes a JSON list of HTML; null where one is refused."""
    try:
        texts = json.load(sys.stdin)
    except (ValueError, RecursionError) as error:
        raise click.ClickException(f"standard input is no JSON: {error}") from None
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise click.ClickException("standard input must be a JSON list of texts")
    click.echo(json.dumps([html_or_none(text) for text in texts], ensure_ascii=True))


def html_or_none(text: str) -> str | None:
    try:
        return markup.render(text, limit=site().settings.text_limit).html
    except markup.Refused:
        return None


@group.command()
@click.option("--dry-run", is_flag=True, help="Say what would change, change nothing.")
def render_again(dry_run: bool) -> None:
    """Make the HTML of every comment anew from its source."""
    with reading(site().engine) as session:
        ids = queries.all_ids(session)
    changed, refused = 0, 0
    with click.progressbar(list(batches(ids)), label="Rendering", file=sys.stderr) as portions:
        for portion in portions:
            with writing(site().engine) as session:
                done, failed = rendering.render_again(session, portion, site().settings, dry_run)
            changed, refused = changed + done, refused + failed
    verb = "would change" if dry_run else "changed"
    click.echo(
        f"{len(ids)} comments: {changed} {verb}, {refused} kept because they are refused now."
    )


def batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


@group.command()
@click.option("--dry-run", is_flag=True, help="Say what would go, let nothing go.")
def forget(dry_run: bool) -> None:
    """Let go of what is past its time, as the worker does once a day."""
    now = site().clock()
    due = clock.due(site(), now)
    if not dry_run:
        total = sum(due.values())
        with click.progressbar(length=total, label="Forgetting", file=sys.stderr) as bar:
            clock.run(site(), now, lambda kind, number: bar.update(number))
    done = "would go" if dry_run else "went"
    for kind, number in due.items():
        click.echo(f"{kind.value}: {number:,} {done}")
