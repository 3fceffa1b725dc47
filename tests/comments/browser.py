"""What a browser does with a discussion: reads the form, fills it in, sends it, follows what it gets."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

FILLED = {"name": "Dia Okonkwo", "email": "dia@lezers.example", "text": "Een *goed* stuk."}
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class Form:
    """The form of the plug-in as it stands on a page, its fields with what is in them."""

    action: str
    fields: dict[str, str]


class Reader(HTMLParser):
    """Reads forms, the text of a page, and which element encloses it by id."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.area = self.chooser = ""
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(found["action"], {}))
        elif tag == "input" and (found.get("type") != "checkbox" or "checked" in found):
            self.forms[-1].fields[found["name"]] = found.get("value", "")
        elif tag == "select":
            self.chooser = found["name"]
        elif tag == "option" and ("selected" in found or self.chooser not in self.forms[-1].fields):
            self.forms[-1].fields[self.chooser] = found["value"]
        elif tag == "textarea":
            self.area = found["name"]
            self.forms[-1].fields[self.area] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            typed = self.forms[-1].fields[self.area]
            self.forms[-1].fields[self.area] = typed.removeprefix("\n")
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.forms[-1].fields[self.area] += data
        else:
            self.words.append(data)


def form_in(html: str) -> Form:
    """The one in which something is written; beside it there may be others, with buttons only."""
    (found,) = [form for form in Reader(html).forms if "text" in form.fields]
    return found


def words_of(html: str) -> str:
    """The text of a page as it is read, without what stands in the form."""
    return " ".join(" ".join(Reader(html).words).split())


def body_of(html: str, comment_id: int) -> str:
    """The HTML of one comment on a page."""
    found = re.search(
        rf'<article[^>]* id="comment-{comment_id}"[^>]*>(.*?)</article>', html, re.DOTALL
    )
    assert found, f"comment {comment_id} is not on this page"
    return found[1]


def posts(
    client: FlaskClient, page: str = "/dekschuit/", /, headers: Any = SAME_ORIGIN, **typed: Any
) -> TestResponse:
    """Reads the form on a page and sends it, filled in."""
    form = form_in(client.get(page).text)
    fields = {**form.fields, **FILLED, **typed}
    return client.post(form.action, data=fields, headers=headers)


def sends_again(client: FlaskClient, page: TestResponse, **typed: str) -> TestResponse:
    """One more click on the form that came back."""
    form = form_in(page.text)
    return client.post(form.action, data={**form.fields, **typed}, headers=SAME_ORIGIN)


def posted_id(answer: TestResponse) -> int:
    assert answer.status_code == 303, answer.text
    return int(answer.location.rpartition("#comment-")[2])
