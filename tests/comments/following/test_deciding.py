"""The letter on what was decided: to who asked for it, on what holds now, once for each state."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from comments.database import reading, writing
from comments.models import Comment, History
from comments.states import Action, State

from ..databases import on_both_databases
from ..host import BOB_DECIDES, MACHINE, Room, SmallHost
from ..mailing.catcher import Catcher, html_of, text_of
from ..proof.letters import SITE_URL, Post, mailed_site
from .crowd import DIA, Crowd


@pytest.fixture
def held(crowd: Crowd) -> int:
    """A comment that waits, of somebody whose address is confirmed and who wishes to hear of it."""
    crowd.has_mailbox(DIA)
    return crowd.says(DIA, "Wat vind je?", state=State.PENDING, tell=True)


def decide(crowd: Crowd, comment_id: int, action: Action) -> None:
    crowd.room.moves(comment_id, action)
    crowd.later(seconds=10)


@on_both_databases
def test_who_asked_hears_that_his_comment_is_public(crowd: Crowd, held: int) -> None:
    decide(crowd, held, Action.APPROVE)
    (letter,) = crowd.letters(DIA)
    assert letter["Subject"] == "Your comment is public: De dekschuit"
    assert f"{SITE_URL}/dekschuit/comments/{held}" in text_of(letter)
    assert f'href="{SITE_URL}/dekschuit/comments/{held}"' in html_of(letter)
    assert "List-Unsubscribe" not in letter


@on_both_databases
def test_who_asked_hears_that_his_comment_is_not_published(crowd: Crowd, held: int) -> None:
    decide(crowd, held, Action.REJECT)
    (letter,) = crowd.letters(DIA)
    assert letter["Subject"] == "On your comment: De dekschuit"
    assert "decided not to publish it" in text_of(letter)
    assert f"{SITE_URL}/dekschuit/?receipt=" in text_of(letter)
    assert f"#comment-{held}" in text_of(letter)


def test_the_guideline_and_where_to_ask_stand_in_it(
    crowd: Crowd, held: int, host: SmallHost, catcher: Catcher
) -> None:
    app = mailed_site(host, crowd.room.clock, catcher, contact="desk@weerwoord.example")
    why = replace(BOB_DECIDES, clause="Blijf bij het onderwerp")
    crowd.room.moves(held, Action.REJECT, why)
    crowd.later(seconds=10)
    app.extensions["comments"].run_due()
    (letter,) = crowd.catcher.to(DIA)
    for part in (text_of(letter), html_of(letter)):
        assert "The guideline that it goes against: Blijf bij het onderwerp." in part
        assert "desk@weerwoord.example" in part


@pytest.mark.parametrize("action", [Action.SPAM, Action.WITHDRAW])
def test_of_spam_and_of_his_own_withdrawal_nothing_is_said(
    crowd: Crowd, held: int, action: Action
) -> None:
    decide(crowd, held, action)
    assert crowd.letters(DIA) == []


@pytest.mark.parametrize("by", [None, MACHINE])
def test_who_did_not_ask_hears_nothing(crowd: Crowd, by: Any) -> None:
    crowd.has_mailbox(DIA)
    held = crowd.says(DIA, state=State.PENDING)
    crowd.room.moves(held, Action.APPROVE, *([by] if by else []))
    crowd.later(seconds=10)
    assert crowd.letters(DIA) == []


def test_an_address_that_nobody_confirmed_gets_no_letter(crowd: Crowd) -> None:
    held = crowd.says(DIA, state=State.PENDING, tell=True)
    decide(crowd, held, Action.APPROVE)
    assert crowd.letters(DIA) == []
    assert crowd.jobs("tell_author") == []


def test_who_proved_this_comment_to_be_his_needs_no_mailbox(crowd: Crowd) -> None:
    held = crowd.says(DIA, state=State.PENDING, tell=True, proved=True)
    decide(crowd, held, Action.APPROVE)
    assert len(crowd.letters(DIA)) == 1


def test_what_was_undone_before_the_letter_went_is_not_told(
    crowd: Crowd, held: int, catcher: Catcher
) -> None:
    row = crowd.room.moves(held, Action.REJECT)
    catcher.mode = "later"
    crowd.later(seconds=10)
    crowd.work()
    crowd.room.undoes(row)
    catcher.mode = "well"
    crowd.later(hours=1)
    assert crowd.letters(DIA) == []


def test_what_holds_by_now_is_told(crowd: Crowd, held: int, catcher: Catcher) -> None:
    decide(crowd, held, Action.REJECT)
    decide(crowd, held, Action.APPROVE)
    assert [letter["Subject"] for letter in crowd.letters(DIA)] == [
        "Your comment is public: De dekschuit"
    ]


@on_both_databases
def test_the_same_state_is_told_once_and_another_one_again(crowd: Crowd, held: int) -> None:
    decide(crowd, held, Action.APPROVE)
    crowd.work()
    for action in (Action.HOLD, Action.APPROVE):
        decide(crowd, held, action)
        crowd.work()
    assert len(crowd.letters(DIA)) == 1
    decide(crowd, held, Action.REJECT)
    assert len(crowd.letters(DIA)) == 2
    decide(crowd, held, Action.APPROVE)
    subjects = [letter["Subject"] for letter in crowd.letters(DIA)]
    assert subjects[0] == subjects[2] != subjects[1]


def test_it_is_noted_in_the_history_without_a_word_of_him(crowd: Crowd, held: int) -> None:
    decide(crowd, held, Action.APPROVE)
    crowd.work()
    with reading(crowd.room.engine) as session:
        lines = select(History.values).where(History.what == "told_author")
        assert session.scalars(lines).all() == [{"state": "approved"}]


def test_it_speaks_the_language_of_the_comment(crowd: Crowd, held: int) -> None:
    with writing(crowd.room.engine) as session:
        session.get_one(Comment, held).language = "nl"
    decide(crowd, held, Action.APPROVE)
    assert crowd.letters(DIA)[0]["Subject"] == "Je reactie is geplaatst: De dekschuit"


def test_an_article_that_is_gone_is_not_written_about(
    crowd: Crowd, held: int, host: SmallHost
) -> None:
    crowd.follows(DIA)
    decide(crowd, held, Action.APPROVE)
    del host.known["dekschuit"]
    assert crowd.letters(DIA) == []
    assert crowd.jobs("tell_author") == []
    assert len(crowd.all_follows()) == 1


def test_a_mailbox_that_refuses_it_follows_nothing_any_more(
    crowd: Crowd, held: int, catcher: Catcher
) -> None:
    crowd.follows(DIA)
    catcher.mode = "refuses"
    decide(crowd, held, Action.APPROVE)
    assert crowd.letters(DIA) == []
    assert crowd.all_follows() == []


def test_from_the_form_to_the_letter(post: Post, room: Room, crowd: Crowd) -> None:
    own = post.says(tell="1")
    post.confirms()
    decide(crowd, own, Action.APPROVE)
    assert post.catcher.to(DIA)[-1]["Subject"] != "Your comment is public: De dekschuit"
    assert crowd.letters(DIA)[-1]["Subject"] == "Your comment is public: De dekschuit"
