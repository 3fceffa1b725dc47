"""The feeds that the blog gives an address: its articles, and the discussion of one of them."""

from flask import Blueprint, Response
from flask_babel import gettext as _

from . import queries
from .addresses import article_url
from .discussion import Entry, Feed, absolute, language, tag_uri
from .models import Article, db
from .site import site

ENTRIES = 50

blueprint = Blueprint("feeds", __name__)


@blueprint.get("/feed.atom")
def articles() -> Response:
    marks = queries.marks_of_newest(db.session, ENTRIES)
    return site().comments.feed_of("articles", str(marks), articles_feed)


@blueprint.get("/<slug:slug>/comments.atom")
def discussion(slug: str) -> Response:
    return site().comments.feed(slug)


def articles_feed() -> Feed:
    settings = site().settings
    return Feed(
        id=f"{settings.root}/feed.atom",
        title=_("Articles on %(site)s", site=settings.title),
        subtitle=settings.tagline,
        url=f"{settings.root}/feed.atom",
        page_url=f"{settings.root}/",
        language=language(),
        entries=[entry(article) for article in queries.newest(db.session, ENTRIES)],
    )


def entry(article: Article) -> Entry:
    settings = site().settings
    url = f"{settings.root}{article_url(article.slug)}"
    published = article.published_at or article.created_at
    return Entry(
        id=tag_uri(settings.root, article.created_at.date(), f"article-{article.id}"),
        title=article.title,
        url=url,
        published=published,
        updated=max(published, article.updated_at),
        author=article.author.name,
        summary=article.summary,
        html=absolute(article.html, url),
        language=settings.language,
        tags=[tag.name for tag in article.tags],
    )
