"""The page behind the link in a letter: it says what pressing the button does; only pressing does it."""

import secrets
from dataclasses import replace

from flask import Blueprint, Response, render_template, request

from .. import cache, reader
from ..routes import site
from ..states import State
from ..texts import language
from . import confirming
from .confirming import Offer

BODY_LIMIT = 16 * 1024

blueprint = Blueprint("comments_proof", __name__)


@blueprint.get("/me/confirm/<token>")
def confirm_page(token: str) -> Response:
    """Programs that scan mail open links: this changes nothing."""
    return asking(offered(token))


@blueprint.post("/me/confirm/<token>")
def confirm(token: str) -> Response:
    request.max_content_length = BODY_LIMIT
    found = offered(token)
    if found is None or found.done or reader.cross_site():
        return asking(found, 403 if reader.cross_site() else 200)
    name_too = bool(found.name) and "name" in request.form
    key = secrets.token_urlsafe(32)
    state = confirming.confirm(site(), found, name_too, key, site().clock())
    return confirmed(found, name_too, state)


def offered(token: str) -> Offer | None:
    asked = site().tokens.confirm_of(token, site().clock())
    return confirming.offer(site(), asked) if asked else None


def asking(found: Offer | None, status: int = 200) -> Response:
    page = "confirm" if found and not found.done else "confirm_over"
    return answer(page, found, status if found else 410)


def confirmed(found: Offer, name_too: bool, state: State | None) -> Response:
    response = answer("confirmed", found, 200, name_too, state)
    if "remember" in request.form:
        comment = found.comment
        known = reader.remembered(site())
        if comment is not None:
            known = replace(known, name=comment.author_name, url=comment.author_url)
        known = replace(known, email=found.email, proved=found.email_hash)
        reader.remember(site(), response, known, comment.id if comment else 0)
    return response


def answer(
    page: str,
    found: Offer | None,
    status: int,
    name_too: bool = False,
    state: State | None = None,
) -> Response:
    html = render_template(
        f"comments/me/{page}.html",
        found=found,
        name_too=name_too,
        state=state,
        onward=onward(found) if found else "",
        again=status == 403,
        lang=language(),
    )
    return cache.secret(html, status)


def onward(found: Offer) -> str:
    """Back to the discussion, where his receipt shows him his own comment in any state."""
    if found.comment is None:
        return f"{found.subject.url}#comments"
    receipt = site().tokens.receipt(found.comment.id, site().clock())
    return f"{found.subject.url}?receipt={receipt}#comment-{found.comment.id}"
