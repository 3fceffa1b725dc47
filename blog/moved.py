"""Sends who comes to an article's old address to where it stands now."""

from flask import redirect, request
from werkzeug.wrappers import Response

from . import queries
from .addresses import OLD_ADDRESS_LIMIT, article_url, bare, old_path
from .models import db


def moved() -> Response | None:
    """The way to the article that once stood here, or None."""
    if request.method not in ("GET", "HEAD"):
        return None
    return to_article(bare(request.path))


def moved_by_number() -> Response | None:
    """For `/?p=12` and `/?page_id=12` of an imported site."""
    for name in ("p", "page_id"):
        if name in request.args:
            return to_article(old_path(f"/?{name}={request.args[name]}"))
    return None


def to_article(path: str) -> Response | None:
    if len(path) > OLD_ADDRESS_LIMIT or "\0" in path:
        return None
    slug = queries.moved_to(db.session, path)
    return redirect(article_url(slug), 301) if slug else None
