"""Accepting a draft: the comment and all that belongs to it in one commit, or nothing."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, event, func, select

from comments import shown, storing
from comments.database import reading, writing
from comments.draft import Origin, Outcome
from comments.models import Comment, Finding, History, Job
from comments.models import Origin as OriginRow
from comments.models import Thread as ThreadRow
from comments.schema import Base
from comments.states import State

from .databases import on_both_databases
from .host import BOB, DECK, Room

pytestmark = on_both_databases


@pytest.fixture
def commits(engine: Engine) -> Iterator[list[object]]:
    found: list[object] = []
    note = found.append
    event.listen(engine, "commit", note)
    yield found
    event.remove(engine, "commit", note)


def rows(room: Room) -> dict[str, int]:
    with reading(room.engine) as session:
        counted = {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }
    return {name: count for name, count in counted.items() if count and name != "ww_log_head"}


def test_a_comment_its_findings_history_origin_and_jobs_are_one_commit(
    room: Room, commits: list[object]
) -> None:
    draft = room.draft().found("hold_all", Outcome.HOLD, "waits_for_person")
    draft = replace(draft, owed=("ask_akismet",), origin=Origin("192.0.2.77", "Lynx"))
    commits.clear()
    room.accept(draft, State.PENDING)
    assert len(commits) == 1
    assert rows(room) == {
        "ww_thread": 1,
        "ww_comment": 1,
        "ww_finding": 1,
        "ww_history": 1,
        "ww_origin": 1,
        "ww_job": 1,
    }


def test_nothing_is_stored_when_a_part_of_it_fails(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*args: object) -> None:
        raise RuntimeError("halfway")

    monkeypatch.setattr(shown, "refresh", fails)
    with pytest.raises(RuntimeError):
        room.says()
    assert rows(room) == {}


def test_a_comment_keeps_what_was_typed_and_what_was_made_of_it(room: Room) -> None:
    draft = replace(room.draft(), url="https://dia.example/", language="nl")
    found = room.comment(room.accept(draft, State.PENDING))
    assert (found.source, found.html) == (draft.text, draft.html)
    assert (found.source_format, found.kind, found.language) == ("markdown", "comment", "nl")
    assert (found.author_name, found.author_url) == ("Dia Okonkwo", "https://dia.example/")
    assert found.created_at == draft.created_at


def test_an_email_address_is_sealed_and_found_by_its_hash(room: Room) -> None:
    found = room.comment(room.says())
    assert "dia" not in found.email_sealed
    assert room.keys.open(found.email_sealed) == "dia@lezers.example"
    assert found.email_hash == room.keys.digest("email", "dia@lezers.example")


def test_two_spellings_of_an_address_have_one_hash_and_one_avatar(room: Room) -> None:
    first = room.comment(room.says())
    other = room.comment(room.accept(replace(room.draft(), email="DIA@lezers.example")))
    assert (first.email_hash, first.avatar) == (other.email_hash, other.avatar)


def test_staff_are_known_by_their_key_and_no_address_of_theirs_is_kept(room: Room) -> None:
    found = room.comment(room.staff_says())
    assert (found.person_key, found.author_name) == (BOB.key, BOB.name)
    assert (found.email_sealed, found.author_url) == ("", "")


def test_only_the_network_of_the_sender_is_kept(room: Room) -> None:
    origin = Origin("192.0.2.77", "Lynx " * 100)
    comment_id = room.accept(replace(room.draft(), origin=origin))
    with reading(room.engine) as session:
        found = session.get_one(OriginRow, comment_id)
    assert (found.network, len(found.agent)) == ("192.0.2.0", 254)


def test_where_nothing_is_known_of_the_sender_nothing_is_kept(room: Room) -> None:
    room.says()
    assert "ww_origin" not in rows(room)


def test_findings_are_stored_with_their_values(room: Room) -> None:
    draft = room.draft().found("house_rules", Outcome.HOLD, "rule_phrase", what="pillen")
    comment_id = room.accept(draft, State.PENDING)
    with reading(room.engine) as session:
        found = session.scalars(select(Finding)).one()
    assert (found.comment_id, found.check, found.outcome) == (comment_id, "house_rules", "hold")
    assert (found.code, found.values) == ("rule_phrase", {"what": "pillen"})


def test_history_says_in_which_state_it_came_in(room: Room) -> None:
    room.says(state=State.SPAM)
    with reading(room.engine) as session:
        found = session.scalars(select(History)).one()
    assert (found.what, found.values) == ("submitted", {"state": "spam"})


def test_what_is_owed_is_due_at_once(room: Room) -> None:
    draft = replace(room.draft(), owed=("ask_akismet",))
    comment_id = room.accept(draft, State.PENDING)
    with reading(room.engine) as session:
        found = session.scalars(select(Job)).one()
    assert (found.kind, found.comment_id, found.cause) == ("ask_akismet", comment_id, None)
    assert (found.not_before, found.ended, found.attempts) == (draft.created_at, "", 0)


def test_a_thread_knows_what_the_host_says_of_it_now(room: Room) -> None:
    room.says()
    renamed = replace(DECK, title="De schuit", url="/schuit/", author_key="9", unit_key="gent")
    room.accept(room.draft(), subject=renamed)
    found = room.thread()
    assert (found.title, found.url) == ("De schuit", "/schuit/")
    assert (found.author_key, found.unit_key) == ("9", "gent")


def test_an_approved_comment_is_counted_and_shown(room: Room) -> None:
    found = room.comment(room.says())
    thread = room.thread()
    assert found.shown
    assert (thread.comment_count, thread.root_count) == (1, 1)


@pytest.mark.parametrize("state", [State.PENDING, State.SPAM, State.REJECTED])
def test_a_comment_that_nobody_may_see_changes_nothing_that_readers_see(
    room: Room, state: State
) -> None:
    room.says()
    before = room.thread()
    found = room.comment(room.says(state=state))
    after = room.thread()
    assert not found.shown
    assert (after.version, after.comment_count) == (before.version, before.comment_count)


def test_a_reply_stands_under_its_parent(room: Room) -> None:
    root = room.comment(room.says())
    reply = room.comment(room.says(parent=root.id))
    assert (reply.parent_id, reply.root_id, reply.depth) == (root.id, root.id, 1)
    assert room.comment(root.id).reply_count == 1


def test_replies_beyond_the_visual_depth_keep_their_true_parent(room: Room) -> None:
    chain = [room.says()]
    for _ in range(6):
        chain.append(room.says(parent=chain[-1]))
    found = [room.comment(comment_id) for comment_id in chain]
    assert [c.parent_id for c in found[1:]] == chain[:-1]
    assert [c.depth for c in found] == list(range(7))
    assert [len(c.path) // 14 for c in found] == [0, 1, 2, 3, 3, 3, 3]


def test_eight_first_comments_at_once_open_one_thread(room: Room) -> None:
    drafts = [room.draft() for _ in range(8)]
    gate, found = Barrier(8), list[int]()

    def post(number: int) -> None:
        gate.wait()
        found.append(room.accept(drafts[number]))

    threads = [Thread(target=post, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 8
    with reading(room.engine) as session:
        assert session.scalar(select(func.count()).select_from(ThreadRow)) == 1
    assert room.thread().comment_count == 8


def test_places_follow_the_order_of_arrival_when_the_clock_is_set_back(room: Room) -> None:
    first = room.says()
    room.clock.goes_on(hours=-1)
    second = room.says()
    assert room.comment(first).place < room.comment(second).place


def test_touching_a_subject_makes_its_page_anew(room: Room) -> None:
    room.says()
    before = room.thread().version
    with writing(room.engine) as session:
        storing.touch(session, replace(DECK, title="Nieuwe titel"))
    assert (room.thread().version, room.thread().title) == (before + 1, "Nieuwe titel")


def test_no_column_of_a_comment_holds_the_address_in_the_open(room: Room) -> None:
    found = room.comment(room.says())
    values = [str(getattr(found, column.key)) for column in Comment.__table__.columns]
    assert [value for value in values if "lezers.example" in value] == []
