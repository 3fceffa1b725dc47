"""`flask moderation …`: units, members and rules from the terminal, and asking Akismet again."""

import sys

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import NoResultFound

from comments.database import reading, writing
from comments.models import Comment
from comments.outbox import forget
from comments.schema import ID_LIMIT
from comments.storing import Owed, owing

from .screening import actions as screening
from .screening import queries
from .screening.checks import ASK_AKISMET
from .screening.rules import KINDS, BadPattern
from .site import Desk
from .units import actions as units
from .units.queries import unit_names

AT_ONCE = 10_000
group = AppGroup("moderation", help="Units, members, rules and checks.")


def desk() -> Desk:
    found: Desk = current_app.extensions["moderation"].desk
    return found


@group.command()
@click.argument("key")
@click.argument("name")
@click.option("--kind", type=click.Choice(["hub", "spoke"]), help="A new one is a spoke.")
@click.option("--parent", default="", help="Key of the unit that it belongs to.")
def unit(key: str, name: str, kind: str | None, parent: str) -> None:
    """Make or rename a unit."""
    try:
        with writing(desk().site.engine) as session:
            row = units.set_unit(session, key, name, kind or "", parent)
    except NoResultFound:
        raise click.ClickException(f"there is no unit {parent}") from None
    click.echo(f"{name} ({key}) is a {row.kind}.")


@group.command()
@click.argument("person_key")
@click.argument("unit_key")
@click.option("--role", type=click.Choice(["author", "moderator", "lead"]), default="moderator")
@click.option(
    "--represents", default="", help="Key of the unit that a member of the hub stands for."
)
def member(person_key: str, unit_key: str, role: str, represents: str) -> None:
    """Give a person (the host's key) a role in a unit."""
    try:
        with writing(desk().site.engine) as session:
            units.set_member(session, person_key, unit_key, role, represents)
    except NoResultFound:
        raise click.ClickException("there is no such unit") from None
    click.echo(f"{person_key} is {role} in {unit_key}.")


@group.command()
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("pattern")
@click.option("--outcome", type=click.Choice(["hold", "spam"]), default="hold")
@click.option(
    "--unit", "unit_key", default="", help="Key of the unit it holds for; all if left out."
)
def rule(kind: str, pattern: str, outcome: str, unit_key: str) -> None:
    """Add a rule that holds from now on."""
    site = desk().site
    try:
        with writing(site.engine) as session:
            if unit_key and unit_key not in unit_names(session):
                raise click.ClickException(f"there is no unit {unit_key}")
            row = screening.add_rule(session, kind, pattern, outcome, unit_key, site.clock())
    except BadPattern as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Rule {row.id}: {kind} {row.pattern} → {outcome}.")


@group.command()
def rules() -> None:
    """List the rules."""
    with reading(desk().site.engine) as session:
        for row in queries.all_rules(session):
            state = "on" if row.active else "off"
            where = row.unit_key or "all units"
            click.echo(f"{row.id}\t{state}\t{row.kind}\t{row.pattern}\t{row.outcome}\t{where}")


@group.command()
@click.argument("rule_id", type=click.IntRange(1, ID_LIMIT - 1))
@click.argument("state", type=click.Choice(["on", "off"]))
def switch(rule_id: int, state: str) -> None:
    """Switch a rule on or off."""
    with writing(desk().site.engine) as session:
        if not screening.switch_rule(session, rule_id, state == "on"):
            raise click.ClickException(f"there is no rule {rule_id}")
    click.echo(f"Rule {rule_id} is {state}.")


@group.command()
@click.option("--dry-run", is_flag=True, help="Say how many, ask nothing.")
def ask_again(dry_run: bool) -> None:
    """Have Akismet asked about every waiting comment that it never answered for."""
    if not desk().settings.asks_akismet:
        raise click.ClickException("Akismet is off: set WEERWOORD_AKISMET_KEY")
    site = desk().site
    with writing(site.engine) as session:
        ids = queries.unasked(session, AT_ONCE)
        with click.progressbar(ids, label="Queueing", file=sys.stderr) as portion:
            for comment_id in () if dry_run else portion:
                forget(session, ASK_AKISMET, comment_id)
                comment = session.get_one(Comment, comment_id)
                session.add_all(owing(comment, [Owed(ASK_AKISMET)], site.clock()))
    if not dry_run:
        site.waker.wake()
    click.echo(f"{len(ids)} comments {'would be asked about' if dry_run else 'are queued'}.")
