"""A site that has mail, and a reader with a mailbox."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from comments.extension import Comments

from ..host import Clock, SmallHost
from ..mailing.catcher import Catcher, catching
from ..proof.letters import Post, mailed_site
from .owner import Owner


@pytest.fixture
def catcher() -> Iterator[Catcher]:
    with catching() as found:
        yield found


@pytest.fixture
def app(host: SmallHost, clock: Clock, catcher: Catcher) -> Flask:
    return mailed_site(host, clock, catcher)


@pytest.fixture
def comments(app: Flask) -> Iterator[Comments]:
    found: Comments = app.extensions["comments"]
    yield found
    found.site.versions.close()


@pytest.fixture
def post(client: FlaskClient, comments: Comments, catcher: Catcher) -> Post:
    return Post(client, comments, catcher)


@pytest.fixture
def owner(client: FlaskClient, comments: Comments) -> Owner:
    return Owner(client, comments)
