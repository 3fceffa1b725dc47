"""What its author takes away is gone at once, in every state; where it was answered an empty place stays."""

import pytest
from sqlalchemy import select

from comments import revisions
from comments.database import reading, writing
from comments.editing.withdrawing import withdraw
from comments.extension import Comments
from comments.models import Comment, Job, LogRow
from comments.states import Action, State

from ..databases import on_both_databases
from ..host import Room
from ..test_view import part

pytestmark = on_both_databases
SETTLED = {
    State.PENDING: None,
    State.APPROVED: Action.APPROVE,
    State.REJECTED: Action.REJECT,
    State.SPAM: Action.SPAM,
}


def withdraws(comments: Comments, room: Room, *ids: int) -> Comment:
    """The first of them, as it is then."""
    with writing(room.engine) as session:
        withdraw(session, comments.site, ids, room.clock())
    return room.comment(ids[0])


@pytest.mark.parametrize("state", SETTLED)
def test_it_can_be_taken_away_in_every_state(comments: Comments, room: Room, state: State) -> None:
    own = room.says("Mijn geheim.", state=State.PENDING)
    action = SETTLED[state]
    if action is not None:
        room.moves(own, action)
    found = withdraws(comments, room, own)
    assert (found.state, found.source, found.html, found.author_name) == (
        State.WITHDRAWN,
        "",
        "",
        "",
    )
    assert not found.shown
    assert not found.waits
    assert room.thread().comment_count == 0


def test_taken_away_twice_it_is_decided_on_once(comments: Comments, room: Room) -> None:
    own = room.says()
    withdraws(comments, room, own)
    withdraws(comments, room, own)
    with reading(room.engine) as session:
        rows = session.scalars(select(LogRow).where(LogRow.comment_id == own)).all()
    assert [(row.action, row.actor_key, row.machine) for row in rows] == [
        ("withdraw", "author", False)
    ]


def test_several_go_at_once_and_whoever_reported_one_is_told(
    comments: Comments, room: Room
) -> None:
    root = room.says()
    ids = [root, room.says(parent=root), room.says_elsewhere()]
    room.is_reported(ids[1])
    room.is_edited(ids[2], "Nog een geheim.")
    withdraws(comments, room, *ids)
    found = [room.comment(each) for each in ids]
    assert [(each.state, each.shown, each.waits) for each in found] == [
        (State.WITHDRAWN, False, False)
    ] * 3
    assert (room.thread().comment_count, room.thread().root_count) == (0, 0)
    with reading(room.engine) as session:
        rows = session.scalars(select(LogRow.comment_id).order_by(LogRow.seq)).all()
        jobs = session.scalars(select(Job.kind)).all()
    assert (rows, jobs) == (ids[::-1], ["tell_reporter"])


def test_an_empty_place_stays_where_it_was_answered(comments: Comments, room: Room) -> None:
    root = room.says("Mijn geheim.")
    answer = room.says("Ik antwoord.", parent=root)
    withdraws(comments, room, root)
    (node,) = part(room).nodes
    assert (node.c.removed, node.c.name, str(node.c.html)) == (True, "", "")
    assert [child.c.id for child in node.children] == [answer]
    assert part(room).count == 1


def test_without_answers_nothing_stays(comments: Comments, room: Room) -> None:
    withdraws(comments, room, room.says())
    assert part(room).nodes == ()


def test_its_own_author_sees_no_empty_text_in_its_place(comments: Comments, room: Room) -> None:
    root = room.says()
    room.says(parent=root)
    withdraws(comments, room, root)
    found = part(room, mine=(root,), just=root)
    assert found.nodes[0].c.removed
    assert found.mine == ()


def test_an_edit_that_waited_goes_with_it(comments: Comments, room: Room) -> None:
    own = room.says()
    with writing(room.engine) as session:
        comment = session.get_one(Comment, own)
        revisions.propose(session, comment, "Nog een geheim.", "", room.clock())
    found = withdraws(comments, room, own)
    assert (found.edit_waits, found.waits) == (False, False)
    with reading(room.engine) as session:
        assert revisions.waiting(session, own) is None


def test_readers_no_longer_get_it_from_the_cache(comments: Comments, room: Room) -> None:
    own = room.says()
    before = room.thread().version
    withdraws(comments, room, own)
    assert room.thread().version > before
