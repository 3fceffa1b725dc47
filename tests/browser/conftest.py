"""One Chromium for all; a world made once and copied, so that every journey begins in the same place."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from ..comments.mailing.catcher import Catcher, catching
from . import chromium
from .exhibition import Exhibition, opened
from .site import Site, World, make_world, served
from .visitor import PATIENCE, Visitor, arrive

Visit = Callable[..., Visitor]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    expect.set_options(timeout=PATIENCE)
    return chromium.options()


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return make_world(tmp_path_factory.mktemp("world"))


@pytest.fixture
def site(world: World, tmp_path: Path) -> Iterator[Site]:
    """The world as it was in the beginning."""
    with served(world, tmp_path) as found:
        yield found


@pytest.fixture
def catcher() -> Iterator[Catcher]:
    """The mail server of `posted`."""
    with catching() as found:
        yield found


@pytest.fixture
def posted(world: World, tmp_path: Path, catcher: Catcher) -> Iterator[Site]:
    """The world as it was in the beginning, with mail; `work()` sends what is due."""
    with served(world, tmp_path, MAIL_URL=catcher.url) as found:
        yield found


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Visit]:
    """Lets somebody come with a browser of his own: `visit(scripts=False)`."""
    came: list[Visitor] = []

    def come(**options: Any) -> Visitor:
        came.append(arrive(browser, site, **options))
        return came[-1]

    yield come
    for visitor in came:
        visitor.leave()


@pytest.fixture(params=[True, False], ids=["scripts", "plain"])
def scripts(request: pytest.FixtureRequest) -> bool:
    found: bool = request.param
    return found


@pytest.fixture
def reader(visit: Visit, scripts: bool) -> Visitor:
    return visit(scripts=scripts)


@pytest.fixture(scope="session")
def exhibition(
    browser: Browser, world: World, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Exhibition]:
    """Where pages are only looked at; what one visitor changes the others do not mind."""
    with opened(browser, world, tmp_path_factory.mktemp("exhibition")) as found:
        yield found
