"""Every address of desk, hub and studio is guarded: read from the source, and tried at the running app."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app import site_of
from comments import migrate
from comments.keys import fresh

from .source import modules, spelled

GUARDS = {"deciders_only", "signed_in", "sender_signed_in"}
GUARDED = re.compile(r"moderation/(desk|hub)/|blog/studio")
ADDRESSES = ("/desk/", "/hub/", "/studio/")
METHODS = {"get", "post", "put", "patch", "delete", "route"}


def opens_a_door(decorator: ast.expr) -> bool:
    called = spelled(decorator.func) if isinstance(decorator, ast.Call) else ""
    return called.rpartition(".")[2] in METHODS


def test_the_guard_stands_on_the_line_above_every_door() -> None:
    doors = [
        (f"{module.short}:{function.name}", spelled(function.decorator_list[-1]))
        for module in modules().values()
        if GUARDED.match(module.short)
        for function in module.functions
        if any(map(opens_a_door, function.decorator_list))
    ]
    assert doors
    assert [door for door, guard in doors if guard not in GUARDS] == []


def test_no_door_is_opened_but_by_a_decorator() -> None:
    """`add_url_rule` would go round the test above."""
    wrong = [m.short for m in modules().values() if any("add_url_rule" in d for d in m.dotted)]
    assert wrong == []


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Flask]:
    """The whole site as app.py makes it."""
    app = site_of(
        {
            "WEERWOORD_SECRET_KEY": "a secret of the tests",
            "WEERWOORD_DATA_KEYS": fresh(b"k" * 32),
            "WEERWOORD_LOOKUP_KEY": "look-up",
            "WEERWOORD_DATABASE_URL": f"sqlite:///{tmp_path / 'house.db'}",
        }
    )
    engine = app.extensions["comments"].site.engine
    migrate.upgrade(engine, "blog")
    yield app
    engine.dispose()


def test_each_of_the_three_has_doors(house: Flask) -> None:
    rules = [rule.rule for rule in house.url_map.iter_rules()]
    for address in ("/desk/", "/studio/"):
        assert address in rules


def test_whoever_is_not_signed_in_stands_before_every_door(house: Flask) -> None:
    """Sent to sign in or, with a text that must not be lost, told to."""
    answers = {
        f"{method} {rule.rule}": came(house, rule, method)
        for rule in house.url_map.iter_rules()
        if rule.rule.startswith(ADDRESSES)
        for method in sorted(rule.methods or ())
        if method != "OPTIONS"
    }
    assert answers
    assert {door: said for door, said in answers.items() if not turned_away(said)} == {}


def came(house: Flask, rule: Rule, method: str) -> TestResponse:
    with house.test_request_context():
        path = house.url_map.bind("localhost").build(
            rule.endpoint, dict.fromkeys(rule.arguments, 1)
        )
    return house.test_client().open(path, method=method)


def turned_away(answer: TestResponse) -> bool:
    sent_to_sign_in = answer.status_code == 302 and answer.location.startswith("/login")
    return sent_to_sign_in or answer.status_code == 403
