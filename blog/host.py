"""The blog as the plug-in's host: articles are subjects, accounts are people; it writes nothing."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from flask import current_app, has_request_context, request
from flask_security import current_user
from sqlalchemy import Engine

from . import queries
from .addresses import article_url, discussion_feed_url
from .discussion import Person, Subject, reading
from .models import Article, User

PICKED = 20


class BlogHost:
    """Reads on short sessions of its own, so that nothing stays open while others are asked.

    `close_days` is after how many days a discussion closes whose article says nothing of it, 0: never.
    """

    def __init__(self, engine: Engine, close_days: int = 0) -> None:
        self._engine, self.close_days = engine, close_days

    @property
    def engine(self) -> Engine:
        return self._engine

    def subject(self, key: str) -> Subject | None:
        with reading(self.engine) as session:
            found = queries.public_article(session, key)
            return subject_of(found, self.close_days) if found else None

    def subjects(self, query: str) -> Sequence[Subject]:
        with reading(self.engine) as session:
            found = queries.titled(session, query, PICKED)
            return [subject_of(article, self.close_days) for article in found]

    def person(self) -> Person | None:
        """Who is signed in. Without a session cookie the session is not even looked at."""
        if not has_request_context() or not has_session():
            return None
        user = current_user._get_current_object()
        return person_of(user) if isinstance(user, User) else None

    def people(self, keys: Collection[str]) -> Mapping[str, Person]:
        ids = [int(key) for key in keys if key.isascii() and key.isdigit()]
        with reading(self.engine) as session:
            return {str(user.id): person_of(user) for user in queries.users(session, ids)}


def subject_of(article: Article, close_days: int = 0) -> Subject:
    return Subject(
        key=article.slug,
        title=article.title,
        url=article_url(article.slug),
        author_key=article.author.key,
        unit_key=article.unit_key,
        open=article.comments_open,
        open_until=closing(article, close_days),
        tags=tuple(tag.name for tag in article.tags),
        modified_at=article.updated_at,
        feed_url=discussion_feed_url(article.slug),
    )


def closing(article: Article, close_days: int) -> datetime | None:
    days = close_days if article.close_days is None else article.close_days
    if not days or article.published_at is None:
        return None
    return article.published_at + timedelta(days=days)


def has_session() -> bool:
    return current_app.config["SESSION_COOKIE_NAME"] in request.cookies


def person_of(user: User) -> Person:
    return Person(str(user.id), user.name, user.email, user.language, user.admin)
