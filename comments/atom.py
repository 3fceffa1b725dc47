"""A feed as bytes of Atom (RFC 4287), with threads (RFC 4685): entries in, a document out; pure.

Nothing is known here of comments or articles: whoever has something that grows may make a feed of it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

ATOM = "http://www.w3.org/2005/Atom"
THREADS = "http://purl.org/syndication/thread/1.0"
MEDIA_TYPE = "application/atom+xml"
LONGEST_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed changed that has no entry yet."""
_IN_NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Answers:
    """The entry that another one answers: its id and its page."""

    id: str
    url: str


@dataclass(frozen=True)
class Entry:
    """`id` never changes; `html` is sanitised and its addresses are whole, as is `url`."""

    id: str
    title: str
    url: str
    published: datetime
    updated: datetime
    author: str
    html: str
    author_url: str = ""
    summary: str = ""
    language: str = ""
    tags: Sequence[str] = ()
    answers: Answers | None = None


@dataclass(frozen=True)
class Feed:
    """`url` is its own address, `page_url` that of the page which it follows; newest entries first."""

    id: str
    title: str
    url: str
    page_url: str
    language: str
    entries: Sequence[Entry]
    subtitle: str = ""

    @property
    def updated(self) -> datetime:
        return max((entry.updated for entry in self.entries), default=LONGEST_AGO)


def tag_uri(site_url: str, day: date, path: str) -> str:
    """A name that stays (RFC 4151): of the site that gave it, on that day, whatever moves later."""
    return f"tag:{urlsplit(site_url).hostname},{day:%Y-%m-%d}:{path}"


def written(feed: Feed) -> str:
    root = Element("feed", {"xmlns": ATOM, "xmlns:thr": THREADS, "xml:lang": feed.language})
    say(root, "id", feed.id)
    say(root, "title", feed.title)
    if feed.subtitle:
        say(root, "subtitle", feed.subtitle)
    say(root, "updated", stamp(feed.updated))
    SubElement(root, "link", rel="self", type=MEDIA_TYPE, href=legal(feed.url))
    SubElement(root, "link", rel="alternate", type="text/html", href=legal(feed.page_url))
    for entry in feed.entries:
        add(root, entry)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'


def add(root: Element, entry: Entry) -> None:
    one = SubElement(root, "entry")
    say(one, "id", entry.id)
    say(one, "title", entry.title)
    say(one, "published", stamp(entry.published))
    say(one, "updated", stamp(entry.updated))
    by(one, entry)
    SubElement(one, "link", rel="alternate", type="text/html", href=legal(entry.url))
    if entry.answers:
        SubElement(
            one,
            "thr:in-reply-to",
            {"ref": entry.answers.id, "href": legal(entry.answers.url), "type": "text/html"},
        )
    for tag in entry.tags:
        SubElement(one, "category", term=legal(tag))
    if entry.summary:
        say(one, "summary", entry.summary)
    content = say(one, "content", entry.html, type="html")
    if entry.language:
        content.set("xml:lang", entry.language)


def by(one: Element, entry: Entry) -> None:
    author = SubElement(one, "author")
    say(author, "name", entry.author)
    if entry.author_url:
        say(author, "uri", entry.author_url)


def say(parent: Element, name: str, text: str, **attributes: str) -> Element:
    element = SubElement(parent, name, attributes)
    element.text = legal(text)
    return element


def legal(text: str) -> str:
    """Without what no XML document may hold, however it is written."""
    return _IN_NO_XML.sub("", text)


def stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
