"""The tables of the blog; every name begins with blog_, none knows a table of the plug-in."""

from datetime import datetime
from typing import TYPE_CHECKING

from flask_security.core import UserMixin
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Column, Enum, ForeignKey, Index, MetaData, String, Table, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry, relationship

from .addresses import OLD_ADDRESS_LIMIT, SLUG_LIMIT
from .discussion import NAMES, UtcDateTime
from .manuscript import SUMMARY_LIMIT, TAG_LIMIT
from .states import State

NAME_LIMIT = 80
IMPORTED_FROM_LIMIT = 500
EMAIL_LIMIT = 254

States = Enum(
    State, native_enum=False, length=10, values_callable=lambda states: [s.value for s in states]
)

if TYPE_CHECKING:  # what Flask-Security says of its columns is not what a mapped class says

    class SignsIn:
        """Somebody who can sign in."""

else:
    SignsIn = UserMixin


class Base(DeclarativeBase):
    registry = registry(
        metadata=MetaData(naming_convention=NAMES), type_annotation_map={datetime: UtcDateTime}
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


class User(Base, SignsIn):
    """An account. What readers see of a person is the author's row, not this one."""

    __tablename__ = "blog_user"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(EMAIL_LIMIT), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_LIMIT))
    password: Mapped[str | None] = mapped_column(String(255))
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    active: Mapped[bool] = mapped_column(default=True)
    admin: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(String(10), default="")
    created_at: Mapped[datetime]


class Author(Base):
    """Who readers see above an article. An imported author has no account, and never gets one."""

    __tablename__ = "blog_author"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(SLUG_LIMIT), unique=True)
    name: Mapped[str] = mapped_column(String(250))
    bio: Mapped[str] = mapped_column(Text, default="")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("blog_user.id"), unique=True)

    @property
    def key(self) -> str:
        """The key of the person who can sign in as this author, or one that nobody signs in with."""
        return f"author-{self.id}" if self.user_id is None else str(self.user_id)


article_tag = Table(
    "blog_article_tag",
    Base.metadata,
    Column("article_id", ForeignKey("blog_article.id", ondelete="CASCADE"), primary_key=True),
    Column("tag_id", ForeignKey("blog_tag.id"), primary_key=True, index=True),
)


class Tag(Base):
    __tablename__ = "blog_tag"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(SLUG_LIMIT), unique=True)
    name: Mapped[str] = mapped_column(String(max(TAG_LIMIT, 200)))


class Article(Base):
    """An article or a page. `version` rises with each change: who saw an older one changes nothing.

    `close_days` after its publication its discussion closes: 0 never, None as the site has it.
    """

    __tablename__ = "blog_article"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(SLUG_LIMIT), unique=True)
    title: Mapped[str] = mapped_column(String(500))
    summary: Mapped[str] = mapped_column(String(SUMMARY_LIMIT), default="")
    source: Mapped[str] = mapped_column(Text)
    source_format: Mapped[str] = mapped_column(String(10), default="markdown")
    html: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(10), default="post")
    state: Mapped[State] = mapped_column(States, default=State.DRAFT)
    author_id: Mapped[int] = mapped_column(ForeignKey("blog_author.id"), index=True)
    unit_key: Mapped[str] = mapped_column(String(64), default="", index=True)
    comments_open: Mapped[bool] = mapped_column(default=True)
    close_days: Mapped[int | None]
    sticky: Mapped[bool] = mapped_column(default=False)
    words: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    imported_from: Mapped[str | None] = mapped_column(String(IMPORTED_FROM_LIMIT), unique=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    published_at: Mapped[datetime | None]

    author: Mapped[Author] = relationship(lazy="raise_on_sql")
    tags: Mapped[list[Tag]] = relationship(
        secondary=article_tag, order_by=Tag.name, lazy="raise_on_sql"
    )

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012
    __table_args__ = (Index("ix_blog_article_listed", "state", "kind", "sticky", "published_at"),)


class OldAddress(Base):
    """An address that an article had elsewhere, as `addresses.old_path` writes it."""

    __tablename__ = "blog_old_address"

    path: Mapped[str] = mapped_column(String(OLD_ADDRESS_LIMIT), primary_key=True)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("blog_article.id", ondelete="CASCADE"), index=True
    )
