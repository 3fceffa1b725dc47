"""The letters to who follows: what stands in them and at their head, and to whom they go no more."""

from typing import Any

import pytest
from sqlalchemy import delete, event

from comments.database import writing
from comments.following import actions
from comments.models import Comment, Job
from comments.states import Action

from ..databases import on_both_databases
from ..host import SPOKE, Room, SmallHost
from ..mailing.catcher import Catcher, html_of, text_of
from ..proof.letters import SITE_URL
from .crowd import DIA, EVE, FAY, Crowd, flat, task_of


def test_a_letter_names_the_article_and_leads_to_the_comment(crowd: Crowd) -> None:
    crowd.follows(DIA)
    said = crowd.says(EVE, "Iets nieuws.")
    (letter,) = crowd.letters(DIA)
    assert letter["Subject"] == "New under “De dekschuit”"
    for part in (text_of(letter), html_of(letter)):
        assert f"{SITE_URL}/dekschuit/comments/{said}" in part
        assert "Iets nieuws." in part
        assert "Eve" in part
        assert "You get this because you follow this discussion." in part


def test_replies_to_him_come_first_and_are_marked(crowd: Crowd) -> None:
    own = crowd.says(DIA)
    crowd.work()
    crowd.follows(DIA)
    crowd.says(EVE, "Aan niemand.")
    crowd.says(FAY, "Aan Dia.", own)
    (letter,) = crowd.letters(DIA)
    assert crowd.told(DIA) == [["Aan Dia.", "Aan niemand."]]
    assert "A reply to you, from Fay, " in text_of(letter)
    assert text_of(letter).count("A reply to you") == 1


def test_nothing_that_a_reader_typed_is_markup_in_a_letter(crowd: Crowd) -> None:
    crowd.follows(DIA)
    crowd.says(EVE, "<b>vet</b> & <script>alert(1)</script>", name="<i>Eve</i> {{ 7 }}")
    (letter,) = crowd.letters(DIA)
    assert "<script" not in html_of(letter)
    assert "<b>" not in html_of(letter)
    assert "&lt;i&gt;Eve&lt;/i&gt; {{ 7 }}" in html_of(letter)
    assert "<i>Eve</i> {{ 7 }}" in text_of(letter)


def test_a_long_comment_is_told_in_short(crowd: Crowd) -> None:
    crowd.follows(DIA)
    crowd.says(EVE, "woord " * 500)
    (told,) = flat(crowd.told(DIA))
    assert len(told) <= 402
    assert told.endswith("woord …")


def test_who_let_go_of_his_name_is_anonymous(crowd: Crowd) -> None:
    crowd.follows(DIA)
    said = crowd.says(EVE)
    with writing(crowd.room.engine) as session:
        session.get_one(Comment, said).author_name = ""
    assert "Anonymous, " in text_of(crowd.letters(DIA)[0])


def test_letters_on_one_discussion_stand_together_and_can_be_stopped_by_one_click(
    crowd: Crowd,
) -> None:
    crowd.follows(DIA)
    crowd.follows(DIA, subject=SPOKE)
    crowd.says(EVE)
    crowd.says(EVE, subject=SPOKE)
    crowd.letters(DIA)
    crowd.later(hours=1)
    crowd.says(EVE)
    first, elsewhere, second = crowd.letters(DIA)
    assert first["References"] == first["In-Reply-To"] == second["References"]
    assert first["References"] != elsewhere["References"]
    assert first["Message-ID"] != second["Message-ID"]
    assert first["List-Id"] == second["List-Id"] != elsewhere["List-Id"]
    assert first["List-Unsubscribe"].startswith(f"<{SITE_URL}/me/stop/")
    assert first["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_letter_is_written_in_the_language_of_its_reader(crowd: Crowd) -> None:
    crowd.has_mailbox(DIA, "nl")
    crowd.follows(DIA)
    crowd.says(EVE)
    (letter,) = crowd.letters(DIA)
    assert letter["Subject"] == "Nieuw onder ‘De dekschuit’"


def test_a_letter_holds_twenty_comments_and_says_how_many_more(crowd: Crowd) -> None:
    crowd.follows(DIA)
    for _ in range(25):
        crowd.says(EVE)
    (told,) = crowd.told(DIA)
    assert len(told) == 20
    letter = crowd.letters(DIA)[0]
    assert "And 5 more:" in text_of(letter)
    assert "And 5 more" in html_of(letter)
    assert crowd.news() == []
    crowd.later(hours=2)
    assert len(crowd.letters(DIA)) == 1


@pytest.mark.parametrize("comments_told", [1, 60])
@pytest.mark.parametrize("rhythm", ["hour", "day"])
def test_a_letter_costs_the_same_number_of_queries(
    crowd: Crowd, comments_told: int, rhythm: str
) -> None:
    crowd.follows(DIA, rhythm=rhythm)
    for _ in range(comments_told):
        crowd.says(EVE)
    with writing(crowd.room.engine) as session:
        session.execute(delete(Job).where(Job.kind == "letter"))
    for job in crowd.jobs("tell_followers"):
        crowd.comments.handlers["tell_followers"](task_of(job), crowd.room.clock())
        with writing(crowd.room.engine) as session:
            session.delete(session.merge(job))
    crowd.later(hours=24)
    statements: list[str] = []

    def count(*given: Any) -> None:
        statements.append(given[2])

    event.listen(crowd.room.engine, "before_cursor_execute", count)
    assert len(crowd.letters(DIA)) == 1
    event.remove(crowd.room.engine, "before_cursor_execute", count)
    assert len(statements) <= 24, "\n".join(statements)


@on_both_databases
def test_what_is_no_longer_public_is_not_told(crowd: Crowd, room: Room) -> None:
    crowd.follows(DIA)
    crowd.says(EVE, "De eerste.")
    crowd.work()
    gone = crowd.says(EVE, "Toch niet.")
    crowd.work()
    room.moves(gone, Action.REJECT)
    crowd.later(hours=2)
    assert flat(crowd.told(DIA)) == ["De eerste."]


def test_what_the_host_shows_no_longer_is_not_told(crowd: Crowd, host: SmallHost) -> None:
    crowd.follows(DIA)
    crowd.says(EVE)
    del host.known["dekschuit"]
    assert crowd.letters(DIA) == []
    assert crowd.news() == []


@on_both_databases
def test_who_stopped_meanwhile_gets_nothing(crowd: Crowd) -> None:
    own = crowd.follows(DIA, rhythm="day")
    crowd.follows(DIA, subject=SPOKE)
    crowd.says(EVE)
    crowd.work()
    with writing(crowd.room.engine) as session:
        assert not actions.stop(session, crowd.hash(EVE), own)
        assert actions.stop(session, crowd.hash(DIA), own)
    crowd.later(hours=24)
    assert crowd.letters(DIA) == []
    assert crowd.news() == []


@on_both_databases
@pytest.mark.parametrize("rhythm", ["hour", "day"])
def test_a_mailbox_that_refuses_letters_follows_nothing_any_more(
    crowd: Crowd, catcher: Catcher, rhythm: str
) -> None:
    crowd.follows(DIA, rhythm=rhythm)
    crowd.follows(DIA, subject=SPOKE)
    crowd.follows(EVE, subject=SPOKE)
    crowd.says(FAY)
    catcher.mode = "refuses"
    crowd.work()
    crowd.later(hours=24)
    assert crowd.letters(DIA) == []
    assert [one.email_hash for one in crowd.all_follows()] == [crowd.hash(EVE)]
    assert crowd.news() == []


def test_a_server_that_distrusts_us_costs_nobody_what_he_follows(
    crowd: Crowd, catcher: Catcher
) -> None:
    crowd.follows(DIA)
    crowd.says(EVE)
    catcher.mode = "distrusts_us"
    assert crowd.letters(DIA) == []
    catcher.mode = "well"
    crowd.later(minutes=5)
    assert len(crowd.letters(DIA)) == 1
