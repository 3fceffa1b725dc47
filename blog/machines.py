"""What programs ask of the site: what to index, and whether it lives."""

from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, Response, abort
from markupsafe import escape
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from . import queries
from .addresses import article_url
from .models import db
from .site import site

SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
SITEMAP_LIMIT = 50_000
"""Addresses in one file: the protocol's own limit."""
Change = tuple[str, datetime]
"""A path, and when what stands there last changed."""
NOT_INDEXED = (
    *("/search", "/login", "/logout", "/account", "/studio/", "/desk/", "/hub/", "/me/"),
    "/comments/",
)
LOOKS = "/comments/static/"
"""What a page looks like is looked at, though nothing else is that begins so."""

blueprint = Blueprint("machines", __name__)


@blueprint.get("/robots.txt")
def robots() -> Response:
    closed = "".join(f"Disallow: {path}\n" for path in NOT_INDEXED)
    return plain(
        f"User-agent: *\n{closed}Allow: {LOOKS}\nSitemap: {site().settings.root}/sitemap.xml\n"
    )


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """All that readers may see; where that is more than one file may hold, the list of the files."""
    parts = in_parts(changes())
    return xml(urlset(parts[0]) if len(parts) == 1 else index(parts))


@blueprint.get("/sitemap-<number:part>.xml")
def part_of_sitemap(part: int) -> Response:
    parts = in_parts(changes())
    return xml(urlset(parts[part - 1])) if part <= len(parts) else abort(404)


def changes() -> list[Change]:
    """When each article last changed: the article itself, or the discussion under it by a new comment."""
    grown = site().comments.last_grown()
    return [
        (article_url(slug), max(updated_at, grown.get(slug, updated_at)))
        for slug, updated_at in queries.sitemap(db.session)
    ]


def in_parts(found: Sequence[Change]) -> list[Sequence[Change]]:
    """At least one, which may be empty."""
    starts = range(0, max(len(found), 1), SITEMAP_LIMIT)
    return [found[start : start + SITEMAP_LIMIT] for start in starts]


def urlset(part: Sequence[Change]) -> str:
    rows = "".join(f"<url>{row(path, at)}</url>\n" for path, at in part)
    return f'<urlset xmlns="{SITEMAPS}">\n{rows}</urlset>\n'


def index(parts: Sequence[Sequence[Change]]) -> str:
    rows = "".join(
        f"<sitemap>{row(f'/sitemap-{number}.xml', max(at for _, at in part))}</sitemap>\n"
        for number, part in enumerate(parts, 1)
    )
    return f'<sitemapindex xmlns="{SITEMAPS}">\n{rows}</sitemapindex>\n'


def row(path: str, at: datetime) -> str:
    place = escape(site().settings.root + path)
    return f"<loc>{place}</loc><lastmod>{at:%Y-%m-%dT%H:%M:%SZ}</lastmod>"


def xml(text: str) -> Response:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return Response(head + text, content_type="application/xml; charset=utf-8")


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
