"""A site in English that has mail, and what somebody does with the letters that it sends."""

import re
from email.message import EmailMessage
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from comments.database import reading
from comments.extension import Comments
from comments.keys import address_key
from comments.mailing.settings import MailSettings
from comments.models import Job
from comments.proof import queries
from comments.proof.models import Mailbox, Name

from ..browser import FILLED, SAME_ORIGIN, posted_id, posts
from ..host import Clock, Room, SmallHost
from ..mailing.catcher import Catcher, text_of
from ..small_site import small_site

SITE_URL = "https://weerwoord.example"
DIA, EVE = FILLED["email"], "eve@elders.example"


def mailed_site(host: SmallHost, clock: Clock, catcher: Catcher, **seams: Any) -> Flask:
    mail = MailSettings(catcher.url, "Het Weerwoord <post@weerwoord.example>")
    return small_site(host, clock, site_url=SITE_URL, mail=mail, **seams)


def link_in(letter: EmailMessage) -> str:
    """The path of the link that the letter asks to be opened."""
    found = re.search(rf"{SITE_URL}(/me/[^\s<>\"]+/?[^\s<>\"]+)", text_of(letter))
    assert found, text_of(letter)
    return found[1]


class Post:
    """One reader with a browser and a mailbox."""

    def __init__(self, client: FlaskClient, comments: Comments, catcher: Catcher) -> None:
        self.client, self.comments, self.catcher = client, comments, catcher

    def says(self, page: str = "/dekschuit/", **typed: Any) -> int:
        """A comment with a wish, so that a letter is owed; its id."""
        return posted_id(posts(self.client, page, **{"tell": "1", **typed}))

    def link(self, address: str = DIA) -> str:
        """Where the newest letter to the address leads, once all that is owed was sent."""
        self.comments.run_due()
        return link_in(self.catcher.to(address)[-1])

    def letters(self, address: str = DIA) -> int:
        self.comments.run_due()
        return len(self.catcher.to(address))

    def presses(self, link: str, headers: Any = SAME_ORIGIN, **ticked: str) -> TestResponse:
        return self.client.post(link, data=ticked, headers=headers)

    def confirms(self, address: str = DIA, **ticked: str) -> TestResponse:
        answer = self.presses(self.link(address), **ticked)
        assert answer.status_code == 200, answer.text
        return answer


def hash_of(room: Room, email: str = DIA) -> str:
    return room.keys.digest("email", address_key(email))


def mailbox(room: Room, email: str = DIA) -> Mailbox | None:
    with reading(room.engine) as session:
        return queries.mailbox(session, hash_of(room, email))


def names(room: Room, email: str = DIA) -> list[str]:
    with reading(room.engine) as session:
        return [row.name for row in queries.names_of(session, hash_of(room, email))]


def rows(room: Room, table: type[Any]) -> int:
    with reading(room.engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def jobs(room: Room, kind: str) -> list[Job]:
    with reading(room.engine) as session:
        return list(session.scalars(select(Job).where(Job.kind == kind).order_by(Job.id)))


__all__ = ["DIA", "EVE", "Mailbox", "Name", "Post", "link_in", "mailed_site"]
