"""The tables of screening: rules that people set, and what a service said of a comment."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from comments.schema import Base, Id


class RuleRow(Base):
    """A rule; one without a unit holds for all."""

    __tablename__ = "ww_rule"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    pattern: Mapped[str] = mapped_column(String(200))
    outcome: Mapped[str] = mapped_column(String(10))
    unit_key: Mapped[str] = mapped_column(String(64), default="", index=True)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class Asked(Base):
    """The first thing that Akismet said of a comment and could be trusted; a correction refers to it."""

    __tablename__ = "ww_asked"

    comment_id: Mapped[int] = mapped_column(
        ForeignKey("ww_comment.id", ondelete="CASCADE"), primary_key=True
    )
    verdict: Mapped[str] = mapped_column(String(10))
    guid: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[datetime]
