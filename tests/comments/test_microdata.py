"""Machines that read a page find the discussion on it as it is in the database: who answers whom, and when."""

import random
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from comments.database import reading, writing
from comments.models import Comment
from comments.states import Action, State

from .host import Room
from .microdata import Item, items, read

COMMENT, PERSON = "https://schema.org/Comment", "https://schema.org/Person"


def around(client: FlaskClient, path: str = "/dekschuit/") -> Item:
    """The host's item around the discussion: what it would put its article in."""
    [item] = items(f'<div itemscope itemtype="article">{client.get(path).text}</div>')
    return item


def told(client: FlaskClient, path: str = "/dekschuit/") -> Iterator[tuple[Item, int, int | None]]:
    """Each comment of a page, its id, and the id of the one that it answers."""
    for above, item in around(client, path).below("comment"):
        own = number(item)
        if own is None:
            continue
        if "parentItem" in item.properties:
            yield item, own, int(item.text("parentItem").rsplit("/")[-1])
        else:
            yield item, own, number(above) if above.kind == COMMENT else None


def number(item: Item) -> int | None:
    """The id at the end of its address; a placeholder has none."""
    return int(item.text("url").rsplit("/")[-1]) if "url" in item.properties else None


def grown(room: Room, seed: int) -> dict[int, Comment]:
    """A discussion that grew by chance, some of it moderated; the rows of what is approved."""
    chance = random.Random(seed)
    ids: list[int] = []
    for _ in range(14):
        ids.append(room.says(parent=chance.choice([None, *ids])))
    for gone in chance.sample(ids, 3):
        room.moves(gone, Action.REJECT)
    with reading(room.engine) as session:
        rows = session.scalars(select(Comment).where(Comment.state == State.APPROVED)).all()
    return {row.id: row for row in rows}


@pytest.mark.parametrize("seed", range(6))
def test_who_answers_whom_is_told_as_it_is(client: FlaskClient, room: Room, seed: int) -> None:
    rows = grown(room, seed)
    for page in range(1, -(-room.thread().root_count // room.settings.roots_per_page) + 1):
        path = "/dekschuit/" if page == 1 else f"/dekschuit/comments/page/{page}/"
        for _item, own, answers in told(client, path):
            row = rows.pop(own)
            assert answers == row.parent_id or not approved(room, row.parent_id)
    for row in rows.values():
        assert row.root_id, "a root stands on some page"
        assert room.comment(row.root_id).reply_count > room.settings.replies_shown, "it is folded"


def approved(room: Room, comment_id: int | None) -> bool:
    """Of one that is not there is a placeholder only, which says neither who nor when."""
    return comment_id is not None and room.comment(comment_id).state is State.APPROVED


def test_a_comment_says_who_what_and_when(client: FlaskClient, room: Room) -> None:
    own = room.says("Zo zit het.")
    with writing(room.engine) as session:
        comment = session.get_one(Comment, own)
        comment.author_url, comment.useful_count = "https://dia.example/", 3
        comment.edited_at = room.clock.goes_on(minutes=4)
    [item] = around(client).items("comment")
    assert item.kind == COMMENT
    assert item.text("text") == "Zo zit het."
    assert item.text("url") == f"/dekschuit/comments/{own}"
    assert item.text("datePublished") == "2026-03-01T12:00Z"
    assert item.text("dateModified") == "2026-03-01T12:04Z"
    assert item.text("upvoteCount") == "3"
    [author] = item.items("author")
    assert (author.kind, author.text("name")) == (PERSON, "Dia Okonkwo")
    assert author.text("url") == "https://dia.example/"


def test_of_what_was_removed_nothing_is_told_but_that(client: FlaskClient, room: Room) -> None:
    root = room.says("Weg hiermee.")
    reply = room.says("Waarom?", parent=root)
    room.moves(root, Action.SPAM)
    [gone] = around(client).items("comment")
    assert gone.text("creativeWorkStatus") == "Deleted"
    assert gone.properties.keys() == {"creativeWorkStatus", "comment"}
    assert [number(item) for item in gone.items("comment")] == [reply]


def test_what_is_nobodys_is_not_told_at_all(client: FlaskClient, room: Room) -> None:
    room.says(state=State.PENDING)
    room.is_pinged(State.APPROVED)
    assert around(client).properties == {}


@pytest.mark.parametrize("path", ["/dekschuit/", "/dekschuit/comments/1/replies/"])
def test_nothing_is_said_of_nothing(client: FlaskClient, room: Room, path: str) -> None:
    root = room.says()
    for _ in range(room.settings.replies_shown + 1):
        room.says(parent=root)
    found = read(f'<div itemscope itemtype="article">{client.get(path).text}</div>')
    assert found.astray == []
    assert len(found.found) == 1
