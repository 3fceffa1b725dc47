"""A name that was confirmed is its owner's: nobody else speaks under it, or under one like it, unseen."""

import pytest
from flask import Flask
from sqlalchemy import select

from comments.database import reading, writing
from comments.models import Finding
from comments.proof import actions, queries
from comments.states import State
from comments.writing.skeleton import skeleton

from ..browser import posts
from ..databases import on_both_databases
from ..host import CAS, Clock, Room, SmallHost
from ..mailing.catcher import Catcher
from .letters import DIA, EVE, Post, hash_of, mailed_site, names

LOOKS = [
    "Dia Okonkwo",
    "DIA OKONKWO",
    "Díа Оkоnkwо",
    "D.i.a. Okonkwo",
    "Dia\u200bOkonkwo",
    "D1a 0konkw0",
]


def codes(room: Room, comment_id: int) -> set[str]:
    with reading(room.engine) as session:
        found = select(Finding.code).where(Finding.comment_id == comment_id)
        return set(session.scalars(found))


@pytest.fixture
def mine(post: Post) -> Post:
    """Dia, whose name was confirmed, in a browser that remembers her."""
    post.says()
    post.confirms(name="1", remember="1")
    return post


@pytest.fixture
def eve(mine: Post, app: Flask) -> Post:
    return Post(app.test_client(), mine.comments, mine.catcher)


@pytest.mark.parametrize("name", LOOKS)
def test_another_under_the_name_or_one_like_it_is_held(eve: Post, room: Room, name: str) -> None:
    own = eve.says(tell="", name=name, email=EVE)
    assert "name_of_other" in codes(room, own)
    assert room.comment(own).state is State.PENDING


def test_the_typed_address_of_the_owner_is_no_proof(eve: Post, room: Room) -> None:
    own = eve.says(tell="", text="Ik ben het, echt.", email=DIA)
    assert "name_of_other" in codes(room, own)


def test_the_owner_himself_is_not_held_for_it(mine: Post, room: Room) -> None:
    own = mine.says(text="Nog iets.", remember="1")
    assert "name_of_other" not in codes(room, own)


def test_the_owner_in_another_browser_shows_it_by_his_letter(eve: Post, room: Room) -> None:
    own = eve.says(tell="", text="Vanaf mijn telefoon.")
    assert "name_of_other" in codes(room, own)
    eve.confirms()
    assert "name_of_other" not in codes(room, own)


def test_confirming_another_address_does_not_open_the_name(eve: Post, room: Room) -> None:
    own = eve.says(tell="", email=EVE)
    page = eve.client.get(eve.link(EVE))
    assert 'name="name"' not in page.text
    eve.confirms(EVE, name="1")
    assert "name_of_other" in codes(room, own)
    assert names(room, EVE) == []


@pytest.mark.parametrize("name", ["Bob Terpstra", "bob terpstra", "Воb Теrрstrа", "B0b Terpstra"])
def test_no_reader_takes_the_name_of_the_author(post: Post, name: str) -> None:
    answer = posts(post.client, name=name)
    assert answer.status_code == 422
    assert "This is the name of one of us" in answer.text


def test_no_reader_takes_the_name_of_who_wrote_something_else_here(post: Post, room: Room) -> None:
    assert posts(post.client, name=CAS.name).status_code == 303
    room.says_elsewhere()
    answer = posts(post.client, name=CAS.name, text="Nog iets.")
    assert answer.status_code == 422
    assert "This is the name of one of us" in answer.text


def house_of(host: SmallHost, clock: Clock, catcher: Catcher) -> Post:
    """A site whose house has a member who wrote none of its articles."""
    app = mailed_site(host, clock, catcher, house=lambda session: {CAS.key})
    return Post(app.test_client(), app.extensions["comments"], catcher)


def test_no_reader_takes_the_name_of_a_member(
    host: SmallHost, clock: Clock, catcher: Catcher
) -> None:
    assert posts(house_of(host, clock, catcher).client, name=CAS.name).status_code == 422


def test_a_name_that_a_member_got_later_cannot_be_claimed(
    post: Post, host: SmallHost, clock: Clock, catcher: Catcher, room: Room
) -> None:
    post.says(name=CAS.name)
    link = post.link()
    later = house_of(host, clock, catcher)
    assert 'name="name"' not in later.client.get(link).text
    later.presses(link, name="1")
    assert names(room) == []


@pytest.mark.parametrize("name", ["…", "☺️☺️", "\u200b-"])
def test_a_name_without_letters_is_not_to_be_had(post: Post, room: Room, name: str) -> None:
    post.says(name=name)
    link = post.link()
    assert 'name="name"' not in post.client.get(link).text
    post.presses(link, name="1")
    assert names(room) == []


@on_both_databases
def test_a_name_belongs_to_whoever_was_first(room: Room) -> None:
    with writing(room.engine) as session:
        for email in (DIA, EVE):
            sealed, own = room.keys.seal(email), hash_of(room, email)
            actions.open_mailbox(session, own, sealed, "", f"key of {email}", room.clock())
    with writing(room.engine) as session:
        assert actions.claim(session, "Ada", hash_of(room), room.clock())
        assert actions.claim(session, "ADA", hash_of(room), room.clock())
        assert not actions.claim(session, "Аda", hash_of(room, EVE), room.clock())
        assert queries.owners_of(session, [skeleton("ada"), "nobody"]) == {
            skeleton("ada"): hash_of(room)
        }


@on_both_databases
def test_one_mailbox_has_five_names_at_most(room: Room) -> None:
    with writing(room.engine) as session:
        own = hash_of(room)
        actions.open_mailbox(session, own, room.keys.seal(DIA), "", "key", room.clock())
        kept = [actions.claim(session, name, own, room.clock()) for name in "abcdef"]
    assert kept == [True] * actions.MOST_NAMES + [False]


@on_both_databases
def test_only_its_owner_lets_go_of_a_name(room: Room) -> None:
    with writing(room.engine) as session:
        own = hash_of(room)
        actions.open_mailbox(session, own, room.keys.seal(DIA), "", "key", room.clock())
        actions.claim(session, "Ada", own, room.clock())
        assert not actions.release(session, skeleton("Ada"), hash_of(room, EVE))
        assert actions.release(session, skeleton("Ada"), own)
        assert queries.owner_of(session, skeleton("Ada")) == ""


@on_both_databases
def test_confirming_twice_keeps_the_first_mailbox(room: Room) -> None:
    with writing(room.engine) as session:
        own, sealed = hash_of(room), room.keys.seal(DIA)
        for key in ("first", "second"):
            actions.open_mailbox(session, own, sealed, "nl", key, room.clock())
    with reading(room.engine) as session:
        found = queries.mailbox_of_feed(session, "first")
        assert found is not None
        assert queries.mailbox_of_feed(session, "second") is None
    with writing(room.engine) as session:
        assert actions.renew_feed_key(session, own, "third")
        assert not actions.renew_feed_key(session, hash_of(room, EVE), "fourth")
    with reading(room.engine) as session:
        assert queries.mailbox_of_feed(session, "first") is None
