"""Taking it along: everything that is kept of one address, as JSON and as a page; nothing of anybody else."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import inspect

from comments.database import writing
from comments.models import Comment, Finding, Origin, Revision
from comments.states import Action, State

from ..browser import words_of
from ..databases import on_both_databases
from ..host import BOB, MACHINE, Room
from ..proof.letters import DIA, EVE, mailbox
from .owner import Owner
from .test_leaving import reported
from .test_page import confirmed, followed

HOSTILE = '<script>alert(1)</script> & "aanhaling" \u2028 👩‍👩‍👧‍👦\n\ntweede alinea'


def full(room: Room) -> int:
    """A comment around which everything is kept that can be."""
    own = room.accept(
        replace(
            room.draft(HOSTILE),
            url="https://dia.example/",
            language="nl",
            tell=True,
            proved=True,
        ),
        State.PENDING,
    )
    with writing(room.engine) as session:
        session.add_all(
            (
                Origin(comment_id=own, network="192.0.2.0", agent="Lynx", created_at=room.clock()),
                Finding(
                    comment_id=own,
                    check="own_name",
                    outcome="hold",
                    code="waits_for_person",
                    values={},
                ),
                Finding(
                    comment_id=own, check="gone", outcome="hold", code="gone_check", values={"a": 1}
                ),
                Revision(
                    comment_id=own,
                    at=room.clock(),
                    source="Eerst dit.",
                    html="",
                    standing="past",
                    person_key=BOB.key,
                ),
            )
        )
    room.moves(own, Action.APPROVE)
    confirmed(room, DIA, "Dia Okonkwo")
    followed(room)
    reported(room, own)
    return own


@on_both_databases
def test_the_json_has_everything(owner: Owner, room: Room) -> None:
    own = full(room)
    data = owner.exported()
    (told,) = data["comments"]
    assert data["address"] == DIA
    assert data["confirmed"]["key_of_your_feed"] == mailbox_key(room)
    assert [name["name"] for name in data["names"]] == ["Dia Okonkwo"]
    assert [(f["title"], f["scope"], f["rhythm"]) for f in data["follows"]] == [
        ("De dekschuit", "replies", "hour")
    ]
    assert [(r["why"], r["comment"]) for r in data["reports"]] == [("Dit kan niet.", own)]
    assert told["text"] == HOSTILE
    assert (told["state"], told["website"]) == ("approved", "https://dia.example/")
    assert told["from"][0]["network"] == "192.0.2.0"
    assert told["findings"][0]["says"] == "A person reads your comment before it appears."
    assert told["findings"][1]["says"] == "gone_check"
    assert told["other_texts"][0]["text"] == "Eerst dit."
    assert told["other_texts"][0]["by_the_house"] is True
    assert told["history"][0]["what"] == "submitted"
    assert [(d["action"], d["after"]) for d in told["decisions"]] == [("approve", "approved")]


def test_where_a_comment_came_from_is_told_only_once_it_is_proved_to_be_his(
    owner: Owner, room: Room
) -> None:
    """Somebody else may have typed the address: his network and browser are not its owner's to see."""
    own, anybodys = room.says(), room.says()
    with writing(room.engine) as session:
        session.get_one(Comment, own).proved = True
        for each in (own, anybodys):
            at = room.clock()
            session.add(Origin(comment_id=each, network="192.0.2.0", agent="Lynx", created_at=at))
    told = {each["id"]: each["from"] for each in owner.exported()["comments"]}
    assert told[anybodys] == []
    assert [row["browser"] for row in told[own]] == ["Lynx"]
    assert owner.looks("/export.html").text.count("Lynx") == 1


def mailbox_key(room: Room) -> str:
    found = mailbox(room)
    assert found is not None
    return found.feed_key


def test_who_decided_is_not_told_but_a_machine_is(owner: Owner, room: Room) -> None:
    by_person, by_machine = room.says(state=State.PENDING), room.says(state=State.PENDING)
    room.moves(by_person, Action.APPROVE)
    room.moves(by_machine, Action.SPAM, MACHINE)
    told = {each["id"]: each["decisions"][0]["by"] for each in owner.exported()["comments"]}
    assert told == {by_person: "person", by_machine: "akismet"}


def test_nothing_of_others_is_in_it(owner: Owner, room: Room) -> None:
    root = room.says("Van mij.")
    room.accept(replace(room.draft("Niet van mij.", root), email=EVE, name="Eve"))
    text = owner.looks("/export.json").text
    assert "Niet van mij." not in text
    assert "Eve" not in text
    assert BOB.name not in text


@pytest.mark.parametrize("kind", ["json", "html"])
def test_it_is_a_file_that_nobody_else_keeps(owner: Owner, room: Room, kind: str) -> None:
    full(room)
    answer = owner.looks(f"/export.{kind}")
    assert (
        answer.headers["Content-Disposition"]
        == f'attachment; filename="weerwoord-2026-03-01.{kind}"'
    )
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_the_page_for_people_says_the_same(owner: Owner, room: Room) -> None:
    full(room)
    answer = owner.looks("/export.html")
    said = words_of(answer.text)
    for words in ("<script>alert(1)</script>", "192.0.2.0", "Dia Okonkwo", "Eerst dit.", "Lynx"):
        assert words in said
    assert "<script" not in answer.text
    assert "None" not in said


def test_many_comments_are_all_there_once(
    owner: Owner, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comments.me.export.PORTION", 7)
    ids = [room.says() for _ in range(20)]
    assert [each["id"] for each in owner.exported()["comments"]] == ids


LEFT_OUT = {
    # where it stands in the tree and in the lists, and what is made from the rest
    "thread_id root_id place path depth kind shown version reply_count html once waits useful_rank "
    "email_sealed email_hash person_key avatar report_count pinned featured locked edit_waits "
    "edited_by_desk told_to": "of the house's own making"
}
TOLD_AS = {
    "parent_id": "in_reply_to",
    "author_name": "name",
    "author_url": "website",
    "source": "text",
    "source_format": "format",
    "created_at": "written_at",
    "public_at": "public_since",
    "proved": "address_confirmed",
    "told": "wants_to_hear",
    "useful_count": "found_useful",
}


def test_a_new_column_of_a_comment_is_told_or_left_out_on_purpose(owner: Owner, room: Room) -> None:
    room.says()
    (told,) = owner.exported()["comments"]
    columns = {column.key for column in inspect(Comment).column_attrs}
    left_out = {name for names in LEFT_OUT for name in names.split()}
    assert {TOLD_AS.get(name, name) for name in columns - left_out} <= told.keys()
    assert left_out <= columns


def test_of_nobody_it_is_empty(owner: Owner) -> None:
    data = json.loads(owner.looks("/export.json").text)
    assert {key: data[key] for key in ("confirmed", "names", "follows", "reports", "comments")} == {
        "confirmed": None,
        "names": [],
        "follows": [],
        "reports": [],
        "comments": [],
    }
