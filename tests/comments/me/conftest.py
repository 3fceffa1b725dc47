"""A site that has mail, and a reader with a mailbox."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from comments.extension import Comments

from ..host import Clock, SmallHost
from ..mailing.catcher import Catcher
from ..proof.letters import mailed_site
from .owner import Owner


@pytest.fixture
def app(host: SmallHost, clock: Clock, catcher: Catcher) -> Flask:
    return mailed_site(host, clock, catcher)


@pytest.fixture
def owner(client: FlaskClient, comments: Comments) -> Owner:
    return Owner(client, comments)
