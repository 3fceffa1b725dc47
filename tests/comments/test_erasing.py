"""What is personal in a comment is forgotten; its place, its tree and the log stay whole."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from comments import queries, revisions, storing
from comments.chain import verify
from comments.database import reading, writing
from comments.erasing import EMPTY, erase
from comments.following.actions import follow
from comments.following.models import Follow, News
from comments.models import Comment, Finding, Job, Origin, Revision
from comments.proof.models import Mailbox
from comments.states import State
from comments.storing import Owed
from comments.useful.models import Vote

from .databases import on_both_databases
from .host import Room

pytestmark = on_both_databases
STAYS = set(
    """
    id thread_id parent_id root_id place path depth kind state shown version reply_count source_format
    language waits report_count pinned featured locked told_to public_at created_at decided_at
    """.split()
)
"""What tells nothing of a person: where the comment stood, and what became of it."""
AROUND = (Finding, Origin, Revision, Vote, News)


def nothing_more(session: Session, ids: Collection[int]) -> None:
    return None


def erases(room: Room, *ids: int) -> None:
    with writing(room.engine) as session:
        erase(session, [session.get_one(Comment, own) for own in ids], nothing_more)


def counted(room: Room, table: type) -> int:
    with reading(room.engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def around(room: Room, own: int) -> None:
    """All that may be kept around a comment."""
    with writing(room.engine) as session:
        comment = session.get_one(Comment, own)
        now = room.clock()
        session.add(Finding(comment_id=own, check="x", outcome="hold", code="x", values={"w": 1}))
        session.add(Origin(comment_id=own, network="192.0.2.0", agent="Lynx", created_at=now))
        session.add(Vote(comment_id=own, who="a" * 32, thread_id=comment.thread_id, at=now))
        revisions.replace(session, comment, "Later.", "<p>Later.</p>", now)
        revisions.propose(session, comment, "Nog later.", "<p>Nog later.</p>", now)
        owed = [Owed("tell_author"), Owed("tell_reporter"), Owed("mail_report_received")]
        session.add_all(storing.owing(comment, owed, now))
        if session.get(Mailbox, "h") is None:
            session.add(Mailbox(email_hash="h", email_sealed="", feed_key="k", confirmed_at=now))
            session.flush()
            follow(session, "h", comment.thread_id, "all", now)
        (follow_id,) = session.scalars(select(Follow.id))
        session.add(News(follow_id=follow_id, comment_id=own, at=now))


def test_every_column_is_either_emptied_or_tells_nothing_of_a_person(room: Room) -> None:
    """A new column does not pass without somebody having thought of it."""
    assert {column.name for column in Comment.__table__.columns} == STAYS | set(EMPTY)


def test_nothing_of_the_person_is_left_in_the_row(room: Room) -> None:
    own = room.says("Mijn geheim.")
    erases(room, own)
    found = room.comment(own)
    assert {name: getattr(found, name) for name in EMPTY} == EMPTY


def test_nothing_is_left_around_it(room: Room) -> None:
    own = room.says()
    around(room, own)
    erases(room, own)
    assert [counted(room, table) for table in AROUND] == [0] * 5


def test_what_is_kept_around_another_stays(room: Room) -> None:
    own, other = room.says(), room.says()
    around(room, own)
    around(room, other)
    erases(room, own)
    assert [counted(room, table) for table in AROUND] == [1, 1, 2, 1, 1]
    assert room.comment(other).source == "Later."


def test_whoever_reported_it_still_hears_what_became_of_it(room: Room) -> None:
    own = room.says(state=State.PENDING)
    around(room, own)
    erases(room, own)
    with reading(room.engine) as session:
        assert session.scalars(select(Job.kind).order_by(Job.id)).all() == [
            "tell_reporter",
            "mail_report_received",
        ]


def test_answers_and_the_log_stay_whole(room: Room) -> None:
    root = room.says()
    answer = room.says(parent=root)
    erases(room, root)
    assert (room.comment(answer).parent_id, room.comment(answer).root_id) == (root, root)
    with reading(room.engine) as session:
        assert verify(queries.chain_after(session, 0, 100), queries.chain_head(session)) is None


def test_the_same_can_be_said_again(room: Room) -> None:
    draft = room.draft("Dit zeg ik.")
    own = room.accept(draft)
    erases(room, own)
    assert room.accept(draft) != own


def test_other_packages_are_told_within_the_same_transaction(room: Room) -> None:
    own = [room.says(), room.says()]
    told: list[Sequence[int]] = []

    def also(session: Session, ids: Collection[int]) -> None:
        told.append(sorted(ids))
        assert session.get_one(Comment, own[0]).source == ""

    with writing(room.engine) as session:
        erase(session, [session.get_one(Comment, id_) for id_ in own], also)
    assert told == [own]


def test_nothing_happens_to_nobody(room: Room) -> None:
    own = room.says("Blijft staan.")
    erases(room)
    assert room.comment(own).source == "Blijft staan."
    assert room.clock() - room.comment(own).created_at < timedelta(seconds=1)
