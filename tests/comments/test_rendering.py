"""HTML is made anew from its source; what is refused by now keeps what it has."""

import pytest
from sqlalchemy import update

from comments import rendering
from comments.database import writing
from comments.models import Comment

from .databases import on_both_databases
from .host import Room

pytestmark = on_both_databases


def again(room: Room, *ids: int, dry_run: bool = False) -> tuple[int, int]:
    with writing(room.engine) as session:
        return rendering.render_again(session, ids, room.settings, dry_run)


def set_row(room: Room, comment_id: int, **values: str) -> None:
    with writing(room.engine) as session:
        session.execute(update(Comment).where(Comment.id == comment_id).values(**values))


@pytest.fixture
def old(room: Room) -> int:
    """A comment whose HTML was made by an older version."""
    comment_id = room.says("Een *goed* stuk.")
    set_row(room, comment_id, html="<p>oud</p>")
    return comment_id


def test_html_is_made_from_the_source(room: Room, old: int) -> None:
    assert again(room, old) == (1, 0)
    assert room.comment(old).html == "<p>Een <em>goed</em> stuk.</p>"


def test_the_page_is_made_anew(room: Room, old: int) -> None:
    version = room.thread().version
    again(room, old)
    assert room.thread().version == version + 1


def test_what_is_the_same_already_changes_nothing(room: Room, old: int) -> None:
    again(room, old)
    version = room.thread().version
    assert again(room, old) == (0, 0)
    assert room.thread().version == version


def test_a_dry_run_counts_and_changes_nothing(room: Room, old: int) -> None:
    version = room.thread().version
    assert again(room, old, dry_run=True) == (1, 0)
    assert room.comment(old).html == "<p>oud</p>"
    assert room.thread().version == version


def test_what_is_refused_by_now_keeps_its_html(room: Room, old: int) -> None:
    set_row(room, old, source="")
    assert again(room, old) == (0, 1)
    assert room.comment(old).html == "<p>oud</p>"


def test_what_came_as_html_is_made_from_html(room: Room, old: int) -> None:
    set_row(room, old, source="<b>vet</b> *ster*", source_format="html")
    assert again(room, old) == (1, 0)
    assert "*ster*" in room.comment(old).html


def test_other_comments_are_left_alone(room: Room, old: int) -> None:
    other = room.says("Een *ander* stuk.")
    set_row(room, other, html="<p>oud</p>")
    again(room, old)
    assert room.comment(other).html == "<p>oud</p>"
