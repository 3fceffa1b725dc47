"""Tells a reader in his own words what went wrong; whatever fails, there is never a bare page."""

from dataclasses import dataclass

from flask import Flask, Response, current_app, make_response, render_template, request
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from markupsafe import escape
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError, ServiceUnavailable
from werkzeug.wrappers import Response as AnyResponse

from .models import db
from .moved import moved


@dataclass(frozen=True)
class Words:
    heading: LazyString
    text: LazyString


WORDS = {
    400: Words(
        _("We did not understand that"),
        _("Something in this address or this form is not right. Go back, and try it once more."),
    ),
    403: Words(_("This is not for you"), _("You are not allowed to do this.")),
    404: Words(
        _("There is nothing here"),
        _("This page does not exist, or not any more. Search for it, or start at the front page."),
    ),
    405: Words(
        _("That cannot be done here"), _("This page exists, but it does not take what you sent.")
    ),
    409: Words(
        _("Somebody was first"),
        _("This was changed while you had it before you. Go back, load the page again, and look."),
    ),
    410: Words(_("This article was withdrawn"), _("Its author took it down; it is not kept here.")),
    413: Words(
        _("That is too much at once"),
        _("What you sent is larger than we can take. Go back and make it shorter."),
    ),
    415: Words(_("We cannot read that"), _("This page takes forms, and nothing else.")),
    429: Words(
        _("That is going too fast"), _("We got a lot from you in a short time. Try again later.")
    ),
    500: Words(
        _("Something broke"),
        _("That is our fault, not yours. It has been written down, and we will look at it."),
    ),
    503: Words(
        _("We cannot answer just now"), _("Too much at once. Try again in a minute, please.")
    ),
}
STILL = 60
"""Seconds after which it makes sense to try again."""


def attach(app: Flask) -> None:
    app.register_error_handler(HTTPException, shown)
    app.register_error_handler(OperationalError, unavailable)


def shown(error: HTTPException) -> AnyResponse:
    """The page for this error, with the headers that belong to it (Allow, Retry-After)."""
    if error.response is not None:
        return error.get_response()
    found = moved() if error.code == 404 else None
    return found or error_page(error)


def unavailable(error: OperationalError) -> AnyResponse:
    """The database does not answer, or is held for too long by somebody else."""
    current_app.logger.error("the database does not answer", exc_info=error)
    return error_page(ServiceUnavailable(retry_after=STILL))


def error_page(error: HTTPException) -> Response:
    code = error.code or InternalServerError.code
    words = WORDS.get(code) or WORDS[400 if code < 500 else 500]
    response = make_response(page(code, words), code)
    for name, value in error.get_headers(request.environ):
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def page(code: int, words: Words) -> str:
    """The site's own page; where even that fails, words alone."""
    try:
        if code >= 500:
            db.session.rollback()
        return render_template(
            "errors/error.html",
            code=code,
            heading=words.heading,
            text=words.text,
            links=[(_("To the front page"), "/"), (_("Search"), "/search")],
        )
    except Exception:
        current_app.logger.exception("the error page itself failed")
        return (
            f"<!doctype html><meta charset=utf-8><title>{code}</title>"
            f"<h1>{escape(str(words.heading))}</h1><p>{escape(str(words.text))}</p>"
            '<p><a href="/">&larr;</a></p>'
        )
