"""Obvious spam with a spam service in force: found in the background, and given back by a person."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from examples.akismet_server import AkismetServer

from .desk import card, come_to_desk, decide, show
from .discussion import EMPTY, WAITS, comment, fill_in, post, read
from .site import Site, World, served
from .visitor import arrive

pytestmark = pytest.mark.browser

SPAM = "Onze casino heeft de grootste jackpot van Gent, echt waar."


@pytest.fixture
def akismet() -> Iterator[AkismetServer]:
    with AkismetServer() as server:
        yield server


@pytest.fixture
def site(world: World, tmp_path: Path, akismet: AkismetServer) -> Iterator[Site]:
    """With a spam service, and decisions that are told at once."""
    settings = {"AKISMET_KEY": "demo", "AKISMET_URL": akismet.url, "COMMENTS_UNDO_SECONDS": "0"}
    with served(world, tmp_path, **settings) as found:
        yield found


def calls(akismet: AkismetServer) -> list[str]:
    return [call.endpoint for call in akismet.requests]


def test_obvious_spam_is_found_after_the_commit_and_a_person_gives_it_back(
    browser: Browser, site: Site, akismet: AkismetServer, scripts: bool
) -> None:
    eve, bob = arrive(browser, site, scripts=scripts), arrive(browser, site, scripts=scripts)
    read(eve, EMPTY)
    fill_in(eve, SPAM, "Eve", "eve@goedkope-pillen.example")
    assert post(eve).status == 303
    expect(comment(eve, SPAM)).to_contain_text(WAITS)
    assert calls(akismet) == []

    come_to_desk(bob, "bob")
    expect(card(bob, SPAM).locator(".ww-why")).to_contain_text("Akismet heeft nog niet geantwoord")
    assert site.work() == 1
    assert calls(akismet) == ["1.1/comment-check"]
    bob.page.reload()
    expect(card(bob, SPAM)).to_have_count(0)

    show(bob, "Spam")
    assert bob.page.url.endswith("/desk/?q=is:spam")
    expect(card(bob, SPAM).locator(".ww-why")).to_contain_text("Akismet zegt: spam")
    decide(card(bob, SPAM), "Goedkeuren")
    bob.sees("1 reactie: goedgekeurd.")
    assert site.work() == 3  # the service, its author and the followers are told
    assert calls(akismet) == ["1.1/comment-check", "1.1/submit-ham"]
    assert akismet.requests[-1].one("comment_content") == SPAM
    read(eve, EMPTY)
    expect(comment(eve, SPAM)).not_to_contain_text(WAITS)
    eve.leave()
    bob.leave()
