"""What waits for a person beside a first decision: another text, and reports; and what decides on them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from comments.actions import Stale
from comments.database import reading
from comments.models import Comment, Job, LogRow, Revision
from comments.reporting.models import Report
from comments.states import Action, IllegalMove, State

from .databases import on_both_databases
from .host import Room

pytestmark = on_both_databases
NEW = "Een betere tekst."


@pytest.fixture
def edited(room: Room) -> int:
    comment_id = room.says("De eerste tekst.")
    room.is_edited(comment_id, NEW)
    return comment_id


@pytest.fixture
def reported(room: Room) -> int:
    comment_id = room.says()
    room.is_reported(comment_id)
    return comment_id


def outcomes(room: Room) -> list[str]:
    with reading(room.engine) as session:
        return list(session.scalars(select(Report.outcome).order_by(Report.id)))


def written(room: Room) -> list[int]:
    with reading(room.engine) as session:
        return list(session.scalars(select(Report.id).order_by(Report.id)))


def told(room: Room) -> list[object]:
    with reading(room.engine) as session:
        found = select(Job).where(Job.kind == "tell_reporter").order_by(Job.id)
        return [job.values["report"] for job in session.scalars(found)]


def test_the_approved_text_stays_while_another_waits(room: Room, edited: int) -> None:
    comment = room.comment(edited)
    assert (comment.source, comment.state, comment.waits) == (
        "De eerste tekst.",
        State.APPROVED,
        True,
    )


def test_approving_takes_the_text_that_waits_and_readers_see_it(room: Room, edited: int) -> None:
    version = room.thread().version
    room.moves(edited, Action.APPROVE)
    comment = room.comment(edited)
    assert (comment.source, comment.html) == (NEW, f"<p>{NEW}</p>")
    assert comment.edited_at is not None
    assert (comment.waits, comment.edit_waits, comment.edited_by_desk) == (False, False, False)
    assert room.thread().version == version + 1


@pytest.mark.parametrize("action", [Action.KEEP, Action.REJECT, Action.SPAM])
def test_every_other_decision_leaves_the_old_text(room: Room, edited: int, action: Action) -> None:
    room.moves(edited, action)
    comment = room.comment(edited)
    assert (comment.source, comment.edited_at, comment.waits) == ("De eerste tekst.", None, False)


def test_to_hold_it_keeps_the_text_that_waits(room: Room, edited: int) -> None:
    room.moves(edited, Action.HOLD)
    room.moves(edited, Action.APPROVE)
    assert room.comment(edited).source == NEW


@pytest.mark.parametrize("action", [Action.APPROVE, Action.KEEP, Action.REJECT, Action.SPAM])
def test_undoing_lets_the_text_wait_again(room: Room, edited: int, action: Action) -> None:
    room.undoes(room.moves(edited, action))
    comment = room.comment(edited)
    assert (comment.source, comment.edited_at) == ("De eerste tekst.", None)
    assert (comment.state, comment.waits, comment.edit_waits) == (State.APPROVED, True, True)
    room.moves(edited, Action.APPROVE)
    assert room.comment(edited).source == NEW


def test_a_newer_text_takes_the_place_of_one_that_waits(room: Room, edited: int) -> None:
    room.is_edited(edited, "Nog beter.")
    with reading(room.engine) as session:
        assert session.scalars(select(Revision.source)).all() == ["Nog beter."]


@pytest.mark.parametrize("action", [Action.APPROVE, Action.KEEP])
def test_nothing_is_decided_where_nothing_waits(room: Room, action: Action) -> None:
    comment_id = room.says()
    with pytest.raises(IllegalMove):
        room.moves(comment_id, action)
    assert room.comment(comment_id).version == 1


@pytest.mark.parametrize(
    ("action", "outcome"),
    [(Action.KEEP, "kept"), (Action.REJECT, "removed"), (Action.SPAM, "removed")],
)
def test_a_decision_closes_the_reports_and_their_writers_hear_of_it(
    room: Room, reported: int, action: Action, outcome: str
) -> None:
    room.is_reported(reported, "En het is ook niet aardig.")
    room.moves(reported, action)
    assert outcomes(room) == [outcome, outcome]
    assert told(room) == written(room)
    assert (room.comment(reported).report_count, room.comment(reported).waits) == (0, False)


def test_to_hold_it_closes_no_report(room: Room, reported: int) -> None:
    room.moves(reported, Action.HOLD)
    assert outcomes(room) == [""]
    assert room.comment(reported).report_count == 1


def test_undoing_opens_the_reports_again_and_tells_nobody(room: Room, reported: int) -> None:
    room.undoes(room.moves(reported, Action.REJECT))
    assert outcomes(room) == [""]
    assert (room.comment(reported).report_count, room.comment(reported).waits) == (1, True)
    assert told(room) == []


def test_what_its_author_withdrew_is_not_brought_back(room: Room) -> None:
    row = room.moves(room.says(), Action.WITHDRAW)
    with pytest.raises(Stale):
        room.undoes(row)


STEPS = st.lists(
    st.sampled_from(["edit", "report", "undo", *Action]),
    max_size=12,
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_it_waits_exactly_as_long_as_there_is_something_to_decide(
    room: Room, steps: list[str]
) -> None:
    comment_id = room.says(state=State.PENDING)
    rows: list[LogRow] = []
    for step in steps:
        try:
            if step == "edit":
                room.is_edited(comment_id, NEW)
            elif step == "report":
                room.is_reported(comment_id)
            elif step == "undo":
                rows.append(room.undoes(rows[-1])) if rows else None
            else:
                rows.append(room.moves(comment_id, Action(step)))
        except (Stale, IllegalMove):
            continue
    holds(room, comment_id)


def holds(room: Room, comment_id: int) -> None:
    with reading(room.engine) as session:
        comment = session.get_one(Comment, comment_id)
        edits = session.scalar(
            select(func.count()).where(
                Revision.comment_id == comment_id, Revision.standing == "waiting"
            )
        )
        reports = session.scalar(
            select(func.count()).where(Report.comment_id == comment_id, Report.closed_at.is_(None))
        )
    assert comment.edit_waits == bool(edits)
    assert comment.report_count == reports
    assert comment.waits == (comment.state is State.PENDING or bool(edits or reports))
