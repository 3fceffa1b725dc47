"""The pages that readers see: articles, lists of them, and what machines ask of a site."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, make_response, render_template, request
from flask_babel import gettext as _
from sqlalchemy import true
from werkzeug.wrappers import Response as AnyResponse

from . import queries, view
from .addresses import author_url, page_url, tag_url
from .cards import ArticleCard, Head
from .models import db
from .moved import moved_by_number
from .queries import Where
from .site import site

FOUND_LIMIT = 50
QUERY_LIMIT = 200

blueprint = Blueprint("blog", __name__)


@dataclass(frozen=True)
class Listing:
    """One page of a list of articles, under the names that templates use."""

    articles: list[ArticleCard]
    page: int
    pages: int
    prev_url: str | None
    next_url: str | None


@blueprint.get("/", defaults={"page": 1})
@blueprint.get("/page/<number:page>/")
def home(page: int) -> AnyResponse:
    return moved_by_number() or front_page(listing("/", true(), page))


@blueprint.get("/tag/<slug:tag>/", defaults={"page": 1})
@blueprint.get("/tag/<slug:tag>/page/<number:page>/")
def tagged(tag: str, page: int) -> AnyResponse:
    found = queries.tag(db.session, tag) or abort(404)
    shown = listing(tag_url(tag), queries.with_tag(found), page)
    heading = _("Tag: %(name)s", name=found.name)
    return list_page(shown, heading=heading, head=head(shown, heading, tag_url(tag)))


@blueprint.get("/author/<slug:author>/", defaults={"page": 1})
@blueprint.get("/author/<slug:author>/page/<number:page>/")
def written(author: str, page: int) -> AnyResponse:
    found = queries.author(db.session, author) or abort(404)
    shown = listing(author_url(author), queries.by(found), page)
    if not shown.articles:
        abort(404)
    return list_page(
        shown,
        heading=found.name,
        author=view.author_card(found, site().comments.picture),
        head=head(shown, found.name, author_url(author), found.bio),
    )


@blueprint.get("/search")
def search() -> AnyResponse:
    query = request.args.get("q", "").replace("\0", "").strip()[:QUERY_LIMIT]
    words = query.split()
    found = queries.listed(db.session, queries.with_words(words), 1, FOUND_LIMIT) if words else []
    shown = Listing(cards(found), 1, 1, None, None)
    return list_page(shown, heading=_("Search"), query=query)


def listing(base: str, where: Where, page: int) -> Listing:
    """404 for a page that the list does not have; the first is always there."""
    per_page = site().settings.per_page
    pages = max(1, -(-queries.listed_count(db.session, where) // per_page))
    if page > pages:
        abort(404)
    found = queries.listed(db.session, where, page, per_page)
    return Listing(
        articles=cards(found),
        page=page,
        pages=pages,
        prev_url=page_url(base, page - 1) if page > 1 else None,
        next_url=page_url(base, page + 1) if page < pages else None,
    )


def front_page(shown: Listing) -> AnyResponse:
    settings = site().settings
    first = shown.page == 1
    title = settings.title if first else _("Articles, page %(page)s", page=shown.page)
    found = head(shown, title, "/", settings.tagline)
    return public(render_template("blog/home.html", head=found, **fields(shown)))


def head(shown: Listing, title: str, base: str, description: str = "") -> Head:
    """Of a list that is to be found; one that answers a question (a search) has none."""
    return Head(
        title=title,
        path=page_url(base, shown.page),
        description=description,
        prev_path=shown.prev_url,
        next_path=shown.next_url,
    )


def cards(articles: Any) -> list[ArticleCard]:
    counts = site().comments.counts([article.slug for article in articles])
    return [view.article_card(article, counts, site().settings) for article in articles]


def fields(shown: Listing) -> dict[str, Any]:
    return {name: getattr(shown, name) for name in Listing.__dataclass_fields__}


def list_page(shown: Listing, **more: Any) -> AnyResponse:
    context = {"intro": None, "author": None, "query": None, **fields(shown), **more}
    return public(render_template("blog/listing.html", **context))


def public(html: str) -> AnyResponse:
    """The same bytes for every reader without a session: whoever has them need not get them again."""
    response = make_response(html)
    response.headers["Cache-Control"] = "public, no-cache"
    response.vary.add("Cookie")
    response.add_etag()
    return response.make_conditional(request)
