"""A commenter's own page: all his comments in every state, what he follows, his names; and only his."""

from dataclasses import replace

import pytest
from sqlalchemy import event, select

from comments.database import reading, writing
from comments.following.actions import follow
from comments.following.models import Follow
from comments.me.view import LINES
from comments.models import Comment, History, Thread
from comments.proof import actions
from comments.proof.models import Name
from comments.states import Action, State

from ..databases import on_both_databases
from ..host import BOB, CAS, Room
from ..proof.letters import DIA, EVE, Post, hash_of, mailbox, names
from .owner import Owner, wrote


def confirmed(room: Room, email: str = DIA, *named: str) -> None:
    with writing(room.engine) as session:
        own, sealed = hash_of(room, email), room.keys.seal(email)
        actions.open_mailbox(session, own, sealed, "nl", f"the feed of {email}", room.clock())
        for name in named:
            assert actions.claim(session, name, own, room.clock())


def followed(room: Room, email: str = DIA) -> int:
    thread = room.thread()
    with writing(room.engine) as session:
        follow(session, hash_of(room, email), thread.id, "replies", room.clock())
        own = select(Follow.id).where(Follow.email_hash == hash_of(room, email))
        return session.scalars(own).one()


@on_both_databases
def test_all_his_comments_are_there_in_every_state(owner: Owner, room: Room) -> None:
    for state in State:
        room.says(f"Dit is {state.value}.", state=state)
    room.says_elsewhere("Onder een ander stuk.")
    page = owner.looks()
    assert [state for state in State if f"Dit is {state.value}." not in page.text] == []
    assert "Onder een ander stuk." in page.text
    assert "kept out as spam" in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_nobody_elses_are_there(owner: Owner, room: Room) -> None:
    room.says("Van mij.")
    room.staff_says("Van Bob.")
    page = owner.looks().text
    assert "Van mij." in page
    assert "Van Bob." not in page


def test_of_an_unknown_address_there_is_nothing(owner: Owner) -> None:
    assert "we do not know this address" in owner.looks().text
    assert owner.exported()["comments"] == []


def test_the_newest_come_first_and_older_ones_page_by_page(owner: Owner, room: Room) -> None:
    for number in range(LINES * 2 + 5):
        room.says(f"Nummer {number:02}.")
    seen, page = [], owner.looks().text
    for _ in range(3):
        seen += [number for number in range(LINES * 2 + 5) if f"Nummer {number:02}." in page]
        following = page.partition("?before=")[2].partition("#")[0]
        page = owner.looks(f"?before={following}").text if following else ""
    assert sorted(seen) == list(range(LINES * 2 + 5))
    assert "Nummer 44." in owner.looks().text


@pytest.mark.parametrize("before", ["", "x", "-1", "0", "9" * 30, "é", "1.5", "٣"])
def test_an_odd_cursor_begins_at_the_newest(owner: Owner, room: Room, before: str) -> None:
    room.says("Het nieuwste.")
    page = owner.client.get(owner.home, query_string={"before": before})
    assert "Het nieuwste." in page.text


@pytest.mark.parametrize("count", [1, 200])
def test_the_page_costs_the_same_however_much_he_wrote(
    owner: Owner, room: Room, count: int
) -> None:
    wrote(room, [0] * count)
    asked: list[str] = []
    event.listen(room.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    owner.looks()
    assert len(asked) <= 9, asked


def test_a_comment_leads_to_where_it_stands_with_its_receipt(owner: Owner, room: Room) -> None:
    own = room.says("Wacht nog.", state=State.PENDING)
    href = owner.looks().text.partition('href="/dekschuit/?receipt=')[2].partition("#")[0]
    assert "Wacht nog." in owner.client.get(f"/dekschuit/?receipt={href}").text
    assert room.comment(own).state is State.PENDING


def test_from_here_he_changes_and_withdraws(owner: Owner, room: Room) -> None:
    own = room.says("Hier staat een fout.", state=State.PENDING)
    page = owner.looks().text
    for deed in ("edit", "withdraw"):
        start = f"/comments/dekschuit/{own}/{deed}?receipt="
        href = start + page.partition(start)[2].partition('"')[0]
        assert owner.client.get(href).status_code == 200


@on_both_databases
def test_what_he_follows_can_be_changed_and_ended(owner: Owner, room: Room) -> None:
    room.says()
    confirmed(room)
    own = followed(room)
    said = owner.done("follows", follow=own, scope="all", rhythm="day")
    assert "What you follow was changed." in said
    with reading(room.engine) as session:
        found = session.get_one(Follow, own)
        assert (found.scope, found.rhythm) == ("all", "day")
    assert "You follow this no more." in owner.done("follows", follow=own, stop="1")
    assert "You follow no discussion." in owner.looks().text


@pytest.mark.parametrize(
    "values",
    [{}, {"follow": "x"}, {"scope": "none", "rhythm": "day"}, {"scope": "all", "rhythm": "often"}],
)
def test_an_odd_wish_changes_nothing(owner: Owner, room: Room, values: dict[str, str]) -> None:
    room.says()
    confirmed(room)
    own = followed(room)
    assert "nothing was changed" in owner.done("follows", **{"follow": own, **values})
    with reading(room.engine) as session:
        assert session.get_one(Follow, own).scope == "replies"


def test_what_another_follows_is_out_of_reach(owner: Owner, room: Room) -> None:
    room.says()
    confirmed(room, EVE)
    theirs = followed(room, EVE)
    assert "nothing was changed" in owner.done("follows", follow=theirs, stop="1")
    assert "nothing was changed" in owner.done("follows", follow=theirs, scope="all", rhythm="day")
    with reading(room.engine) as session:
        assert session.get_one(Follow, theirs).scope == "replies"


def test_a_name_that_he_used_becomes_his_and_is_let_go_again(owner: Owner, room: Room) -> None:
    room.says()
    assert "Make “Dia Okonkwo” mine" in owner.looks().text
    assert "The name is yours now." in owner.done("names", name="Dia Okonkwo")
    assert names(room) == ["Dia Okonkwo"]
    assert mailbox(room) is not None
    with reading(room.engine) as session:
        skeleton = session.scalars(select(Name.skeleton)).one()
    assert "anybody’s again" in owner.done("names/release", name=skeleton)
    assert names(room) == []


@pytest.mark.parametrize("name", ["Ada Verhoeven", "", "Bob Terpstra", "x" * 5000])
def test_a_name_that_he_never_used_is_not_to_be_had(owner: Owner, room: Room, name: str) -> None:
    room.says()
    assert "not to be had" in owner.done("names", name=name)
    assert names(room) == []


def test_the_name_of_an_author_is_not_to_be_had_though_he_used_it(owner: Owner, room: Room) -> None:
    room.accept(replace(room.draft(), name=CAS.name))
    room.says_elsewhere()
    assert "not to be had" in owner.done("names", name=CAS.name)
    assert names(room) == []


def test_the_name_of_another_is_not_to_be_had(owner: Owner, room: Room) -> None:
    room.says()
    confirmed(room, EVE, "Dia Okonkwo")
    assert "not to be had" in owner.done("names", name="Dia Okonkwo")
    assert "nothing was changed" in owner.done("names/release", name="diaokonkwo")
    assert names(room, EVE) == ["Dia Okonkwo"]


@on_both_databases
def test_another_name_stands_beside_all_his_comments_at_once(owner: Owner, room: Room) -> None:
    first, second = room.says(), room.says_elsewhere()
    before = room.thread().version
    assert "Dia Okonkwo" in owner.client.get("/dekschuit/").text
    assert "stands beside your comments now" in owner.done("name", name="  D. Okonkwo ")
    assert [room.comment(each).author_name for each in (first, second)] == ["D. Okonkwo"] * 2
    assert room.thread().version == before + 1
    assert "Dia Okonkwo" not in owner.client.get("/dekschuit/").text
    with reading(room.engine) as session:
        noted = select(History).where(History.what == "renamed").order_by(History.comment_id)
        found = session.scalars(noted).all()
    assert [(row.comment_id, row.values) for row in found] == [(first, {}), (second, {})]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "Tell us your name"),
        ("x" * 81, "at most 80 characters"),
        ("Dia\x07", "invisible control characters"),
        (BOB.name, "This is the name of one of us"),
        ("Воb Теrрstrа", "This is the name of one of us"),
        ("Eve Elders", "confirmed this name"),
    ],
)
def test_a_name_that_may_not_be_is_turned_down_kindly(
    owner: Owner, room: Room, name: str, says: str
) -> None:
    own = room.says()
    confirmed(room, EVE, "Eve Elders")
    answer = owner.does("name", name=name)
    assert answer.status_code == 422
    assert says in answer.text
    assert room.comment(own).author_name == "Dia Okonkwo"


def test_names_are_not_changed_all_day(owner: Owner, room: Room) -> None:
    own = room.says()
    answers = [owner.does("name", name=f"Dia de {n}e").status_code for n in range(2, 8)]
    assert answers == [303] * 5 + [422]
    assert room.comment(own).author_name == "Dia de 6e"


def test_what_he_wrote_for_the_house_keeps_its_name(owner: Owner, room: Room) -> None:
    staff = Owner(owner.client, owner.comments, BOB.email)
    own = room.staff_says()
    staff.does("name", name="Iemand Anders")
    assert room.comment(own).author_name == BOB.name
    assert CAS.name != BOB.name


def test_a_comment_is_confirmed_from_here(owner: Owner, post: Post, room: Room) -> None:
    own = post.says()
    assert "Confirm that it is mine" in owner.looks().text
    assert "this comment is yours" in owner.done("proved", comment=own)
    assert room.comment(own).proved
    assert mailbox(room) is not None
    assert "Confirm that it is mine" not in owner.looks().text


@pytest.mark.parametrize("which", ["", "x", "0", "9" * 30, "999"])
def test_what_is_not_his_is_not_confirmed(owner: Owner, room: Room, which: str) -> None:
    other = Owner(owner.client, owner.comments, EVE)
    own = room.says()
    assert "nothing was changed" in other.done("proved", comment=which)
    assert "nothing was changed" in other.done("proved", comment=own)
    assert not room.comment(own).proved


def test_the_feed_gets_a_new_address(owner: Owner, room: Room) -> None:
    room.says()
    assert "nothing was changed" in owner.done("feed")
    confirmed(room)
    assert "Your feed has a new address" in owner.done("feed")
    found = mailbox(room)
    assert found is not None
    assert found.feed_key != f"the feed of {DIA}"


def test_a_page_of_deeds_takes_no_huge_body(owner: Owner, room: Room) -> None:
    room.says()
    assert owner.does("name", name="x" * 100_000).status_code == 413


def test_where_a_thread_was_renamed_the_page_says_the_new_title(owner: Owner, room: Room) -> None:
    room.says()
    with writing(room.engine) as session:
        session.scalars(select(Thread)).one().title = "De nieuwe titel"
    assert "De nieuwe titel" in owner.looks().text
    room.moves(room.says(), Action.REJECT)
    with reading(room.engine) as session:
        assert len(session.scalars(select(Comment)).all()) == 2
