"""What programs ask of the site: what to index, and whether it lives."""

from flask import Blueprint, Response
from markupsafe import escape
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from . import queries
from .addresses import article_url
from .models import db
from .site import site

SITEMAP_LIMIT = 50_000
NOT_INDEXED = ("/search", "/login", "/logout", "/account", "/studio/", "/desk/", "/hub/", "/me/")

blueprint = Blueprint("machines", __name__)


@blueprint.get("/robots.txt")
def robots() -> Response:
    closed = "".join(f"Disallow: {path}\n" for path in NOT_INDEXED)
    return plain(f"User-agent: *\n{closed}Sitemap: {site().settings.root}/sitemap.xml\n")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    base = site().settings.root
    rows = "".join(
        f"<url><loc>{escape(base + article_url(slug))}</loc>"
        f"<lastmod>{updated_at:%Y-%m-%dT%H:%M:%SZ}</lastmod></url>\n"
        for slug, updated_at in queries.sitemap(db.session, SITEMAP_LIMIT)
    )
    return Response(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n',
        content_type="application/xml; charset=utf-8",
    )


@blueprint.get("/healthz")
def alive() -> Response:
    return plain("ok\n")


@blueprint.get("/readyz")
def ready() -> Response:
    """Whether the database answers; a load balancer waits until it does."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return plain("the database does not answer\n", 503)
    return plain("ready\n")


def plain(words: str, status: int = 200) -> Response:
    response = Response(words, status, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response
