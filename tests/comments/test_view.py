"""A page of a discussion: what stands on it, for whom, and how little it asks of the database."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from comments import view
from comments.database import reading, writing
from comments.models import Alias
from comments.states import Action, State
from comments.thread import CommentView, Node
from comments.view import NoSuchPage, Part, Wanted

from .bulk import discussion
from .databases import on_both_databases
from .host import DECK, SPOKE, Room

pytestmark = on_both_databases
PER_PAGE, SHOWN, PER_BRANCH = 3, 4, 5


def part(room: Room, page: int = 1, branch: int | None = None, **wanted: Any) -> Part:
    with reading(room.engine) as session:
        asked = Wanted(page, branch, **wanted)
        return view.part(session, DECK, asked, room.settings, room.clock())


def every(nodes: tuple[Node, ...]) -> list[CommentView]:
    return [c for node in nodes for c in (node.c, *every(node.children))]


def ids(nodes: tuple[Node, ...]) -> list[int]:
    return [c.id for c in every(nodes)]


# pages


def test_without_a_comment_there_is_one_empty_page(room: Room) -> None:
    assert part(room) == Part()


def test_a_page_has_so_many_roots_with_their_first_replies(room: Room) -> None:
    found = discussion(room, [2, 6, 0, 1])
    assert ids(part(room).nodes) == [*found[:3], *found[3 : 3 + 1 + SHOWN], found[10]]
    assert ids(part(room, page=2).nodes) == found[11:]


def test_a_page_knows_its_neighbours(room: Room) -> None:
    discussion(room, [0] * 7)
    pages = [part(room, page) for page in (1, 2, 3)]
    assert [(p.prev_url, p.next_url) for p in pages] == [
        (None, "/dekschuit/comments/page/2/"),
        ("/dekschuit/", "/dekschuit/comments/page/3/"),
        ("/dekschuit/comments/page/2/", None),
    ]
    assert [(p.page, p.pages, p.count) for p in pages] == [(1, 3, 7), (2, 3, 7), (3, 3, 7)]


def test_what_is_folded_is_said_at_its_root(room: Room) -> None:
    found = discussion(room, [6, 4])
    nodes = part(room).nodes
    assert [node.folded for node in nodes] == [2, 0]
    assert nodes[0].branch_url == f"/dekschuit/comments/{found[0]}/replies/"


@pytest.mark.parametrize("page", [0, -1, 3, 2**63, 10**30])
def test_there_is_no_page_before_the_first_or_behind_the_last(room: Room, page: int) -> None:
    discussion(room, [0] * 4)
    with pytest.raises(NoSuchPage):
        part(room, page)


@pytest.mark.parametrize("wanted", [{"page": 2}, {"page": 0}, {"branch": 1}])
def test_an_empty_discussion_has_no_further_page_and_no_branch(
    room: Room, wanted: dict[str, int]
) -> None:
    with pytest.raises(NoSuchPage):
        part(room, **wanted)


# branches


def test_a_branch_shows_one_root_with_its_replies_page_by_page(room: Room) -> None:
    found = discussion(room, [0, 7])
    root, replies = found[1], found[2:]
    first, second = part(room, branch=root), part(room, page=2, branch=root)
    assert ids(first.nodes) == [root, *replies[:PER_BRANCH]]
    assert ids(second.nodes) == [root, *replies[PER_BRANCH:]]
    assert first.next_url == f"/dekschuit/comments/{root}/replies/?page=2"
    assert second.prev_url == f"/dekschuit/comments/{root}/replies/"


def test_a_branch_leads_back_to_the_page_of_its_root(room: Room) -> None:
    root = discussion(room, [0, 0, 0, 0, 1])[4]
    branch = part(room, branch=root).branch
    assert branch is not None
    assert branch.back_url == f"/dekschuit/comments/page/2/#comment-{root}"
    assert branch.name == f"Lezer {root}"


@pytest.mark.parametrize("asked", [0, 10**6, 2**63 - 1, 2**63, 10**40])
def test_there_is_no_branch_of_a_comment_that_does_not_exist(room: Room, asked: int) -> None:
    discussion(room, [1])
    with pytest.raises(NoSuchPage):
        part(room, branch=asked)


def test_there_is_no_branch_of_a_reply(room: Room) -> None:
    _, reply = discussion(room, [1])
    with pytest.raises(NoSuchPage):
        part(room, branch=reply)


def test_there_is_no_branch_of_a_comment_that_waits(room: Room) -> None:
    waiting = room.says(state=State.PENDING)
    with pytest.raises(NoSuchPage):
        part(room, branch=waiting)


def test_there_is_no_branch_of_a_comment_of_another_discussion(room: Room) -> None:
    room.says()
    with pytest.raises(NoSuchPage):
        part(room, branch=room.says_elsewhere())


def test_an_old_id_of_a_branch_shows_the_comment_that_it_stands_for(room: Room) -> None:
    """Though another discussion has a comment with that very number."""
    other = room.says_elsewhere("Van iemand anders.")
    own = room.says("Van hier.")
    with writing(room.engine) as session:
        session.add(Alias(thread_id=room.thread().id, old_id=other, comment_id=own))
    assert ids(part(room, branch=other).nodes) == [own]


def test_the_name_of_a_root_that_was_taken_away_is_not_told(room: Room) -> None:
    root = room.says()
    room.says(parent=root)
    room.moves(root, Action.REJECT)
    branch = part(room, branch=root).branch
    assert branch is not None
    assert branch.name == ""


# what is told


def test_a_placeholder_tells_nothing_of_its_author(room: Room) -> None:
    root = room.accept(replace(room.draft("Geheim."), url="https://dia.example/"))
    room.says(parent=root)
    shown = part(room).nodes[0].c
    room.moves(root, Action.REJECT)
    hidden = part(room).nodes[0].c
    assert not shown.removed
    assert hidden.removed
    assert (hidden.name, hidden.url, str(hidden.html), hidden.reply_url) == ("", "", "", None)
    assert hidden.avatar != shown.avatar


def test_an_answer_to_a_placeholder_does_not_name_whom_it_answers(room: Room) -> None:
    chain = [room.says()]
    for _ in range(5):
        chain.append(room.says(parent=chain[-1]))
    assert every(part(room, branch=chain[0]).nodes)[5].answers is not None
    room.moves(chain[4], Action.REJECT)
    assert every(part(room, branch=chain[0]).nodes)[5].answers is None


def test_a_reply_beyond_the_visual_depth_says_whom_it_answers(room: Room) -> None:
    chain = [room.says()]
    for _ in range(4):
        chain.append(room.says(parent=chain[-1]))
    last = every(part(room).nodes)[-1]
    assert (last.id, last.parent_id) == (chain[4], chain[3])
    assert last.answers is not None
    assert last.answers.id == chain[3]
    assert last.answers.url == f"/dekschuit/comments/{chain[3]}"


def test_staff_and_the_author_of_the_article_are_marked(room: Room) -> None:
    room.staff_says()
    room.says()
    staff, guest = every(part(room).nodes)
    assert (staff.is_staff, staff.is_author) == (True, True)
    assert (guest.is_staff, guest.is_author) == (False, False)


def test_a_comment_may_be_answered_while_the_discussion_is_open(room: Room) -> None:
    own = room.says()
    assert part(room).nodes[0].c.reply_url == f"/dekschuit/?reply={own}#respond"
    closed = replace(DECK, open_until=room.clock())
    with reading(room.engine) as session:
        found = view.part(session, closed, Wanted(), room.settings, room.clock())
    assert found.nodes[0].c.reply_url is None


def test_old_ids_of_comments_and_pingbacks_are_told(room: Room) -> None:
    own, ping = room.says(), room.is_pinged(State.APPROVED)
    with writing(room.engine) as session:
        session.add(Alias(thread_id=room.thread().id, old_id=4711, comment_id=own))
        session.add(Alias(thread_id=room.thread().id, old_id=4712, comment_id=ping))
    found = part(room)
    assert [c.aliases for c in (found.nodes[0].c, found.pings[0])] == [(4711,), (4712,)]


def test_pingbacks_stand_apart_and_on_the_first_page(room: Room) -> None:
    discussion(room, [0] * 4)
    ping = room.is_pinged(State.APPROVED)
    assert [c.id for c in part(room).pings] == [ping]
    assert part(room, page=2).pings == ()
    assert ping not in ids(part(room).nodes)


# the form's answer


def test_an_approved_comment_is_told_to_who_answers_it(room: Room) -> None:
    own = room.says("Een *goed* stuk. " + "Zo. " * 80)
    with reading(room.engine) as session:
        found = view.answer_view(session, DECK, own)
    assert found is not None
    assert (found.id, found.name, found.cancel_url) == (own, "Dia Okonkwo", "/dekschuit/#respond")
    assert found.excerpt.endswith(" …")
    assert len(found.excerpt) <= view.EXCERPT + 2


@pytest.mark.parametrize("state", [s for s in State if s is not State.APPROVED])
def test_a_comment_that_is_not_public_is_not_told_to_who_answers_it(
    room: Room, state: State
) -> None:
    own = room.says(state=state)
    with reading(room.engine) as session:
        assert view.answer_view(session, DECK, own) is None


def test_neither_a_foreign_comment_nor_none_is_told_to_who_answers_it(room: Room) -> None:
    elsewhere = room.says_elsewhere()
    with reading(room.engine) as session:
        assert view.answer_view(session, DECK, elsewhere) is None
        assert view.answer_view(session, DECK, 999) is None
        assert view.answer_view(session, SPOKE, elsewhere) is not None


def test_an_entry_of_a_discussion_that_closes_in_an_hour_is_open_until_then(room: Room) -> None:
    own = room.says()
    closing = replace(DECK, open_until=room.clock() + timedelta(hours=1))
    with reading(room.engine) as session:
        found = view.part(session, closing, Wanted(), room.settings, room.clock())
    assert found.nodes[0].c.reply_url == f"/dekschuit/?reply={own}#respond"


def test_a_view_has_no_address_of_its_author(room: Room) -> None:
    own = room.says()
    assert room.keys.open(room.comment(own).email_sealed) == "dia@lezers.example"
    assert "lezers.example" not in repr(part(room))
