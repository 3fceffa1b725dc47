"""Whoever has the link to his own page, and what he does there."""

import json
from collections.abc import Sequence
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from comments.database import writing
from comments.extension import Comments
from comments.keys import address_key
from comments.models import Comment

from ..browser import SAME_ORIGIN
from ..bulk import discussion
from ..host import Room
from ..proof.letters import DIA


def wrote(room: Room, replies: Sequence[int], email: str = DIA) -> list[int]:
    """A discussion in which one address said everything; see `bulk.discussion`."""
    ids = discussion(room, replies)
    own = {
        "email_hash": room.keys.digest("email", address_key(email)),
        "email_sealed": room.keys.seal(email),
    }
    with writing(room.engine) as session:
        session.execute(update(Comment).values(**own))
    return ids


class Owner:
    def __init__(self, client: FlaskClient, comments: Comments, email: str = DIA) -> None:
        self.client, self.comments = client, comments
        site = comments.site
        self.token = site.tokens.me(site.keys.seal(email), site.clock())
        self.home = f"/me/{self.token}"

    def looks(self, rest: str = "") -> TestResponse:
        return self.client.get(self.home + rest)

    def does(self, deed: str, **values: Any) -> TestResponse:
        return self.client.post(f"{self.home}/{deed}", data=values, headers=SAME_ORIGIN)

    def done(self, deed: str, **values: Any) -> str:
        """What the page says after it."""
        answer = self.does(deed, **values)
        assert answer.status_code == 303, answer.text
        return self.client.get(answer.location.partition("#")[0]).text

    def exported(self) -> Any:
        return json.loads(self.looks("/export.json").text)

    def leaves(self, how: str) -> TestResponse:
        answer = self.does("leave", how=how, sure="1")
        assert answer.status_code == 200, answer.text
        return answer
