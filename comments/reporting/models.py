"""The table of reports: what readers say of a comment that should not stand."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..schema import Base, Id


class Report(Base):
    """Somebody says that a comment should not stand; open until a decision closes it.

    `who` is a keyed hash of the reporter, where he left an address or is one of us: what he says
    twice of a comment is one report.
    """

    __tablename__ = "ww_report"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    comment_id: Mapped[int] = mapped_column(
        ForeignKey("ww_comment.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    wrong: Mapped[str] = mapped_column(String(20))
    why: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(String(32), default="")
    name: Mapped[str] = mapped_column(String(300), default="")
    email_sealed: Mapped[str] = mapped_column(Text, default="")
    email_hash: Mapped[str] = mapped_column(String(32), default="", index=True)
    language: Mapped[str] = mapped_column(String(10), default="")
    outcome: Mapped[str] = mapped_column(String(10), default="")
    seq: Mapped[int | None] = mapped_column(BigInteger, index=True)
    closed_at: Mapped[datetime | None]
