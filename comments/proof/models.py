"""The tables of what was proved by a mailed link: addresses, and the names that belong to them."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from ..schema import Base


class Mailbox(Base):
    """An address whose owner has confirmed it. `feed_key` is the secret of his feed of replies.

    `digest_id` is the task of the outbox that owes his next digest, if that has not ended.
    """

    __tablename__ = "ww_mailbox"

    email_hash: Mapped[str] = mapped_column(String(32), primary_key=True)
    email_sealed: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(10), default="")
    feed_key: Mapped[str] = mapped_column(String(43), unique=True)
    confirmed_at: Mapped[datetime]
    digest_id: Mapped[int | None] = mapped_column(BigInteger)


class Name(Base):
    """A name that belongs to a mailbox; `skeleton` is its form in which look-alikes are the same."""

    __tablename__ = "ww_name"

    skeleton: Mapped[str] = mapped_column(String(300), primary_key=True)
    name: Mapped[str] = mapped_column(String(300))
    email_hash: Mapped[str] = mapped_column(
        ForeignKey("ww_mailbox.email_hash", ondelete="CASCADE"), index=True
    )
    confirmed_at: Mapped[datetime]
