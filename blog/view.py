"""Makes the plain values that templates are given; it reads what is loaded and asks nothing more."""

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from . import reading
from .addresses import article_url, author_url, tag_url
from .cards import ArticleCard, ArticleView, AuthorCard, Link, StudioRow
from .manuscript import Manuscript
from .models import Article, Author, Tag
from .reading import slugify
from .settings import Settings
from .states import State

Picture = Callable[[str], Markup]
"""The picture of a person, by his key."""


def author_card(author: Author, picture: Picture) -> AuthorCard:
    return AuthorCard(
        name=author.name,
        url=author_url(author.slug),
        bio=author.bio,
        avatar=picture(author.key),
    )


def tag_links(tags: Sequence[Tag]) -> tuple[Link, ...]:
    return tuple((tag.name, tag_url(tag.slug)) for tag in tags)


def article_card(article: Article, counts: Mapping[str, int], settings: Settings) -> ArticleCard:
    return ArticleCard(
        title=article.title,
        url=article_url(article.slug),
        summary=article.summary,
        published_at=article.published_at,
        author_name=article.author.name,
        author_url=author_url(article.author.slug),
        minutes=reading.minutes(article.words, settings.words_per_minute),
        comment_count=counts.get(article.slug, 0),
        tags=tag_links(article.tags),
    )


def article_view(
    article: Article, count: int, unit_name: str, settings: Settings, picture: Picture
) -> ArticleView:
    shown_at = article.published_at
    corrected = shown_at is not None and article.updated_at > shown_at
    return ArticleView(
        title=article.title,
        url=article_url(article.slug),
        html=Markup(article.html),  # noqa: S704 - sanitised when it was saved
        summary=article.summary,
        published_at=shown_at,
        updated_at=article.updated_at if corrected else None,
        author=author_card(article.author, picture),
        minutes=reading.minutes(article.words, settings.words_per_minute),
        tags=tag_links(article.tags),
        comment_count=count,
        kind=article.kind,
        state=article.state.value,
        unit_name=unit_name,
    )


def preview(
    manuscript: Manuscript,
    article: Article | None,
    author: Author,
    unit: str,
    settings: Settings,
    picture: Picture,
) -> ArticleView:
    """The article as it will look, made from what was typed."""
    return ArticleView(
        title=manuscript.title,
        url=article_url(manuscript.slug),
        html=Markup(manuscript.html),  # noqa: S704 - sanitised a moment ago
        summary=manuscript.summary,
        published_at=article.published_at if article else None,
        updated_at=None,
        author=author_card(author, picture),
        minutes=reading.minutes(manuscript.words, settings.words_per_minute),
        tags=tuple((name, tag_url(slugify(name))) for name in manuscript.tags),
        comment_count=0,
        kind=article.kind if article else "post",
        state=(article.state if article else State.DRAFT).value,
        unit_name=unit,
    )


def studio_row(article: Article, units: Mapping[str, str]) -> StudioRow:
    return StudioRow(
        id=article.id,
        version=article.version,
        title=article.title,
        state=article.state.value,
        author_name=article.author.name,
        updated_at=article.updated_at,
        url=article_url(article.slug),
        edit_url=f"/studio/{article.id}",
        unit_name=units.get(article.unit_key, ""),
    )
