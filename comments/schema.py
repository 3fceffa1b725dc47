"""What all tables of the plug-in have in common: their base, and types that both databases share."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Enum, Integer, MetaData, String
from sqlalchemy.orm import DeclarativeBase

from .database import UtcDateTime
from .states import State

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
States = Enum(
    State, native_enum=False, length=10, values_callable=lambda states: [s.value for s in states]
)
Id = BigInteger().with_variant(Integer, "sqlite")
ID_LIMIT = 2**63
"""Ids are smaller; a greater number cannot even be asked for."""
Bytewise = String(64).with_variant(String(64, collation="C"), "postgresql")
"""Text that must sort by its bytes, as a path does."""


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: JSON}  # noqa: RUF012
