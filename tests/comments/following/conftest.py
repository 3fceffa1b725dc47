"""A site that has mail, and people with mailboxes who follow what is said there."""

import pytest
from flask import Flask

from comments.extension import Comments

from ..host import Clock, Room, SmallHost
from ..mailing.catcher import Catcher
from ..proof.letters import mailed_site
from .crowd import Crowd


@pytest.fixture
def app(host: SmallHost, clock: Clock, catcher: Catcher) -> Flask:
    return mailed_site(host, clock, catcher)


@pytest.fixture
def crowd(room: Room, comments: Comments, catcher: Catcher) -> Crowd:
    return Crowd(room, comments, catcher)
