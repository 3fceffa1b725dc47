"""The button is pressed while the comment is edited or withdrawn: one waits for the other, neither fails."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from comments import log
from comments.database import reading, writing
from comments.draft import Draft, Outcome
from comments.editing.changing import Ended
from comments.editing.withdrawing import withdraw
from comments.facts import Facts
from comments.models import Finding
from comments.states import State

from ..databases import on_both_databases, until_somebody_waits
from ..editing.hands import changes
from ..host import Clock, Room, SmallHost
from ..mailing.catcher import Catcher
from .letters import Post, mailed_site, rows

on_postgresql = pytest.mark.parametrize(
    "engine", [pytest.param("postgresql", marks=pytest.mark.service)], indirect=True
)


def nothing() -> None:
    return None


@dataclass
class Row:
    """Lets pass what is proved, unless it says that it waits; `meanwhile` happens once while it looks."""

    meanwhile: Callable[[], object] = nothing

    def __call__(self, draft: Draft, facts: Facts) -> Draft:
        happens = self.meanwhile
        if draft.proved:
            self.meanwhile = nothing
            happens()
        if draft.proved and "wacht" not in draft.text:
            return draft
        return draft.found("hold_all", Outcome.HOLD, "waits_for_person", what=draft.text)


@pytest.fixture
def row() -> Row:
    return Row()


@pytest.fixture
def app(host: SmallHost, clock: Clock, catcher: Catcher, row: Row) -> Flask:
    return mailed_site(host, clock, catcher, screen=row)


@on_postgresql
def test_withdrawn_while_the_button_is_pressed_it_is_gone(post: Post, room: Room) -> None:
    own = post.says()
    link = post.link()
    with ThreadPoolExecutor(1) as pool:
        with writing(room.engine) as session:
            log.queue(session)  # as whoever withdraws begins
            pressed = pool.submit(post.presses, link)
            until_somebody_waits(room.engine)
            withdraw(session, post.comments.site, [own], room.clock())
        assert pressed.result().status_code == 200
    assert (room.comment(own).state, rows(room, Finding)) == (State.WITHDRAWN, 0)


@on_both_databases
def test_what_is_found_is_of_the_text_that_stands(post: Post, room: Room, row: Row) -> None:
    own = post.says(text="Dit wacht.")
    link = post.link()
    with ThreadPoolExecutor(1) as pool:
        edited = []

        def edits() -> None:
            edited.append(pool.submit(changes, post.comments, room, own, "Dit wacht ook."))
            wait(edited, timeout=0.5)

        row.meanwhile = edits
        assert post.presses(link).status_code == 200
        assert [each.result().ended for each in edited] == [Ended.STANDS]
    with reading(room.engine) as session:
        found = session.scalars(select(Finding)).all()
    assert [each.values["what"] for each in found] == ["Dit wacht ook."]


@on_both_databases
def test_what_is_proved_and_minded_by_nobody_appears(post: Post, room: Room) -> None:
    own = post.says()
    assert room.comment(own).state is State.PENDING
    post.confirms()
    assert (room.comment(own).state, rows(room, Finding)) == (State.APPROVED, 0)
