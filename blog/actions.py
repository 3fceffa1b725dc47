"""The only functions of the blog that write; each is one transaction, ended by its commit."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from . import queries
from .manuscript import Manuscript
from .models import Article, Author, Tag, User
from .queries import Work
from .reading import slugify
from .states import SEEN_BEFORE, State


class Stale(Exception):
    """Somebody changed the article since this version of it was read; nothing was written."""


class Taken(Exception):
    """Another one has this slug or address already; nothing was written."""


@dataclass(frozen=True)
class Account:
    """Somebody who shall be able to sign in, and what readers see of him as an author."""

    email: str
    name: str
    password_hash: str
    uniquifier: str
    admin: bool = False
    language: str = ""
    slug: str = ""
    bio: str = ""


@contextmanager
def transaction(session: Work) -> Iterator[None]:
    """Commits at the end; raises Stale or Taken where somebody was first."""
    try:
        yield
        session.commit()
    except StaleDataError:
        session.rollback()
        raise Stale from None
    except IntegrityError:
        session.rollback()
        raise Taken from None


def add_user(session: Work, account: Account, now: datetime) -> User:
    """An account, and the author as whom its owner writes."""
    with transaction(session):
        user = User(
            email=account.email,
            name=account.name,
            password=account.password_hash,
            fs_uniquifier=account.uniquifier,
            admin=account.admin,
            language=account.language,
            created_at=now,
        )
        session.add(user)
        session.flush()
        add_author(session, user, account.slug, account.bio)
    return user


def add_author(session: Work, user: User, slug: str = "", bio: str = "") -> Author:
    wished = slug or slugify(user.name) or "auteur"
    free = numbered(wished, queries.authors_like(session, wished))
    author = Author(slug=free, name=user.name, bio=bio, user_id=user.id)
    session.add(author)
    return author


def numbered(wished: str, taken: Collection[str]) -> str:
    """The wished slug, with the first free number behind it where it is taken."""
    if wished not in taken:
        return wished
    return next(slug for n in count(2) if (slug := f"{wished}-{n}") not in taken)


def set_password(session: Work, user: User, password_hash: str, uniquifier: str) -> None:
    """A new uniquifier ends all sessions of this account."""
    with transaction(session):
        user.password, user.fs_uniquifier = password_hash, uniquifier


def write(
    session: Work, manuscript: Manuscript, user: User, after: State, now: datetime
) -> Article:
    """A new article by somebody with an account."""
    with transaction(session):
        article = Article(
            author=queries.author_of(session, user.id) or add_author(session, user),
            kind="post",
            source_format=manuscript.source_format,
            created_at=now,
            slug=manuscript.slug,
        )
        fill(session, article, manuscript, now)
        enter(article, after, now)
        session.add(article)
    return article


def change(
    session: Work,
    article: Article,
    seen_version: int,
    manuscript: Manuscript,
    after: State,
    now: datetime,
) -> None:
    """The article as it was typed, in the state that follows; the slug stays once readers had it.

    `article` is whole, as `queries.article` brings it.
    """
    if article.version != seen_version:
        raise Stale
    with transaction(session):
        fill(session, article, manuscript, now)
        if article.published_at is None:
            article.slug = manuscript.slug
        enter(article, after, now)
        article.version += 1


def fill(session: Work, article: Article, manuscript: Manuscript, now: datetime) -> None:
    article.tags = tags_named(session, manuscript.tags)
    if article.state not in SEEN_BEFORE or rewritten(article, manuscript):
        article.updated_at = now
    article.title = manuscript.title
    article.source = manuscript.source
    article.html = manuscript.html
    article.summary = manuscript.summary
    article.words = manuscript.words
    article.unit_key = manuscript.unit_key
    article.comments_open = manuscript.comments_open
    article.close_days = manuscript.close_days


def rewritten(article: Article, manuscript: Manuscript) -> bool:
    """Readers would read something else than before."""
    return (article.title, article.source) != (manuscript.title, manuscript.source)


def tags_named(session: Work, names: Collection[str]) -> list[Tag]:
    """The tags of these names; those that nobody used before are made."""
    wanted = {slugify(name): name for name in names}
    found = {tag.slug: tag for tag in queries.tags_of(session, wanted.keys())}
    return [found.get(slug) or Tag(slug=slug, name=name) for slug, name in wanted.items()]


def enter(article: Article, after: State, now: datetime) -> None:
    article.state = after
    if after is State.PUBLISHED and article.published_at is None:
        article.published_at = now
