"""The page on how comment data is processed: what is kept, how long, and how much of it there is now."""

from flask import Blueprint, Response, render_template

from .. import cache, reader
from ..routes import site
from ..texts import language
from . import privacy

blueprint = Blueprint("comments_keeping", __name__)


@blueprint.get("/privacy")
def privacy_page() -> Response:
    """The figures are of this hour: the page is kept until the next one begins."""
    if reader.wants_private_page():
        return cache.private(page())
    now, until = site().clock(), cache.next_hour(site().clock())
    entry = site().pages.page(f"/privacy\0{language()}", (0, ""), now, lambda: (page(), until))
    return cache.public(entry)


def page() -> str:
    return render_template(
        "comments/privacy.html",
        lang=language(),
        rows=privacy.rows(site()),
        spam_check=site().seams.spam_check(),
        contact=site().contact,
    )
