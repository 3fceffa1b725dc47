"""A letter that the outbox owes: sent once, tried again where that helps, and nothing of it kept."""

import logging
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

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


def test_show(comments: Comments, room: Room, catcher: Catcher) -> None:
    Told(comments, about="thread-12", stop_url="https://weerwoord.example/stop/" + "x" * 200)
    owes(room)
    comments.run_due()
    catcher.wait_for(1)
    print(catcher.raw[0].decode())
    assert 0
