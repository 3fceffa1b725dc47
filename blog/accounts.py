"""What somebody who is signed in sees of his own account."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from .discussion import Person
from .signing import signed_in
from .site import site

blueprint = Blueprint("accounts", __name__)


@blueprint.get("/account")
@signed_in
def account(person: Person) -> ResponseReturnValue:
    return render_template("blog/account.html", units=site().rights.roles(person))


@blueprint.get("/logout")
@signed_in
def leave(person: Person) -> ResponseReturnValue:
    """Nobody is signed out by a link; the button stands on the account's page."""
    return redirect("/account")
