"""A site that has mail, and a reader with a mailbox."""

import pytest
from flask import Flask

from ..host import Clock, SmallHost
from ..mailing.catcher import Catcher
from .letters import mailed_site


@pytest.fixture
def app(host: SmallHost, clock: Clock, catcher: Catcher) -> Flask:
    return mailed_site(host, clock, catcher)
