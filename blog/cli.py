"""Accounts from the command line; an account cannot be made anywhere else."""

import secrets
import sys
from typing import NoReturn

import click
from email_validator import EmailNotValidError, validate_email
from flask.cli import AppGroup
from flask_security.utils import hash_password

from . import actions, queries
from .actions import Account, Taken
from .import_cli import import_command
from .models import NAME_LIMIT, db
from .site import site

group = AppGroup("blog", help="Articles, authors and accounts.")
group.add_command(import_command)


@group.command("user")
@click.argument("email")
@click.option("--name", required=True, help="As readers see it above an article.")
@click.option("--admin", is_flag=True, help="May do everything in the studio.")
def add_user(email: str, name: str, admin: bool) -> None:
    """Makes an account and prints its password, once."""
    name = " ".join(name.split())
    if not 0 < len(name) <= NAME_LIMIT:
        refuse(f"a name has 1 to {NAME_LIMIT} characters")
    password = new_password()
    account = Account(checked(email), name, hash_password(password), new_uniquifier(), admin)
    if queries.user_with(db.session, account.email):
        refuse(f"{account.email} has an account already")
    try:
        actions.add_user(db.session, account, site().clock())
    except Taken:
        refuse(f"{account.email} has an account already")
    click.echo(f"{account.email}  {password}")


@group.command("password")
@click.argument("email")
def renew_password(email: str) -> None:
    """Gives an account a new password, prints it once, and ends its sessions."""
    user = queries.user_with(db.session, email.strip())
    if user is None:
        refuse(f"{email} has no account")
    password = new_password()
    actions.set_password(db.session, user, hash_password(password), new_uniquifier())
    click.echo(f"{user.email}  {password}")


def checked(email: str) -> str:
    try:
        return validate_email(email.strip(), check_deliverability=False).normalized
    except EmailNotValidError as error:
        refuse(f"{email} is no e-mail address: {error}")


def new_password() -> str:
    return secrets.token_urlsafe(12)


def new_uniquifier() -> str:
    return secrets.token_hex(16)


def refuse(why: str) -> NoReturn:
    click.echo(why, err=True)
    sys.exit(1)
