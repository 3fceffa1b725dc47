"""What an author does with his own comment, past the doors and through them."""

import re
from dataclasses import dataclass

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from comments.editing.changing import Result, change, mark_of
from comments.extension import Comments

from ..browser import SAME_ORIGIN, Reader, form_in, posted_id, posts
from ..host import Room

NEW = "Een *veel beter* stuk."


def changes(comments: Comments, room: Room, comment_id: int, text: str = NEW) -> Result:
    """From the text that the comment has now."""
    return change(comments.site, comment_id, text, mark_of(room.comment(comment_id).source))


@dataclass
class Author:
    """Somebody who posted just now, with the links on his receipt."""

    client: FlaskClient
    id: int
    place: str

    def link(self, what: str) -> str:
        """The address that stands on the page that his receipt shows: `edit` or `withdraw`."""
        found = re.search(
            rf'href="(/comments/[^"]*/{self.id}/{what}[^"]*)"', self.client.get(self.place).text
        )
        assert found, f"there is no way to {what} it"
        return found[1].replace("&amp;", "&")

    def edits(self, text: str = NEW, **typed: str) -> TestResponse:
        form = form_in(self.client.get(self.link("edit")).text)
        fields = {**form.fields, "text": text, **typed}
        return self.client.post(form.action, data=fields, headers=SAME_ORIGIN)

    def withdraws(self) -> TestResponse:
        (form,) = Reader(self.client.get(self.link("withdraw")).text).forms
        return self.client.post(form.action, data=form.fields, headers=SAME_ORIGIN)


def author(client: FlaskClient, page: str = "/dekschuit/", **typed: str) -> Author:
    answer = posts(client, page, **typed)
    return Author(client, posted_id(answer), answer.location)
