"""Stands above every address of the desk: who is not signed in signs in, who has no part in it gets 404."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import abort, current_app, flash, g, redirect, request, url_for
from flask_wtf.csrf import validate_csrf
from werkzeug.wrappers import Response
from wtforms.validators import ValidationError

from comments import reader
from comments.database import reading
from comments.texts import t

from ..site import Desk
from ..units import permissions, queries
from ..units.permissions import Scope, Standing

BODY_LIMIT = 256 * 1024
P = ParamSpec("P")


def desk() -> Desk:
    found: Desk = current_app.extensions["moderation"].desk
    return found


def standing() -> Standing:
    """Of the person who passed the guard."""
    found: Standing = g.ww_standing
    return found


def scope() -> Scope:
    return permissions.scope(standing())


def deciders_only(view: Callable[P, Response | str]) -> Callable[P, Response | str]:
    """Lets in who decides on something; a form must come from this site and carry its token."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Response | str:
        person = desk().site.host.person()
        if person is None:
            return redirect(desk().login_url(wanted_page()))
        with reading(desk().site.engine) as session:
            g.ww_standing = queries.standing_of(session, person.key, person.admin)
        if scope().empty:
            abort(404)
        if request.method == "POST" and not from_our_form():
            flash(t("This page stood open for long, so nothing was decided. Try once more."))
            return redirect(url_for("moderation.queue"), code=303)
        return view(*args, **kwargs)

    return guarded


def wanted_page() -> str:
    """Where somebody goes on after signing in; a form that he sent is not sent again."""
    sent = request.method == "POST"
    return url_for("moderation.queue") if sent else request.full_path.rstrip("?")


def from_our_form() -> bool:
    request.max_content_length = BODY_LIMIT
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        return False
    return not reader.cross_site()
