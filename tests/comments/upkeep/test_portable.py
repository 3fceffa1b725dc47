"""Rows as lines: every value that a column can have comes back as it was."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Enum,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    create_engine,
    insert,
    select,
)

from comments.database import UtcDateTime
from comments.states import State
from comments.upkeep.portable import all_tables, columns, kind, line, table_lines, values

FAR = timezone(timedelta(hours=-9, minutes=-30))
EVERYTHING = Table(
    "everything",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("big", BigInteger),
    Column("yes", Boolean),
    Column("real", Float),
    Column("money", Numeric(12, 2)),
    Column("words", Text),
    Column("at", UtcDateTime),
    Column("local", DateTime),
    Column("day", Date),
    Column("raw", LargeBinary),
    Column("tree", JSON),
    Column("state", Enum(State, native_enum=False)),
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
moments = st.datetimes(timezones=st.sampled_from([UTC, FAR]), allow_imaginary=False)
trees = st.recursive(
    st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
rows = st.fixed_dictionaries(
    {
        "id": st.integers(1, 2**31),
        "big": st.none() | st.integers(-(2**63), 2**63 - 1),
        "yes": st.none() | st.booleans(),
        "real": st.none() | st.floats(allow_nan=False, allow_infinity=False),
        "money": st.none() | st.decimals(-(10**6), 10**6, places=2),
        "words": st.none() | texts,
        "at": st.none() | moments,
        "local": st.none() | st.datetimes(),
        "day": st.none() | st.dates(),
        "raw": st.none() | st.binary(max_size=40),
        "tree": st.dictionaries(texts, trees, max_size=4),
        "state": st.none() | st.sampled_from(State),
    }
)


def stored(row: dict[str, Any]) -> tuple[list[Any], list[bytes]]:
    """What a database gives back of a row, and its lines."""
    engine = create_engine("sqlite://")
    EVERYTHING.create(engine)
    with engine.begin() as connection:
        connection.execute(insert(EVERYTHING).values(row))
        found = list(connection.execute(select(EVERYTHING)).one())
        lines = list(table_lines(connection, EVERYTHING))
    engine.dispose()
    return found, lines


@given(rows)
def test_a_row_comes_back_as_it_was_and_is_one_line(row: dict[str, Any]) -> None:
    found, (_, told) = stored(row)
    kinds = [name for _, name in columns(EVERYTHING)]
    assert told.count(b"\n") == 1
    assert told.isascii()
    read = dict(zip(EVERYTHING.columns.keys(), values(json.loads(told), kinds), strict=True))
    assert read | {"state": row["state"]} == dict(
        zip(EVERYTHING.columns.keys(), found, strict=True)
    )
    assert read["state"] == (row["state"].name if row["state"] else None)


@given(rows)
def test_put_in_again_it_has_the_same_line(row: dict[str, Any]) -> None:
    _, lines = stored(row)
    kinds = [name for _, name in columns(EVERYTHING)]
    read = values(json.loads(lines[1]), kinds)
    _, again = stored(dict(zip(EVERYTHING.columns.keys(), read, strict=True)))
    assert again == lines


def test_the_head_of_a_table_tells_its_rows_and_kinds() -> None:
    _, (head, _) = stored({"id": 1, "tree": {}})
    told = json.loads(head)
    assert (told["table"], told["rows"]) == ("everything", 1)
    assert told["columns"] == [
        ["id", "integer"],
        ["big", "integer"],
        ["yes", "boolean"],
        ["real", "float"],
        ["money", "decimal"],
        ["words", "text"],
        ["at", "time"],
        ["local", "time"],
        ["day", "date"],
        ["raw", "bytes"],
        ["tree", "json"],
        ["state", "text"],
    ]


def test_keys_of_an_object_stand_in_order_whatever_order_they_came_in() -> None:
    assert line({"b": 1, "a": {"d": 1, "c": 2}}) == line({"a": {"c": 2, "d": 1}, "b": 1})


def test_a_moment_is_written_in_utc() -> None:
    noon = datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=1)))
    assert line([noon, date(2026, 3, 1), Decimal("1.50"), b"\xff"]) == (
        b'["2026-03-01T11:00:00+00:00","2026-03-01","1.50","/w=="]\n'
    )


def test_tables_come_once_and_after_those_that_they_refer_to() -> None:
    first, second = MetaData(), MetaData()
    Table("aa_child", first, Column("of", ForeignKey("zz_parent.id"), primary_key=True))
    parent = Table("zz_parent", first, Column("id", Integer, primary_key=True))
    Table("middle", second, Column("id", String(10), primary_key=True))
    names = [table.name for table in all_tables([first, second, first])]
    assert names == ["zz_parent", "aa_child", "middle"]
    assert kind(parent.c.id) == "integer"
