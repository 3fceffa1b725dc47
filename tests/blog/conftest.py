"""A whole blog on a file of its own, with the plug-in attached and the cast in it."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_security.utils import hash_password
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event, select

import comments.models
import comments.schema
import comments.settings
from blog import actions
from blog.actions import Account
from blog.extension import Blog
from blog.models import Article, Author, OldAddress, User, db
from blog.queries import author_of, user_with
from blog.settings import Settings
from blog.states import State
from comments.extension import Comments
from comments.keys import fresh
from tests.people import BOB, STAFF, Actor, sign_in

from .rights import Table

ROOT = Path(__file__).parents[2]
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CHEAP = {"argon2__time_cost": 1, "argon2__memory_cost": 64, "argon2__parallelism": 1}
KEYS = comments.settings.Settings(data_keys=fresh(b"k" * 32), lookup_key="look-up")


@dataclass
class Clock:
    """Stands still until it is moved."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def later(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class House:
    """The app and its parts, for what cannot be done through the door."""

    app: Flask
    clock: Clock = field(default_factory=Clock)
    rights: Table = field(default_factory=Table)

    def client(self, actor: Actor | None = None) -> FlaskClient:
        """A browser of its own, signed in if somebody is named."""
        client = self.app.test_client()
        return sign_in(client, actor) if actor else client

    def article(self, slug: str = "draagvlak", by: Actor | None = BOB, **values: Any) -> int:
        """A published article, unless `values` say otherwise; returns its id."""
        with self.app.app_context():
            values["tags"] = actions.tags_named(db.session, values.get("tags", ()))
            if by is not None:
                values["author"] = self.author(by)
            defaults = {
                "title": slug.capitalize(),
                "source": "Tekst.",
                "html": "<p>Tekst.</p>",
                "state": State.PUBLISHED,
                "unit_key": "utrecht",
                "words": 1,
                "created_at": START,
                "updated_at": START,
                "published_at": START,
            }
            article = Article(slug=slug, **{**defaults, **values})
            db.session.add(article)
            db.session.commit()
            return article.id

    def user(self, actor: Actor) -> User:
        """Within the app's context, like all that gives a row."""
        found = user_with(db.session, actor.email)
        assert found is not None
        return found

    def author(self, actor: Actor) -> Author:
        user = self.user(actor)
        return author_of(db.session, user.id) or actions.add_author(db.session, user)

    def change(self, article_id: int, **values: Any) -> None:
        with self.app.app_context():
            article = db.session.get_one(Article, article_id)
            for name, value in values.items():
                setattr(article, name, value)
            db.session.commit()

    def stored(self, article_id: int) -> Article:
        """The article as the database has it now."""
        with self.app.app_context():
            found = db.session.get_one(Article, article_id, populate_existing=True)
            db.session.expunge(found)
            return found

    def comment_count(self, slug: str, number: int) -> None:
        """As if so many comments had been approved under the article."""
        with self.app.app_context():
            plugin = self.app.extensions["comments"]
            plugin.touch(slug)
            found = select(comments.models.Thread).where(comments.models.Thread.key == slug)
            db.session.execute(found).scalar_one().comment_count = number
            db.session.commit()

    def old_address(self, path: str, article_id: int) -> None:
        with self.app.app_context():
            db.session.add(OldAddress(path=path, article_id=article_id))
            db.session.commit()

    def foreign_author(self, slug: str, name: str) -> int:
        """An author without an account, as an import makes them."""
        with self.app.app_context():
            author = Author(slug=slug, name=name)
            db.session.add(author)
            db.session.commit()
            return author.id

    def queries(self, do: Callable[[], object]) -> list[str]:
        """The statements that reach the database while this is done."""
        seen: list[str] = []

        def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
            seen.append(statement)

        with self.app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        do()
        event.remove(engine, "before_cursor_execute", note)
        return seen


def build(file: Path, compiled: Path, **settings: Any) -> House:
    """`compiled` is where compiled templates are kept from one test to the next."""
    app = Flask("weerwoord", root_path=str(ROOT), static_folder="blog/static")
    app.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(str(compiled))}
    app.secret_key = "a secret of the tests"
    app.config["SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS"] = CHEAP
    house = House(app)
    named = Settings(database_url=f"sqlite:///{file}", **settings)
    blog = Blog(app, named, house.clock)
    shown: dict[str, Any] = {"base_template": "base.html", "site_url": named.root}
    plugin = Comments(app, blog.host, settings=KEYS, clock=house.clock, **shown)
    blog.attach(plugin, house.rights)
    return house


def close(house: House) -> None:
    with house.app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all tables and the cast, to be copied."""
    file = tmp_path_factory.mktemp("blog") / "furnished.db"
    house = build(file, file.parent)
    with house.app.app_context():
        db.create_all()
        comments.schema.Base.metadata.create_all(db.engine)
        for actor in STAFF:
            account = Account(
                email=actor.email,
                name=actor.name,
                password_hash=hash_password(actor.password),
                uniquifier=f"uniquifier of {actor.name}",
                admin=actor.admin,
                slug=actor.email.split("@")[0],
                bio=f"{actor.name} schrijft hier.",
            )
            actions.add_user(db.session, account, START)
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    close(house)
    return file


@pytest.fixture
def make_house(furnished: Path, tmp_path: Path) -> Iterator[Callable[..., House]]:
    """Builds a house with other settings than usual."""
    made: list[House] = []

    def make(**settings: Any) -> House:
        file = tmp_path / f"{len(made)}.db"
        shutil.copy(furnished, file)
        made.append(build(file, furnished.parent, **settings))
        return made[-1]

    yield make
    for house in made:
        close(house)


@pytest.fixture
def house(make_house: Callable[..., House]) -> House:
    return make_house()
