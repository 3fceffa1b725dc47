"""A letter that the outbox owes: sent once, tried again where that helps, and nothing of it kept."""

import logging
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import delete, select

from comments import outbox
from comments.database import reading, writing
from comments.extension import Comments
from comments.mailing.sending import deliver
from comments.models import Job
from comments.outbox import GIVEN_UP_AFTER, Task

from ..databases import on_both_databases
from ..host import Clock, Room, SmallHost
from ..small_site import small_site
from .catcher import Catcher, html_of, text_of
from .conftest import SITE_URL

DIA = "dia@lezers.example"


class Told:
    """A handler as others write theirs; remembers whether its letters arrived."""

    def __init__(self, comments: Comments, **more: Any) -> None:
        self.comments, self.more, self.delivered = comments, more, list[bool]()
        comments.handlers["answered"] = self

    def __call__(self, task: Task, now: datetime) -> None:
        self.delivered.append(
            deliver(
                self.comments.site,
                task,
                now,
                "answered",
                to=task.values["to"],
                language=task.values.get("language", ""),
                values={
                    "name": "Eve <b>",
                    "text": "<i>Nee</i> & nee",
                    "at": now,
                    "path": "/dekschuit/#comment-1",
                },
                **self.more,
            )
        )


def owes(room: Room, **values: str) -> int:
    with writing(room.engine) as session:
        job = Job(
            kind="answered",
            values={"to": DIA, **values},
            created_at=room.clock(),
            not_before=room.clock(),
        )
        session.add(job)
        session.flush()
        return job.id


def job(room: Room) -> Job:
    with reading(room.engine) as session:
        return session.scalars(select(Job)).one()


@on_both_databases
def test_a_letter_is_sent_and_nothing_of_whom_it_went_to_is_kept(
    comments: Comments, room: Room, catcher: Catcher
) -> None:
    told = Told(comments)
    owes(room)
    comments.run_due()
    (letter,) = catcher.wait_for(1)
    assert told.delivered == [True]
    assert letter["To"] == DIA
    assert catcher.envelopes == [("post@weerwoord.example", DIA)]
    assert (job(room).ended, job(room).values) == ("done", {})


def test_a_letter_stands_with_those_about_the_same_and_can_be_stopped(
    comments: Comments, room: Room, catcher: Catcher
) -> None:
    stop = f"{SITE_URL}/comments/stop/abc"
    Told(comments, about="thread-12", stop_url=stop)
    owes(room), owes(room)
    comments.run_due()
    first, second = catcher.wait_for(2)
    assert first["References"] == second["References"] == first["In-Reply-To"]
    assert first["Message-ID"] != second["Message-ID"]
    assert first["List-Id"] == "<thread-12.weerwoord.example>"
    assert first["List-Unsubscribe"] == f"<{stop}>"
    assert first["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop in text_of(first)
    assert f'href="{stop}"' in html_of(first)


def test_a_letter_about_nothing_else_stands_alone(
    comments: Comments, room: Room, catcher: Catcher
) -> None:
    Told(comments)
    owes(room)
    comments.run_due()
    (letter,) = catcher.wait_for(1)
    assert {"References", "List-Id", "List-Unsubscribe"} & set(letter.keys()) == set()


def test_it_is_in_the_language_of_who_gets_it(
    comments: Comments, room: Room, catcher: Catcher
) -> None:
    Told(comments)
    for language in ("en", "nl", "fr", ""):
        owes(room, language=language)
    comments.run_due()
    letters = catcher.wait_for(4)
    assert [letter["Content-Language"] for letter in letters] == ["en", "nl", "nl", "nl"]
    assert letters[0]["Subject"].startswith("Please try again")
    assert letters[1]["Subject"].startswith("Probeer het nog eens")


def test_a_letter_that_is_not_taken_now_is_sent_later_under_the_same_name(
    comments: Comments, room: Room, catcher: Catcher, clock: Clock
) -> None:
    told = Told(comments)
    owes(room)
    catcher.mode = "later"
    comments.run_due()
    assert told.delivered == []
    assert (job(room).ended, job(room).last_error) == ("", "the mail server says 451")
    assert job(room).values == {"to": DIA}
    catcher.mode = "well"
    clock.goes_on(minutes=1)
    comments.run_due()
    assert told.delivered == [True]
    assert len(catcher.wait_for(1)) == 1


def test_a_task_that_is_run_twice_sends_the_same_message(
    comments: Comments, room: Room, catcher: Catcher, clock: Clock
) -> None:
    """A worker was killed after it had sent and before it could say so."""
    told = Told(comments)
    owes(room)
    task = outbox.lease(room.engine, clock())
    assert task is not None
    told(task, clock())
    clock.goes_on(minutes=3)
    comments.run_due()
    first, second = catcher.wait_for(2)
    assert first["Message-ID"] == second["Message-ID"]


def test_a_task_of_another_time_sends_another_message(
    comments: Comments, room: Room, catcher: Catcher, clock: Clock
) -> None:
    """A database that was made anew counts from one again, and a reader's program drops what it knows."""
    Told(comments)
    ids = []
    for _ in range(2):
        ids.append(owes(room))
        comments.run_due()
        with writing(room.engine) as session:
            session.execute(delete(Job))
        clock.goes_on(minutes=1)
    first, second = catcher.wait_for(2)
    assert ids == [1, 1]
    assert first["Message-ID"] != second["Message-ID"]


def test_a_refused_letter_is_not_tried_again_and_its_address_stands_nowhere(
    comments: Comments, room: Room, catcher: Catcher, caplog: pytest.LogCaptureFixture
) -> None:
    told = Told(comments)
    id_ = owes(room)
    catcher.mode = "refuses"
    with caplog.at_level(logging.DEBUG, "comments"):
        comments.run_due()
    assert told.delivered == [False]
    assert (job(room).ended, job(room).values, job(room).last_error) == ("done", {}, "")
    assert [said.getMessage() for said in caplog.records if said.name.startswith("comments")] == [
        f"the letter of task {id_} (answered) was refused: the mail server says 550"
    ]


def test_a_server_that_is_never_there_ends_it_and_nothing_of_whom_is_kept(
    comments: Comments, room: Room, catcher: Catcher, clock: Clock
) -> None:
    Told(comments)
    owes(room)
    catcher.mode = "later"
    clock.goes_on(seconds=GIVEN_UP_AFTER.total_seconds() + 1)
    comments.run_due()
    assert (job(room).ended, job(room).values) == ("given_up", {})


def test_a_site_that_has_no_mail_any_more_keeps_the_letter_for_later(
    host: SmallHost, clock: Clock, room: Room
) -> None:
    comments: Comments = small_site(host, clock).extensions["comments"]
    assert comments.site.post is None
    Told(comments)
    owes(room)
    comments.run_due()
    assert (job(room).ended, job(room).last_error) == ("", "the site has no mail")


def test_links_go_to_the_site_and_readers_text_is_text(
    comments: Comments, room: Room, catcher: Catcher
) -> None:
    Told(comments)
    owes(room)
    comments.run_due()
    (letter,) = catcher.wait_for(1)
    link = f"{SITE_URL}/dekschuit/#comment-1"
    assert link in text_of(letter)
    assert f'href="{link}"' in html_of(letter)
    assert "<i>Nee</i> & nee" in text_of(letter)
    assert "&lt;i&gt;Nee&lt;/i&gt; &amp; nee" in html_of(letter)
    assert "Eve &lt;b&gt;" in html_of(letter)
    assert letter["Subject"] == "Probeer het nog eens, Eve <b>"
