"""The table of what people did to a discussion as a whole, or to the standing of a comment in it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from ..schema import Base, Id


class Steered(Base):
    """One act: who, what, when. Decisions on comments are in the log, not here; never text."""

    __tablename__ = "ww_steered"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    thread_id: Mapped[int] = mapped_column(
        ForeignKey("ww_thread.id", ondelete="CASCADE"), index=True
    )
    comment_id: Mapped[int | None] = mapped_column(
        ForeignKey("ww_comment.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    person_key: Mapped[str] = mapped_column(String(64))
    what: Mapped[str] = mapped_column(String(30))
    values: Mapped[dict[str, Any]]
