"""The way in: gathered, judged, stored in one commit; said twice, it is stored once."""

from dataclasses import replace
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from comments import brakes, intake, place
from comments.cache import Versions
from comments.database import prepare, reading
from comments.draft import Draft, Outcome, verdict
from comments.facts import Facts
from comments.intake import Accepted, Refused
from comments.models import Comment
from comments.site import Seams, Site
from comments.states import Action, State
from comments.tokens import Tokens

from .databases import on_both_databases
from .host import DECK, SECRET, SETTINGS, SPOKE, Clock, Room, SmallHost

pytestmark = on_both_databases


class Alarm:
    """A waker that remembers what there was to find when it rang."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.found = engine, list[int]()

    def wake(self, after: float = 0) -> None:
        with reading(self.engine) as session:
            self.found.append(session.scalar(select(func.count()).select_from(Comment)) or 0)


@pytest.fixture
def alarm(engine: Engine) -> Alarm:
    return Alarm(engine)


@pytest.fixture
def site(host: SmallHost, clock: Clock, alarm: Alarm, room: Room) -> Site:
    prepare(host.engine)
    return Site(
        host=host,
        settings=SETTINGS,
        seams=Seams(),
        keys=room.keys,
        tokens=Tokens(SECRET),
        brakes=brakes.brakes_on(host.engine),
        waker=alarm,
        base_template="",
        privacy_url="",
        contact="",
        clock=clock,
        versions=Versions(host.engine),
    )


def stored(room: Room) -> int:
    with reading(room.engine) as session:
        return session.scalar(select(func.count()).select_from(Comment)) or 0


def test_a_first_comment_waits_for_a_person(site: Site, room: Room) -> None:
    found = intake.submit(site, room.draft())
    assert isinstance(found, Accepted)
    assert (found.state, found.again) == (State.PENDING, False)
    assert room.comment(found.comment_id).state is State.PENDING


def test_what_is_refused_comes_back_with_every_reason_and_is_not_stored(
    site: Site, room: Room
) -> None:
    found = intake.submit(site, replace(room.draft(), name="", email="x"))
    assert isinstance(found, Refused)
    assert [f.code for f in found.draft.of(Outcome.REFUSE)] == ["name_missing", "email_wrong"]
    assert stored(room) == 0


def test_there_is_nothing_to_say_where_there_is_no_subject(site: Site, room: Room) -> None:
    found = intake.submit(site, room.draft(key="nergens"))
    assert isinstance(found, Refused)
    assert (found.subject, [f.code for f in found.draft.findings][:1]) == (None, ["nothing_here"])


def test_a_screen_that_lets_everything_in_stores_nothing_without_a_subject(
    site: Site, room: Room
) -> None:
    open_site = replace(site, seams=Seams(screen=lambda draft, facts: draft))
    assert isinstance(intake.submit(open_site, room.draft(key="nergens")), Refused)
    assert stored(room) == 0


def test_a_reply_knows_its_parent(site: Site, room: Room) -> None:
    parent = room.says()
    found = intake.submit(site, room.draft(parent=parent))
    assert isinstance(found, Accepted)
    assert room.comment(found.comment_id).parent_id == parent


@pytest.mark.parametrize("state", [s for s in State if s is not State.APPROVED])
def test_what_is_not_public_cannot_be_answered(site: Site, room: Room, state: State) -> None:
    found = intake.submit(site, room.draft(parent=room.says(state=state)))
    assert isinstance(found, Refused)
    assert [f.code for f in found.draft.of(Outcome.REFUSE)] == ["parent_gone"]


def test_what_stands_elsewhere_cannot_be_answered_here(site: Site, room: Room) -> None:
    found = intake.submit(site, room.draft(parent=room.says_elsewhere()))
    assert isinstance(found, Refused)


@pytest.mark.parametrize("parent", [999, 2**63 - 1])
def test_what_does_not_exist_cannot_be_answered(site: Site, room: Room, parent: int) -> None:
    assert isinstance(intake.submit(site, room.draft(parent=parent)), Refused)


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "\udfff en verder"])
def test_characters_that_no_database_takes_are_refused_before_it(
    site: Site, room: Room, text: str
) -> None:
    found = intake.submit(site, replace(room.draft(), text=text))
    assert isinstance(found, Refused)
    assert [f.code for f in found.draft.of(Outcome.REFUSE)] == ["odd_characters"]


def test_facts_are_gathered_by_whoever_fills_that_seam(site: Site, room: Room) -> None:
    seen: list[tuple[Draft, Facts]] = []

    def gather(session: Session, draft: Draft, facts: Facts) -> Facts:
        assert session.scalar(select(1)) == 1
        seen.append((draft, facts))
        return replace(facts, subject=SPOKE)

    def judge(draft: Draft, facts: Facts) -> Draft:
        seen.append((draft, facts))
        return draft

    draft = room.draft()
    intake.submit(replace(site, seams=Seams(gather=gather, screen=judge)), draft)
    (_, basic), (judged, gathered) = seen
    assert judged == draft
    assert (basic.subject, gathered.subject) == (DECK, SPOKE)
    assert basic.now == gathered.now == draft.created_at


def test_the_verdict_is_the_state_in_which_it_is_stored(site: Site, room: Room) -> None:
    def spam(draft: Draft, facts: Facts) -> Draft:
        return draft.found("rule", Outcome.SPAM, "rule")

    found = intake.submit(replace(site, seams=Seams(screen=spam)), room.draft())
    assert isinstance(found, Accepted)
    assert room.comment(found.comment_id).state is State.SPAM is verdict(spam(room.draft(), None))  # type: ignore[arg-type]


# waking


def owing(draft: Draft, facts: Facts) -> Draft:
    return replace(draft, owed=("ask_akismet",)).found("akismet", Outcome.HOLD, "not_asked")


def test_the_worker_is_woken_after_the_commit(site: Site, room: Room, alarm: Alarm) -> None:
    intake.submit(replace(site, seams=Seams(screen=owing)), room.draft())
    assert alarm.found == [1]


def test_where_nothing_is_owed_nobody_is_woken(site: Site, room: Room, alarm: Alarm) -> None:
    intake.submit(site, room.draft())
    assert alarm.found == []


# twins


def test_the_same_said_again_is_stored_once_and_gets_the_first_ones_answer(
    site: Site, room: Room
) -> None:
    draft = room.draft()
    first = intake.submit(site, draft)
    again = intake.submit(site, replace(draft, created_at=room.clock.goes_on(minutes=9)))
    assert isinstance(first, Accepted)
    assert again == replace(first, again=True)
    assert stored(room) == 1


def test_the_same_said_an_hour_later_is_said_again(site: Site, room: Room) -> None:
    draft = room.draft()
    intake.submit(site, draft)
    again = intake.submit(site, replace(draft, created_at=room.clock.goes_on(hours=1)))
    assert isinstance(again, Accepted)
    assert not again.again
    assert stored(room) == 2


def test_a_twin_tells_the_state_that_the_first_has_by_now(site: Site, room: Room) -> None:
    draft = room.draft()
    first = intake.submit(site, draft)
    assert isinstance(first, Accepted)
    room.moves(first.comment_id, Action.APPROVE)
    again = intake.submit(site, draft)
    assert isinstance(again, Accepted)
    assert again.state is State.APPROVED


def test_of_eight_that_race_one_is_stored_and_all_get_its_answer(site: Site, room: Room) -> None:
    """Each found that nobody had said it: the unique key lets one through."""
    draft = room.draft()
    gate, found = Barrier(8), list[object]()

    def slow_screen(judged: Draft, facts: Facts) -> Draft:
        gate.wait()
        return judged.found("slow", Outcome.HOLD, "slow")

    racing = replace(site, seams=Seams(screen=slow_screen))

    def post() -> None:
        try:
            found.append(intake.submit(racing, draft))
        except Exception as error:
            found.append(error)

    pool = [Thread(target=post) for _ in range(8)]
    for thread in pool:
        thread.start()
    for thread in pool:
        thread.join()
    assert stored(room) == 1
    answers = [answer for answer in found if isinstance(answer, Accepted)]
    assert len(answers) == 8, found
    assert {answer.comment_id for answer in answers} == {answers[0].comment_id}
    assert [answer.again for answer in answers].count(False) == 1


def test_a_database_that_refuses_for_another_reason_is_not_taken_for_a_twin(
    site: Site, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = room.says()
    monkeypatch.setattr(place, "place", lambda at, last: room.comment(other).place)
    with pytest.raises(Exception, match=r"(?i)unique"):
        intake.submit(site, room.draft())
