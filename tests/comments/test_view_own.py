"""What a reader wrote himself: in its place on his own page, whatever others see of it."""

from comments.states import Action, State

from .bulk import discussion
from .databases import on_both_databases
from .host import Room
from .test_view import every, ids, part

pytestmark = on_both_databases


def test_the_reader_sees_his_own_waiting_reply_in_its_place(room: Room) -> None:
    root, other = room.says(), room.says()
    own = room.says(parent=root, state=State.PENDING)
    assert ids(part(room).nodes) == [root, other]
    found = part(room, mine=(own,))
    assert ids(found.nodes) == [root, own, other]
    assert (every(found.nodes)[1].waiting, found.mine) == (True, ())


def test_the_reader_sees_his_own_waiting_comment_apart(room: Room) -> None:
    room.says()
    own = room.says("Nog niet gelezen.", state=State.PENDING)
    found = part(room, mine=(own,)).mine
    assert [(c.id, c.waiting, c.name) for c in found] == [(own, True, "Dia Okonkwo")]
    assert "Nog niet gelezen." in str(found[0].html)


def test_a_comment_of_another_discussion_is_not_the_readers_own_here(room: Room) -> None:
    room.says()
    elsewhere = room.says_elsewhere(state=State.PENDING)
    found = part(room, mine=(elsewhere,), just=elsewhere)
    assert found.mine == ()
    assert elsewhere not in ids(found.nodes)


def test_what_was_approved_long_ago_is_not_repeated_on_every_page(room: Room) -> None:
    found = discussion(room, [0] * 4)
    assert part(room, mine=(found[3],)).mine == ()


def test_what_was_approved_just_now_is_shown_though_it_stands_on_another_page(room: Room) -> None:
    found = discussion(room, [0] * 4)
    assert [c.id for c in part(room, mine=(found[3],), just=found[3]).mine] == [found[3]]


def test_an_author_sees_his_own_text_where_others_see_a_placeholder(room: Room) -> None:
    root = room.says("Van mij.")
    room.says(parent=root)
    room.moves(root, Action.REJECT)
    assert part(room).nodes[0].c.removed
    own = part(room, mine=(root,)).nodes[0].c
    assert (own.removed, own.state) == (False, "rejected")
    assert "Van mij." in str(own.html)


def test_the_reader_sees_his_own_waiting_reply_on_the_page_of_its_branch(room: Room) -> None:
    root = room.says()
    own = room.says(parent=root, state=State.PENDING)
    assert ids(part(room, branch=root, mine=(own,)).nodes) == [root, own]
