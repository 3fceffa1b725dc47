"""An author gives his comment another text: the row judges it anew, and what is public is not changed unseen."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from comments import actions
from comments.actions import Stale
from comments.database import reading, writing
from comments.draft import Draft, Outcome
from comments.editing import changing
from comments.editing.changing import Ended, mark_of, minutes_left
from comments.extension import Comments
from comments.facts import Facts
from comments.models import Finding, Job, LogRow, Revision
from comments.settings import Settings
from comments.states import Action, State

from ..databases import on_both_databases
from ..host import BOB_DECIDES, DECK, Clock, Room, SmallHost
from ..small_site import small_site
from .hands import NEW, changes

pytestmark = on_both_databases
BACK_AND_FORTH = 20


def revisions(room: Room, comment_id: int) -> list[tuple[str, str]]:
    """Standing and text of each other text of a comment."""
    with reading(room.engine) as session:
        rows = session.scalars(
            select(Revision).where(Revision.comment_id == comment_id).order_by(Revision.id)
        )
        return [(row.standing, row.source) for row in rows]


def codes(room: Room, comment_id: int) -> list[str]:
    with reading(room.engine) as session:
        return list(
            session.scalars(
                select(Finding.code).where(Finding.comment_id == comment_id).order_by(Finding.id)
            )
        )


def decisions(room: Room, comment_id: int) -> list[tuple[str, str, bool]]:
    with reading(room.engine) as session:
        rows = session.scalars(select(LogRow).where(LogRow.comment_id == comment_id))
        return [(row.action, row.actor_key, row.machine) for row in rows]


# one that waits


def test_a_waiting_comment_has_its_new_text_at_once(comments: Comments, room: Room) -> None:
    own = room.says("Een goed stuk.", state=State.PENDING)
    assert changes(comments, room, own).ended is Ended.STANDS
    found = room.comment(own)
    assert (found.source, found.state) == (NEW, State.PENDING)
    assert "<em>veel beter</em>" in found.html
    assert found.edited_at == room.clock()
    assert not found.edited_by_desk
    assert revisions(room, own) == [("past", "Een goed stuk.")]


def test_whoever_saw_the_old_text_decides_on_it_no_more(comments: Comments, room: Room) -> None:
    own = room.says(state=State.PENDING)
    before = room.comment(own).version
    changes(comments, room, own)
    assert room.comment(own).version == before + 1


def test_its_findings_are_those_of_the_new_text(comments: Comments, room: Room) -> None:
    own = room.says(state=State.PENDING)
    with writing(room.engine) as session:
        session.add(
            Finding(comment_id=own, check="old", outcome="hold", code="name_long", values={})
        )
    changes(comments, room, own)
    assert codes(room, own) == ["waits_for_person"]


# one that is public


def test_what_is_public_stays_until_a_person_has_read_the_new_text(
    comments: Comments, room: Room
) -> None:
    own = room.says("Een goed stuk.")
    version = room.thread().version
    assert changes(comments, room, own).ended is Ended.WAITS
    found = room.comment(own)
    assert (found.source, found.state) == ("Een goed stuk.", State.APPROVED)
    assert (found.edit_waits, found.waits, found.edited_at) == (True, True, None)
    assert revisions(room, own) == [("waiting", NEW)]
    assert room.thread().version == version


def test_a_person_takes_the_new_text(comments: Comments, room: Room) -> None:
    own = room.says("Een goed stuk.")
    changes(comments, room, own)
    room.moves(own, Action.APPROVE)
    found = room.comment(own)
    assert (found.source, found.edit_waits, found.waits) == (NEW, False, False)
    assert found.edited_at is not None


def test_he_goes_on_from_what_he_wrote_last(comments: Comments, room: Room) -> None:
    own = room.says("Een goed stuk.")
    changes(comments, room, own)
    result = changing.change(comments.site, own, "Nog beter.", mark_of(NEW))
    assert result.ended is Ended.WAITS
    assert revisions(room, own) == [("waiting", "Nog beter.")]


def test_staff_change_theirs_at_once_and_readers_see_it(comments: Comments, room: Room) -> None:
    own = room.staff_says("Een goed stuk.")
    version = room.thread().version
    assert changes(comments, room, own).ended is Ended.STANDS
    assert room.comment(own).source == NEW
    assert room.thread().version > version
    assert not room.comment(own).waits


# what the row says of it


def site_with(host: SmallHost, clock: Clock, row: Any) -> Comments:
    found: Comments = small_site(host, clock, screen=row).extensions["comments"]
    return found


def finds(outcome: Outcome, *owed: str) -> Any:
    def row(draft: Draft, facts: Facts) -> Draft:
        return replace(draft.found("row", outcome, "found"), html="<p>x</p>", owed=owed)

    return row


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.SPAM, State.SPAM),
        (Outcome.ALLOW, State.APPROVED),
        (Outcome.HOLD, State.PENDING),
    ],
)
def test_a_machine_moves_what_nobody_decided_on(
    host: SmallHost, clock: Clock, room: Room, outcome: Outcome, state: State
) -> None:
    own = room.says(state=State.PENDING)
    changes(site_with(host, clock, finds(outcome)), room, own)
    assert room.comment(own).state is state
    assert [machine for _, _, machine in decisions(room, own)] == [True] * (state != "pending")


@pytest.mark.parametrize("outcome", [Outcome.SPAM, Outcome.ALLOW])
def test_what_a_person_decided_stands(
    host: SmallHost, clock: Clock, room: Room, outcome: Outcome
) -> None:
    own = room.says()
    room.moves(own, Action.HOLD)
    changes(site_with(host, clock, finds(outcome)), room, own)
    assert (room.comment(own).state, room.comment(own).source) == (State.PENDING, NEW)


def test_spam_in_the_new_text_of_a_public_one_waits_for_a_person_too(
    host: SmallHost, clock: Clock, room: Room
) -> None:
    own = room.says("Een goed stuk.")
    assert changes(site_with(host, clock, finds(Outcome.SPAM)), room, own).ended is Ended.WAITS
    assert (room.comment(own).state, room.comment(own).source) == (State.APPROVED, "Een goed stuk.")
    assert codes(room, own) == ["found"]


def test_what_the_row_owes_for_the_new_text_becomes_work(
    host: SmallHost, clock: Clock, room: Room
) -> None:
    own = room.says(state=State.PENDING)
    changes(site_with(host, clock, finds(Outcome.HOLD, "ask_somebody")), room, own)
    with reading(room.engine) as session:
        kinds = session.scalars(select(Job.kind).where(Job.comment_id == own)).all()
    assert kinds == ["ask_somebody"]


@pytest.mark.parametrize("text", ["", "   ", "a" * 5001, "a\0b", "> " * 30 + "diep"])
def test_a_text_that_makes_no_comment_is_refused_with_its_reason(
    comments: Comments, room: Room, text: str
) -> None:
    own = room.says("Een goed stuk.", state=State.PENDING)
    result = changes(comments, room, own, text)
    assert (result.ended, {f.field for f in result.findings}) == (Ended.FAULTY, {"text"})
    assert room.comment(own).source == "Een goed stuk."


def test_the_end_of_a_discussion_does_not_keep_an_author_from_mending_his_text(
    comments: Comments, host: SmallHost, room: Room
) -> None:
    own = room.says(state=State.PENDING)
    host.known["dekschuit"] = replace(DECK, open=False)
    assert changes(comments, room, own).ended is Ended.STANDS


# when, and from what


def test_the_same_text_is_no_change(comments: Comments, room: Room) -> None:
    own = room.says("Een goed stuk.")
    before = room.comment(own).version
    assert changes(comments, room, own, " Een goed stuk.\r\n").ended is Ended.SAME
    assert (room.comment(own).version, revisions(room, own)) == (before, [])


def test_a_text_that_was_changed_meanwhile_is_not_overwritten(
    comments: Comments, room: Room
) -> None:
    own = room.says("Een goed stuk.", state=State.PENDING)
    seen = mark_of("Een goed stuk.")
    changing.change(comments.site, own, "In een ander venster.", seen)
    result = changing.change(comments.site, own, NEW, seen)
    assert (result.ended, result.theirs) == (Ended.OVERTAKEN, "In een ander venster.")
    assert room.comment(own).source == "In een ander venster."
    again = changing.change(comments.site, own, NEW, mark_of(result.theirs))
    assert again.ended is Ended.STANDS


def test_a_decision_meanwhile_is_no_hindrance(comments: Comments, room: Room) -> None:
    own = room.says("Een goed stuk.", state=State.PENDING)
    seen = mark_of("Een goed stuk.")
    room.moves(own, Action.APPROVE)
    assert changing.change(comments.site, own, NEW, seen).ended is Ended.WAITS


def test_a_decision_while_the_row_judges_is_no_hindrance_either(
    host: SmallHost, clock: Clock, room: Room
) -> None:
    own = room.says("Een goed stuk.", state=State.PENDING)
    judged: list[str] = []

    def row(draft: Draft, facts: Facts) -> Draft:
        if not judged:
            room.moves(own, Action.APPROVE)
        judged.append(draft.text)
        return replace(draft.found("row", Outcome.HOLD, "found"), html="<p>x</p>")

    assert changes(site_with(host, clock, row), room, own).ended is Ended.WAITS
    assert len(judged) == 2
    assert room.comment(own).source == "Een goed stuk."


@pytest.mark.parametrize("action", [Action.REJECT, Action.SPAM, Action.WITHDRAW])
def test_what_was_turned_down_or_taken_away_is_changed_no_more(
    comments: Comments, room: Room, action: Action
) -> None:
    own = room.says(state=State.PENDING)
    room.moves(own, action)
    assert changes(comments, room, own).ended is Ended.DECIDED


def test_a_comment_that_does_not_exist_cannot_be_changed(comments: Comments, room: Room) -> None:
    for nobody in (0, 999, 2**70):
        assert changing.change(comments.site, nobody, NEW, "").ended is Ended.DECIDED


def test_after_a_quarter_of_an_hour_it_stays_as_it_is(comments: Comments, room: Room) -> None:
    own = room.says(state=State.PENDING)
    room.clock.goes_on(minutes=14, seconds=59)
    assert changes(comments, room, own).ended is Ended.STANDS
    room.clock.goes_on(seconds=1)
    assert changes(comments, room, own, "Te laat.").ended is Ended.TOO_LATE


def test_minutes_are_counted_as_long_as_one_has_begun(room: Room) -> None:
    own = room.comment(room.says())
    at, settings = own.created_at, Settings(edit_minutes=15)
    room.clock.now = at
    left = [minutes_left(own, room.clock.goes_on(seconds=s), settings) for s in (0, 1, 59, 839, 1)]
    assert left == [15, 15, 14, 1, 0]
    assert minutes_left(own, at, Settings(edit_minutes=0)) == 0


def test_who_changes_it_all_the_time_is_asked_to_wait(comments: Comments, room: Room) -> None:
    own = room.says(state=State.PENDING)
    ended = [changes(comments, room, own, f"Versie {n}.") for n in range(BACK_AND_FORTH + 1)]
    assert {result.ended for result in ended[:-1]} == {Ended.STANDS}
    assert ended[-1].ended is Ended.TOO_FAST
    assert ended[-1].seconds > 0


def test_a_decision_can_be_taken_back_after_the_text_it_took(
    comments: Comments, room: Room
) -> None:
    own = room.says("Een goed stuk.")
    changes(comments, room, own)
    room.undoes(room.moves(own, Action.APPROVE))
    assert room.comment(own).source == "Een goed stuk."
    assert revisions(room, own) == [("waiting", NEW)]


def test_a_decision_on_the_old_text_does_not_take_the_new_one(
    comments: Comments, room: Room
) -> None:
    own = room.says("Een goed stuk.", state=State.PENDING)
    before = room.comment(own).version
    changes(comments, room, own)
    with writing(room.engine) as session, pytest.raises(Stale):
        actions.move(session, own, Action.APPROVE, before, BOB_DECIDES, room.clock(), room.settings)


def test_the_log_has_the_row_as_a_machine(host: SmallHost, clock: Clock, room: Room) -> None:
    own = room.says(state=State.PENDING)
    changes(site_with(host, clock, finds(Outcome.SPAM)), room, own)
    assert decisions(room, own) == [("spam", "row", True)]
