"""The tables of following: who wants to hear of a discussion, and what he has not been told yet."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ..schema import Base, Id


class Follow(Base):
    """A confirmed mailbox that follows one discussion: all of it, or the replies to its owner.

    `rhythm` is `hour` (at most one letter in an hour) or `day` (one digest a day). `letter_id` is the
    task of the outbox that owes its next letter, if that has not ended.
    """

    __tablename__ = "ww_follow"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    email_hash: Mapped[str] = mapped_column(
        ForeignKey("ww_mailbox.email_hash", ondelete="CASCADE"), index=True
    )
    thread_id: Mapped[int] = mapped_column(ForeignKey("ww_thread.id", ondelete="CASCADE"))
    scope: Mapped[str] = mapped_column(String(10))
    rhythm: Mapped[str] = mapped_column(String(10), default="hour")
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    letter_id: Mapped[int | None] = mapped_column(BigInteger)

    __table_args__ = (
        Index("uq_ww_follow_thread_id_email_hash", "thread_id", "email_hash", unique=True),
    )


class News(Base):
    """A comment that a follower has not been told of yet."""

    __tablename__ = "ww_news"

    follow_id: Mapped[int] = mapped_column(
        ForeignKey("ww_follow.id", ondelete="CASCADE"), primary_key=True
    )
    comment_id: Mapped[int] = mapped_column(
        ForeignKey("ww_comment.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    at: Mapped[datetime]
