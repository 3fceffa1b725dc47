"""When the letters to who follows go: at most one an hour, or all of a day at once."""

from dataclasses import replace

import pytest
from flask import Flask
from flask_babel import Babel
from sqlalchemy import select

from comments.database import writing
from comments.following import actions
from comments.proof.models import Mailbox

from ..databases import on_both_databases
from ..host import SETTINGS, SPOKE, SmallHost
from ..mailing.catcher import Catcher, text_of
from ..proof.letters import mailed_site
from .crowd import DIA, EVE, Crowd, flat


@on_both_databases
def test_at_most_one_letter_an_hour_tells_all_that_came_meanwhile(crowd: Crowd) -> None:
    crowd.follows(DIA)
    crowd.says(EVE, "Meteen.")
    assert len(crowd.letters(DIA)) == 1
    for words in ("Na een minuut.", "Nog een."):
        crowd.later(minutes=1)
        crowd.says(EVE, words)
        assert len(crowd.letters(DIA)) == 1
    assert len(crowd.jobs("letter")) == 1
    crowd.later(minutes=58)
    assert crowd.told(DIA) == [["Meteen."], ["Na een minuut.", "Nog een."]]
    assert crowd.news() == []
    crowd.later(hours=3)
    assert len(crowd.letters(DIA)) == 2


@on_both_databases
def test_the_daily_letter_tells_of_all_discussions_at_once(crowd: Crowd) -> None:
    crowd.follows(DIA, rhythm="day")
    crowd.follows(DIA, rhythm="day", subject=SPOKE)
    crowd.says(EVE, "In de ene.")
    crowd.says(EVE, "In de andere.", subject=SPOKE)
    assert crowd.letters(DIA) == []
    crowd.later(hours=18)  # from noon to six
    assert crowd.letters(DIA) == []
    crowd.later(hours=1)
    assert crowd.told(DIA) == [["In de ene.", "In de andere."]]
    (letter,) = crowd.letters(DIA)
    assert letter["Subject"] == "New today in what you follow"
    assert "DE DEKSCHUIT" in text_of(letter)
    assert "DE SPAAK" in text_of(letter)
    crowd.says(EVE, "Net te laat.")
    crowd.later(hours=23)
    assert len(crowd.letters(DIA)) == 1
    crowd.later(hours=1)
    assert crowd.told(DIA)[1:] == [["Net te laat."]]


def test_the_hour_of_the_daily_letter_is_that_of_the_site(
    crowd: Crowd, host: SmallHost, catcher: Catcher
) -> None:
    def in_new_york(app: Flask) -> None:
        Babel(app, default_timezone="America/New_York", configure_jinja=False)

    settings = replace(SETTINGS, digest_hour=20)
    app = mailed_site(host, crowd.room.clock, catcher, before=in_new_york, settings=settings)
    crowd.follows(DIA, rhythm="day")
    crowd.says(EVE)
    app.extensions["comments"].run_due()
    (owed,) = crowd.jobs("digest")
    assert owed.not_before.isoformat() == "2026-03-02T01:00:00+00:00"


@on_both_databases
@pytest.mark.parametrize(("before", "after", "hours"), [("hour", "day", 20), ("day", "hour", 20)])
def test_who_changes_the_rhythm_loses_nothing(
    crowd: Crowd, before: str, after: str, hours: int
) -> None:
    own = crowd.follows(DIA, rhythm=before)
    crowd.says(EVE, "Een.")
    crowd.work()
    crowd.says(EVE, "Twee.")
    crowd.work()
    with writing(crowd.room.engine) as session:
        assert actions.change(session, crowd.hash(DIA), own, "all", after)
    crowd.later(hours=hours)
    crowd.work()
    crowd.later(hours=24)
    assert flat(crowd.told(DIA)) == ["Een.", "Twee."]
    assert crowd.news() == []


def test_a_server_that_is_away_gets_the_letter_later_with_all_that_came(
    crowd: Crowd, catcher: Catcher
) -> None:
    crowd.follows(DIA)
    catcher.mode = "later"
    crowd.says(EVE, "Een.")
    assert crowd.letters(DIA) == []
    crowd.says(EVE, "Twee.")
    catcher.mode = "well"
    crowd.later(minutes=5)
    assert crowd.told(DIA) == [["Een.", "Twee."]]


def test_without_the_key_of_an_address_its_letter_waits(crowd: Crowd) -> None:
    crowd.follows(DIA)
    crowd.says(EVE)
    with writing(crowd.room.engine) as session:
        box = session.scalars(select(Mailbox)).one()
        sealed, box.email_sealed = box.email_sealed, "9:x"
    assert crowd.letters(DIA) == []
    with writing(crowd.room.engine) as session:
        session.scalars(select(Mailbox)).one().email_sealed = sealed
    crowd.later(minutes=5)
    assert len(crowd.letters(DIA)) == 1
