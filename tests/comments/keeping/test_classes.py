"""Every column has a class, and every class a life that readers are told of."""

import pytest

import comments.tables
import moderation.screening.models
import moderation.units.models
from comments.keeping.classes import CLASSES, LIVES, Kind, classed, columns_of
from comments.keeping.privacy import WORDS
from comments.keeping.queries import DUE
from comments.schema import Base
from moderation.columns import COLUMNS

TABLES = (comments.tables, moderation.screening.models, moderation.units.models)
"""Imported so that their tables are known."""
ALL = {**CLASSES, **COLUMNS}


def there_are() -> set[tuple[str, str]]:
    return {(table.name, c.name) for table in Base.metadata.tables.values() for c in table.columns}


def test_every_column_that_there_is_has_a_class_and_no_other() -> None:
    assert set(classed(ALL)) == {pair for pair in there_are() if pair[0].startswith("ww_")}


def test_no_column_has_two_classes() -> None:
    named = [
        (table, name)
        for table, kinds in ALL.items()
        for names in kinds.values()
        for name in names.split()
    ]
    assert len(named) == len(set(named))


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.PLAIN])
def test_what_tells_of_a_person_is_told_to_him(kind: Kind) -> None:
    assert kind in WORDS
    assert columns_of(ALL, kind)
    assert WORDS[kind].how_long or kind in LIVES


@pytest.mark.parametrize("kind", LIVES)
def test_what_has_a_number_of_days_is_let_go_by_the_clock(kind: Kind) -> None:
    assert kind in DUE


def test_sealed_addresses_and_hashes_are_never_called_plain() -> None:
    plain = set(columns_of(ALL, Kind.PLAIN))
    wrong = [name for name in plain if "email" in name or "sealed" in name or "hash" in name]
    assert sorted(wrong) == ["ww_log.hash", "ww_log.prev_hash", "ww_log_head.hash"]
