"""A comment that its author changes passes the row anew; a preview passes it and counts nowhere."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from comments import previewing
from comments.database import reading
from comments.draft import Draft
from comments.editing.changing import Ended, Result, change, mark_of
from comments.intake import Accepted, Refused, submit
from comments.models import Brake
from comments.states import Action, State
from examples.akismet_server import AkismetServer
from moderation.screening import queries
from moderation.screening.akismet import Akismet
from tests.moderation.conftest import Make
from tests.moderation.world import World

from .akismet_cast import KEY

HAM, SPAM = "Wij doen het al jaren zo.", "Best casino in town"


@pytest.fixture
def asking(make: Make, service: Akismet) -> World:
    """A site that asks Akismet."""
    return make(service, akismet_key=KEY)


def edits(world: World, id_: int, text: str) -> Result:
    world.clock.later(seconds=10)
    found = world.stored(id_)
    return change(world.site, id_, text, mark_of(found.source))


def asked(server: AkismetServer) -> list[str]:
    return [
        call.one("comment_content")
        for call in server.requests
        if call.endpoint.endswith("comment-check")
    ]


def test_akismet_is_asked_again_about_the_new_text(asking: World, server: AkismetServer) -> None:
    own = asking.write(text=HAM)
    asking.comments.run_due()
    assert edits(asking, own, "Toch maar anders.").ended is Ended.STANDS
    assert "akismet_not_asked" in asking.codes(own)
    asking.clock.later(seconds=1)
    asking.comments.run_due()
    assert asked(server) == [HAM, "Toch maar anders."]
    assert "akismet_not_asked" not in asking.codes(own)


def test_what_akismet_said_of_the_old_text_does_not_count_for_the_new_one(asking: World) -> None:
    own = asking.write(text=HAM)
    asking.comments.run_due()
    with reading(asking.engine) as db:
        assert queries.kept_answer(db, own, HAM) is not None
        assert queries.kept_answer(db, own, "Iets anders.") is None
    edits(asking, own, SPAM)
    assert asking.state(own) is State.PENDING
    asking.clock.later(seconds=1)
    asking.comments.run_due()
    assert asking.state(own) is State.SPAM


def test_a_comment_that_is_public_is_not_asked_about(asking: World, server: AkismetServer) -> None:
    own = asking.write(text=HAM)
    asking.comments.run_due()
    asking.move(own, Action.APPROVE)
    assert edits(asking, own, SPAM).ended is Ended.WAITS
    asking.clock.later(minutes=1)
    asking.comments.run_due()
    assert asked(server) == [HAM]
    assert (asking.state(own), asking.stored(own).source) == (State.APPROVED, HAM)
    assert asking.stored(own).waits


def test_links_put_in_later_are_held_all_the_same(world: World) -> None:
    own = world.write()
    edits(world, own, "Zie https://a.example en https://b.example")
    assert "many_links" in world.codes(own)


def test_an_edit_is_no_haste_in_posting(world: World) -> None:
    own = world.write()
    before = brakes(world)
    for number in range(12):
        assert edits(world, own, f"Versie {number}.").ended is Ended.STANDS
    assert brakes(world) == before + 1  # the one that counts edits


def brakes(world: World) -> int:
    with reading(world.engine) as db:
        return db.scalar(select(func.count()).select_from(Brake)) or 0


def again(world: World, draft: Draft, text: str) -> Draft:
    """From the same address as before."""
    return Draft(
        draft.thread_key,
        text,
        world.clock(),
        draft.name,
        draft.email,
        origin=draft.origin,
    )


def test_previews_do_not_count_as_haste(make: Make) -> None:
    world = make(accepted_per_ten_minutes=2)
    draft = world.draft()
    for number in range(5):
        found = previewing.preview(world.site, again(world, draft, f"Versie {number}."))
        assert found is not None
        assert "too_fast" not in [finding.code for finding in found.draft.findings]
    assert brakes(world) == 0
    answers = [submit(world.site, again(world, draft, f"Nummer {number}.")) for number in range(3)]
    assert [type(answer) for answer in answers] == [Accepted, Accepted, Refused]


def test_a_preview_owes_nobody_a_question(asking: World, server: AkismetServer) -> None:
    previewing.preview(asking.site, asking.draft(text=HAM))
    asking.clock.later(minutes=1)
    assert asking.comments.run_due() == 0
    assert asked(server) == []


def test_a_preview_says_that_links_wait(world: World) -> None:
    draft = world.draft(text="Zie https://a.example en https://b.example")
    found = previewing.preview(world.site, draft)
    assert found is not None
    assert {"many_links", "waits_for_person"} <= {f.code for f in found.draft.findings}


def test_what_is_said_beforehand_is_what_the_row_does(make: Make) -> None:
    for links in (1, 3):
        world = make(links_held=links)
        told = world.site.seams.beforehand()
        assert told.links == links
        assert str(links) in told.links_wait
        text = " ".join(f"https://{number}.example" for number in range(links))
        assert "many_links" in world.codes(world.write(text=text))
        assert "many_links" not in world.codes(world.write(text=text.rpartition(" ")[0] or "Geen."))


def test_the_houses_line_is_its_own_or_the_usual_one(make: Make) -> None:
    assert "be kind" in make().site.seams.guideline()
    assert make(guideline="Houd het kort.").site.seams.guideline() == "Houd het kort."


def test_the_window_is_counted_from_when_it_was_written(world: World) -> None:
    own = world.write()
    world.clock.later(minutes=10)
    assert edits(world, own, "Op tijd.").ended is Ended.STANDS
    world.clock.now = world.stored(own).created_at + timedelta(minutes=15)
    assert change(world.site, own, "Te laat.", mark_of("Op tijd.")).ended is Ended.TOO_LATE
