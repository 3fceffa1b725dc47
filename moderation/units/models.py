"""The tables of units and their members; a person is the host's, known by a key."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from comments.schema import Base, Id


class Unit(Base):
    """A part of the organisation. `kind` is hub or spoke; a spoke has the hub as its parent."""

    __tablename__ = "ww_unit"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(10))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("ww_unit.id"))
    authors_publish: Mapped[bool] = mapped_column(default=False)
    authors_decide: Mapped[bool] = mapped_column(default=True)


class Member(Base):
    """A person's role in a unit; a member of the hub may represent another unit there."""

    __tablename__ = "ww_member"
    __table_args__ = (UniqueConstraint("person_key", "unit_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_key: Mapped[str] = mapped_column(String(64), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("ww_unit.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(10))
    represents_id: Mapped[int | None] = mapped_column(ForeignKey("ww_unit.id"))
