"""Every SELECT of the blog; nothing here writes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select, text
from sqlalchemy.orm import Session, defer, joinedload, scoped_session, selectinload

from .discussion import Versions
from .models import Article, Author, OldAddress, Tag, User, article_tag
from .states import SEEN_BEFORE, State

Work = Session | scoped_session[Any]
Where = ColumnElement[bool]
NEWEST = (Article.sticky.desc(), Article.published_at.desc(), Article.id.desc())
LATELY = (Article.published_at.desc(), Article.id.desc())
PUBLIC = Article.state == State.PUBLISHED
LISTED = and_(PUBLIC, Article.kind == "post")
STANDING = "SELECT id, version, state FROM blog_article WHERE slug = "


@dataclass(frozen=True)
class Standing:
    id: int
    version: int
    state: State


def whole() -> Select[Article]:
    return select(Article).options(joinedload(Article.author), selectinload(Article.tags))


def cards() -> Select[Article]:
    """Articles without their text, for lists."""
    without_text = (defer(Article.source, raiseload=True), defer(Article.html, raiseload=True))
    return whole().options(*without_text)


def standing(session: Work, versions: Versions, slug: str) -> Standing | None:
    """Where the article with this slug stands: all that a page from the cache needs.

    Asked on the plug-in's raw connection, as a session would cost more than the rest of such a page.
    """
    try:
        mark = "?" if versions.engine.dialect.name == "sqlite" else "%s"
        row = versions.connection().execute(STANDING + mark, (slug,)).fetchone()
    except versions.engine.dialect.loaded_dbapi.Error:
        versions.close()
        row = session.execute(text(STANDING + ":slug"), {"slug": slug}).first()
    return Standing(row[0], row[1], State(row[2])) if row else None


def article(session: Work, article_id: int) -> Article | None:
    return session.scalar(whole().where(Article.id == article_id))


def public_article(session: Work, slug: str) -> Article | None:
    """The article that readers may see under this slug, without its text."""
    return session.scalar(cards().where(Article.slug == slug, PUBLIC))


def imported_article(session: Work, source: str) -> Article | None:
    """The article that an earlier import made of this item of an export."""
    return session.scalar(whole().where(Article.imported_from == source))


def author_without_account(session: Work, name: str) -> Author | None:
    return session.scalar(select(Author).where(Author.name == name, Author.user_id.is_(None)))


def listed(session: Work, where: Where, number: int, per_page: int) -> Sequence[Article]:
    """A page of the articles that readers see in lists, newest first, without their texts."""
    found = cards().where(LISTED, where).order_by(*NEWEST)
    return session.scalars(found.offset((number - 1) * per_page).limit(per_page)).all()


def newest(session: Work, limit: int) -> Sequence[Article]:
    """The articles that a feed has, with their texts."""
    return session.scalars(whole().where(LISTED).order_by(*LATELY).limit(limit)).all()


def marks_of_newest(session: Work, limit: int) -> Sequence[Row[int, int]]:
    """What those were at when they were read: another mark, and something has changed."""
    found = select(Article.id, Article.version).where(LISTED)
    return session.execute(found.order_by(*LATELY).limit(limit)).all()


def listed_count(session: Work, where: Where) -> int:
    return session.scalar(select(func.count()).select_from(Article).where(LISTED, where)) or 0


def with_tag(tag: Tag) -> Where:
    return Article.id.in_(
        select(article_tag.c.article_id).where(article_tag.c.tag_id == tag.id).scalar_subquery()
    )


def by(author: Author) -> Where:
    return Article.author_id == author.id


def with_words(words: Collection[str]) -> Where:
    """Articles in whose title or text all of these words occur."""
    return and_(
        *(
            or_(
                Article.title.icontains(word, autoescape=True),
                Article.source.icontains(word, autoescape=True),
            )
            for word in words
        )
    )


def tag(session: Work, slug: str) -> Tag | None:
    return session.scalar(select(Tag).where(Tag.slug == slug))


def tags_of(session: Work, slugs: Collection[str]) -> Sequence[Tag]:
    return session.scalars(select(Tag).where(Tag.slug.in_(slugs))).all()


def author(session: Work, slug: str) -> Author | None:
    return session.scalar(select(Author).where(Author.slug == slug))


def author_of(session: Work, user_id: int) -> Author | None:
    """The author as whom somebody with an account writes."""
    return session.scalar(select(Author).where(Author.user_id == user_id))


def authors_like(session: Work, slug: str) -> Collection[str]:
    """Slugs of authors that begin with this one."""
    return session.scalars(
        select(Author.slug).where(Author.slug.startswith(slug, autoescape=True))
    ).all()


def slugs_like(session: Work, slug: str) -> Collection[str]:
    """Slugs of articles that begin with this one."""
    return session.scalars(
        select(Article.slug).where(Article.slug.startswith(slug, autoescape=True))
    ).all()


def moved_to(session: Work, path: str) -> str | None:
    """The slug of the article that once stood under this path, if readers have ever seen it here."""
    return session.scalar(
        select(Article.slug)
        .join(OldAddress, OldAddress.article_id == Article.id)
        .where(OldAddress.path == path, Article.state.in_(SEEN_BEFORE))
    )


def written_by(session: Work, user_id: int) -> Sequence[Article]:
    """All that somebody wrote, in any state, last changed first, without the texts."""
    own = cards().join(Author, Article.author_id == Author.id).where(Author.user_id == user_id)
    return session.scalars(own.order_by(Article.updated_at.desc(), Article.id.desc())).all()


def waiting(session: Work) -> Sequence[Article]:
    """What was submitted and waits to be published, longest waiting first, without the texts."""
    submitted = cards().where(Article.state == State.SUBMITTED)
    return session.scalars(submitted.order_by(Article.updated_at, Article.id)).all()


def changed_last(session: Work, limit: int) -> Sequence[Article]:
    """Articles of everybody in any state, last changed first, without the texts."""
    found = cards().order_by(Article.updated_at.desc(), Article.id.desc())
    return session.scalars(found.limit(limit)).all()


def sitemap(session: Work) -> Sequence[Row[str, datetime]]:
    """Slug and time of the last change of all that readers may see, always in the same order."""
    found = select(Article.slug, Article.updated_at).where(PUBLIC)
    return session.execute(found.order_by(Article.id)).all()


def titled(session: Work, words: str, limit: int) -> Sequence[Article]:
    """Public articles whose title holds these words, without their texts."""
    found = cards().where(PUBLIC, Article.title.icontains(words, autoescape=True))
    return session.scalars(found.order_by(*NEWEST).limit(limit)).all()


def users(session: Work, ids: Collection[int]) -> Sequence[User]:
    return session.scalars(select(User).where(User.id.in_(ids))).all()


def user_with(session: Work, email: str) -> User | None:
    return session.scalar(select(User).where(func.lower(User.email) == email.lower()))
