"""The table of votes: one row for each reader who found a comment useful."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ..schema import Base

FORGOTTEN = "~"
"""With this begins what stands in the place of a reader who is no longer known."""


class Vote(Base):
    """`who` is a keyed hash that tells readers apart; after a while it makes way for a mere number."""

    __tablename__ = "ww_vote"

    comment_id: Mapped[int] = mapped_column(
        ForeignKey("ww_comment.id", ondelete="CASCADE"), primary_key=True
    )
    who: Mapped[str] = mapped_column(String(32), primary_key=True)
    thread_id: Mapped[int] = mapped_column(
        ForeignKey("ww_thread.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime] = mapped_column(index=True)
