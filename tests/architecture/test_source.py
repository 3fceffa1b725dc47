"""The reading of the source itself: it finds what it is meant to find."""

import ast
from pathlib import Path

import pytest

from .source import Module, circles, libraries, modules, needs, uses
from .tells import unsteady, writes_sql
from .test_doors import opens_a_door


def module(tmp_path: Path, text: str, name: str = "comments.one") -> Module:
    path = tmp_path / "one.py"
    path.write_text(text)
    return Module(name, path)


def test_a_ring_is_found_once() -> None:
    arrows = {"a": ["b"], "b": ["c"], "c": ["a", "d"], "d": []}
    assert circles(arrows) == [["a", "b", "c"]]


def test_two_ways_to_the_same_are_no_ring() -> None:
    assert circles({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}) == []


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    import json",
        "class C:\n    import json",
        "if 1:\n    import json",
        "try:\n    import json\nexcept ImportError:\n    pass",
    ],
)
def test_a_hidden_import_is_found(tmp_path: Path, text: str) -> None:
    found = module(tmp_path, f"import re\n{text}\n").imports_below_the_top
    assert [item.module for item in found] == ["json"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("from . import queries", "comments.queries"),
        ("from .queries import roots", "comments.queries"),
        ("from comments.queries import roots", "comments.queries"),
        ("import comments.queries", "comments.queries"),
        ("from moderation.desk import queries", "moderation.desk.queries"),
    ],
)
def test_an_import_is_resolved(tmp_path: Path, text: str, found: str) -> None:
    assert needs(module(tmp_path, text)) == {found}


def test_a_relative_import_of_a_room_above_is_resolved(tmp_path: Path) -> None:
    found = module(tmp_path, "from ..units import queries", "moderation.desk.one")
    assert needs(found) == {"moderation.units.queries"}


def test_what_comes_through_the_door_counts_where_it_was_made(tmp_path: Path) -> None:
    found = module(tmp_path, "from .discussion import Person", "blog.one")
    assert needs(found) == {"blog.discussion"}
    assert uses(found) == {"comments.host"}


def test_a_library_is_told_from_the_standard_one(tmp_path: Path) -> None:
    found = module(tmp_path, "import json\nimport flask.json\nfrom .host import Person\n")
    assert libraries(found, {"json"}) == {"flask"}


@pytest.mark.parametrize(
    "text",
    [
        "from datetime import datetime\nx = datetime.now",
        "import datetime\nx = datetime.datetime.now()",
        "from time import time",
        "import os\nx = os.environ['A']",
        "from os import getenv",
        "import secrets\nx = secrets.token_hex(2)",
        "from random import choice",
    ],
)
def test_what_is_not_steady_is_found(tmp_path: Path, text: str) -> None:
    assert list(unsteady(module(tmp_path, text)))


def test_what_is_given_is_steady(tmp_path: Path) -> None:
    text = (
        "from datetime import datetime\ndef f(now: datetime, clock) -> float:\n    return clock()"
    )
    assert list(unsteady(module(tmp_path, text))) == []


@pytest.mark.parametrize("text", ["from sqlalchemy import select", "x = 'SELECT 1'"])
def test_sql_is_found(tmp_path: Path, text: str) -> None:
    assert writes_sql(module(tmp_path, text))


def test_a_word_is_no_sql(tmp_path: Path) -> None:
    assert not writes_sql(module(tmp_path, "from sqlalchemy import Engine\nx = 'SELECTED'"))


@pytest.mark.parametrize(
    ("decorator", "door"),
    [("blueprint.get('/')", True), ("app.route('/')", True), ("cached()", False), ("guard", False)],
)
def test_a_door_is_told_by_its_decorator(decorator: str, door: bool) -> None:
    assert opens_a_door(ast.parse(decorator, mode="eval").body) is door


def test_the_whole_product_is_read() -> None:
    assert {name.partition(".")[0] for name in modules()} == {
        "app",
        "blog",
        "comments",
        "moderation",
    }
