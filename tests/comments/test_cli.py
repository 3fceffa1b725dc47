"""`flask comments …`: text to HTML for scripts, and HTML made anew."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import update

from comments.cli import batches
from comments.database import writing
from comments.models import Comment
from comments.writing import markup

from .host import Room


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()


def rendered(runner: FlaskCliRunner, given: str | bytes) -> list[str | None]:
    result = runner.invoke(args=["comments", "render"], input=given)
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert isinstance(found, list)
    return found


def test_a_list_of_texts_becomes_a_list_of_html(runner: FlaskCliRunner) -> None:
    assert rendered(runner, '["Een *goed* stuk.", "1 < 2"]') == [
        markup.render("Een *goed* stuk.").html,
        "<p>1 &lt; 2</p>",
    ]


def test_no_texts_become_no_html(runner: FlaskCliRunner) -> None:
    assert rendered(runner, "[]") == []


def test_a_text_that_is_refused_becomes_null_and_the_others_html(runner: FlaskCliRunner) -> None:
    texts = ["", "goed", "a" * 5001, "a\0b", "\ud800", "\ud83d\ude00"]
    found = rendered(runner, json.dumps(texts))
    assert found == [None, "<p>goed</p>", None, None, None, "<p>😀</p>"]


def test_what_comes_out_is_plain_ascii(runner: FlaskCliRunner) -> None:
    result = runner.invoke(args=["comments", "render"], input='["é 👩"]')
    assert result.stdout.isascii()


@pytest.mark.parametrize(
    "given", ["", "{", '{"a": 1}', "[1]", '["a", null]', '"a"', "[" * 100_000, b'["\xff"]']
)
def test_what_is_no_list_of_texts_is_refused_in_one_line(
    runner: FlaskCliRunner, given: str | bytes
) -> None:
    result = runner.invoke(args=["comments", "render"], input=given)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("Error: standard input")
    assert result.stderr.count("\n") == 1


@pytest.fixture
def old(room: Room) -> list[int]:
    """Three comments: two whose HTML was made by an older version, one of them refused by now."""
    ids = [room.says("Een *goed* stuk."), room.says("Een *oud* stuk."), room.says()]
    with writing(room.engine) as session:
        session.execute(update(Comment).values(html="<p>oud</p>"))
        session.execute(update(Comment).where(Comment.id == ids[1]).values(source=""))
    return ids


def test_html_is_made_anew_of_every_comment(
    runner: FlaskCliRunner, room: Room, old: list[int]
) -> None:
    result = runner.invoke(args=["comments", "render-again"])
    assert result.exit_code == 0
    assert result.stdout == "3 comments: 2 changed, 1 kept because they are refused now.\n"
    assert room.comment(old[0]).html == "<p>Een <em>goed</em> stuk.</p>"
    assert room.comment(old[1]).html == "<p>oud</p>"


def test_a_dry_run_says_what_would_change(
    runner: FlaskCliRunner, room: Room, old: list[int]
) -> None:
    result = runner.invoke(args=["comments", "render-again", "--dry-run"])
    assert result.stdout == "3 comments: 2 would change, 1 kept because they are refused now.\n"
    assert room.comment(old[0]).html == "<p>oud</p>"


@pytest.mark.parametrize(("count", "sizes"), [(0, []), (200, [200]), (401, [200, 200, 1])])
def test_comments_are_taken_in_portions(count: int, sizes: list[int]) -> None:
    portions = list(batches(list(range(count))))
    assert [len(portion) for portion in portions] == sizes
    assert [i for portion in portions for i in portion] == list(range(count))
