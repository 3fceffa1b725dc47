"""Reads the forms of a page, as a browser without scripts would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


@dataclass
class Form:
    """`fields` are those that are sent whatever is pressed; `buttons` the values of `action`."""

    action: str
    id: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)
    boxes: list[tuple[str, str]] = field(default_factory=list)

    def press(self, client: FlaskClient, button: str = "", picked: int = 0) -> TestResponse:
        """Sent with this button, after ticking the first `picked` boxes."""
        sent: dict[str, list[str]] = {}
        for name, value in [*self.fields, *self.boxes[:picked]]:
            sent.setdefault(name, []).append(value)
        if button:
            assert button in self.buttons
            sent["action"] = [button]
        return client.post(self.action, data=sent)


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.elsewhere: list[tuple[str, str, str]] = []
        self.open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = True
            self.forms.append(Form(found.get("action", ""), found.get("id", "")))
        elif tag == "input" and "form" in found:
            self.elsewhere.append((found["form"], found["name"], found["value"]))
        elif tag == "input" and self.open and found.get("type") == "hidden":
            self.forms[-1].fields.append((found["name"], found["value"]))
        elif tag == "button" and self.open and found.get("name") == "action":
            self.forms[-1].buttons.append(found["value"])

    def handle_endtag(self, tag: str) -> None:
        self.open = self.open and tag != "form"


def form(html: str, action: str) -> Form:
    """The one form of this page that posts to this address."""
    reader = Reader()
    reader.feed(html)
    found = [each for each in reader.forms if each.action == action]
    assert len(found) == 1, f"{len(found)} forms post to {action}"
    found[0].boxes = [
        (name, value) for id_, name, value in reader.elsewhere if id_ and id_ == found[0].id
    ]
    return found[0]
