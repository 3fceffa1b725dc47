"""How many comments a discussion has, for a page that stays open: tiny, the same for all, kept by caches."""

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response

from ..routes import site

FRESH = 15
"""Seconds for which an answer may be used without asking again."""

blueprint = Blueprint("comments_reading", __name__)


@blueprint.get("/comments/<key>/count")
def count(key: str) -> Response:
    """Of a discussion that has no comment, or that there is not, 0: it asks nobody but one row."""
    version, number = site().versions.counted(key)
    response = jsonify(count=number, version=version)
    response.set_etag(f"{version}.{number}")
    response.cache_control.public = True
    response.cache_control.max_age = FRESH
    return response.make_conditional(request)
