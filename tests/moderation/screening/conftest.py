"""Akismet's demo server and a client of it, fresh for each test."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from examples.akismet_server import AkismetServer
from moderation.screening.akismet import Akismet

from .akismet_cast import KEY, SITE


@pytest.fixture
def server() -> Iterator[AkismetServer]:
    with AkismetServer() as running:
        yield running


@pytest.fixture
def service(server: AkismetServer) -> Iterator[Akismet]:
    with closing(Akismet(KEY, SITE, server.url)) as client:
        yield client
