"""A report is taken: one row, one finding for each kind, a line of history, and a place in the queue."""

import threading
from typing import Any

import pytest
from sqlalchemy import select

from comments import storing
from comments.database import reading, writing
from comments.draft import Outcome
from comments.models import Finding, History, Job
from comments.reporting import actions
from comments.reporting.actions import RECEIVED, Taken
from comments.reporting.draft import Notice, Wrong
from comments.reporting.models import Report
from comments.states import Action, State
from tests.comments.databases import on_both_databases
from tests.comments.host import Room

NOTICE = Notice(Wrong.SPAM, "Hier wordt iets verkocht.", email="dia@lezers.example")


def report(room: Room, comment_id: int, who: str = "dia", **changes: Any) -> Taken:
    notice = Notice(**{**vars(NOTICE), **changes})
    with writing(room.engine) as session:
        return actions.take(session, comment_id, notice, who, room.keys, "nl", room.clock())


def rows(room: Room, table: Any, comment_id: int) -> list[Any]:
    with reading(room.engine) as session:
        found = select(table).where(table.comment_id == comment_id).order_by(table.id)
        return list(session.scalars(found))


@on_both_databases
def test_a_report_puts_its_comment_before_a_person(room: Room) -> None:
    id_ = room.says()
    before, thread = room.comment(id_), room.thread().version
    assert report(room, id_) is Taken.OPENED
    found = room.comment(id_)
    assert (before.waits, found.waits, found.report_count) == (False, True, 1)
    assert (found.state, found.version, room.thread().version) == (State.APPROVED, 1, thread)


@on_both_databases
def test_what_was_said_is_kept_and_the_address_sealed(room: Room) -> None:
    id_ = room.says()
    report(room, id_, name="Dia Okonkwo")
    (row,) = rows(room, Report, id_)
    assert (row.wrong, row.why, row.name) == ("spam", "Hier wordt iets verkocht.", "Dia Okonkwo")
    assert "lezers" not in row.email_sealed
    assert room.keys.open(row.email_sealed) == "dia@lezers.example"
    assert row.email_hash == room.keys.digest("email", "dia@lezers.example")


def test_a_report_is_a_finding_and_a_line_of_history_without_its_text(room: Room) -> None:
    id_ = room.says()
    report(room, id_)
    (finding,) = rows(room, Finding, id_)
    assert (finding.check, finding.outcome, finding.code) == ("reports", "hold", "reported")
    assert finding.values == {"wrong": "spam"}
    last = rows(room, History, id_)[-1]
    assert (last.what, last.values) == ("reported", {"wrong": "spam"})


def test_many_reports_of_one_kind_are_one_finding(room: Room) -> None:
    id_ = room.says()
    for who, wrong in (("dia", Wrong.SPAM), ("eve", Wrong.SPAM), ("fay", Wrong.HATE)):
        report(room, id_, who, wrong=wrong)
    assert [f.values["wrong"] for f in rows(room, Finding, id_)] == ["spam", "hate"]
    assert room.comment(id_).report_count == 3


@on_both_databases
def test_the_same_reporter_is_heard_once_until_it_was_decided(room: Room) -> None:
    id_ = room.says()
    assert [report(room, id_) for _ in range(2)] == [Taken.OPENED, Taken.AGAIN]
    assert room.comment(id_).report_count == 1
    room.moves(id_, Action.KEEP)
    assert report(room, id_) is Taken.OPENED


@on_both_databases
def test_what_he_says_anew_of_the_same_comment_is_heard(room: Room) -> None:
    id_ = room.says()
    said: list[dict[str, str]] = [{}, {"why": "Het gaat over mij."}, {"wrong": Wrong.PRIVATE}, {}]
    assert [report(room, id_, **changes) for changes in said] == [
        Taken.OPENED,
        Taken.OPENED,
        Taken.OPENED,
        Taken.AGAIN,
    ]


def test_who_cannot_be_told_from_others_is_always_heard(room: Room) -> None:
    id_ = room.says()
    assert [report(room, id_, "") for _ in range(2)] == [Taken.OPENED] * 2


def test_whoever_reports_one_comment_may_report_another(room: Room) -> None:
    assert [report(room, room.says()) for _ in range(2)] == [Taken.OPENED] * 2


@pytest.mark.parametrize("state", [s for s in State if s is not State.APPROVED])
def test_what_readers_do_not_see_cannot_be_reported(room: Room, state: State) -> None:
    id_ = room.says(state=state)
    assert report(room, id_) is Taken.GONE
    assert rows(room, Report, id_) == []


def test_a_comment_that_never_was_cannot_be_reported(room: Room) -> None:
    assert report(room, 4711) is Taken.GONE


def test_when_the_row_runs_again_what_readers_said_stays(room: Room) -> None:
    id_ = room.says()
    report(room, id_)
    judged = room.draft().found("house_rules", Outcome.HOLD, "rule_phrase", what="casino")
    with writing(room.engine) as session:
        storing.replace_findings(session, id_, judged)
    assert [f.code for f in rows(room, Finding, id_)] == ["reported", "rule_phrase"]


def test_a_letter_is_owed_only_to_who_gave_an_address(room: Room) -> None:
    told, untold = room.says(), room.says()
    report(room, told)
    report(room, untold, email="")
    (row,) = rows(room, Report, told)
    owed = [(j.kind, j.values) for j in rows(room, Job, told) if j.kind == RECEIVED]
    assert owed == [(RECEIVED, {"report": row.id})]
    assert [j.kind for j in rows(room, Job, untold) if j.kind == RECEIVED] == []


@on_both_databases
def test_two_clicks_at_once_are_one_report(room: Room) -> None:
    id_, said, start = room.says(), [], threading.Barrier(2)

    def click() -> None:
        start.wait()
        said.append(report(room, id_))

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert sorted(said) == [Taken.AGAIN, Taken.OPENED]
    assert len(rows(room, Report, id_)) == room.comment(id_).report_count == 1


@on_both_databases
def test_undoing_the_decision_opens_the_report_again(room: Room) -> None:
    id_ = room.says()
    report(room, id_)
    row = room.moves(id_, Action.REJECT)
    (closed,) = rows(room, Report, id_)
    assert (closed.outcome, room.comment(id_).waits) == ("removed", False)
    room.undoes(row)
    (opened,) = rows(room, Report, id_)
    assert (opened.outcome, opened.closed_at, room.comment(id_).waits) == ("", None, True)
    assert [j.kind for j in rows(room, Job, id_) if j.kind == "tell_reporter"] == []
