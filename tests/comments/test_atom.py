"""A feed is Atom whatever is in it: it parses, and what was put in comes out again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from xml.etree.ElementTree import Element

import feedparser
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from comments.atom import LONGEST_AGO, Answers, Entry, Feed, legal, tag_uri, written

AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ENTRY = Entry(
    id="tag:site.example,2026-03-01:comment-2",
    title="Dia over De dekschuit",
    url="https://site.example/dekschuit/comments/2",
    published=AT,
    updated=AT + timedelta(minutes=5),
    author="Dia Okonkwo",
    author_url="https://dia.example/",
    html='<p>Zie <a href="https://site.example/">hier</a> &amp; daar</p>',
    language="nl",
    tags=("hub", "A & B"),
    answers=Answers(
        "tag:site.example,2026-03-01:comment-1", "https://site.example/dekschuit/comments/1"
    ),
)
FEED = Feed(
    id="https://site.example/comments.atom",
    title="Nieuwste reacties",
    url="https://site.example/comments.atom",
    page_url="https://site.example/",
    language="nl",
    entries=(ENTRY,),
)
NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "thr": "http://purl.org/syndication/thread/1.0",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
anything = st.text(st.characters(codec=None, exclude_categories=()))
"""Also what no text should hold: control characters, half pairs, characters that are none."""


def parsed(feed: Feed) -> Element:
    return fromstring(written(feed).encode())


def said(element: Element, path: str) -> str | None:
    return element.findtext(path, namespaces=NAMES)


def test_a_reader_of_feeds_finds_everything() -> None:
    found = feedparser.parse(written(FEED).encode())
    assert not found.bozo
    assert found.version == "atom10"
    assert (found.feed.title, found.feed.language) == ("Nieuwste reacties", "nl")
    [entry] = found.entries
    assert entry.id == ENTRY.id
    assert entry.link == ENTRY.url
    assert entry.author_detail == {"name": "Dia Okonkwo", "href": "https://dia.example/"}
    assert entry.published_parsed[:5] == (2026, 3, 1, 12, 0)
    assert entry.updated_parsed[:5] == (2026, 3, 1, 12, 5)
    assert [tag.term for tag in entry.tags] == ["hub", "A & B"]
    assert entry.content[0].type == "text/html"
    assert entry.content[0].value == ENTRY.html


def test_it_names_itself_and_the_page_that_it_follows() -> None:
    links = parsed(FEED).findall("a:link", NAMES)
    assert [(link.get("rel"), link.get("type"), link.get("href")) for link in links] == [
        ("self", "application/atom+xml", FEED.url),
        ("alternate", "text/html", FEED.page_url),
    ]


def test_a_reply_names_what_it_answers() -> None:
    [reply] = parsed(FEED).findall("a:entry/thr:in-reply-to", NAMES)
    assert ENTRY.answers
    assert reply.get("ref") == ENTRY.answers.id
    assert reply.get("href") == ENTRY.answers.url
    alone = parsed(replace(FEED, entries=(replace(ENTRY, answers=None),)))
    assert alone.find("a:entry/thr:in-reply-to", NAMES) is None


def test_it_changed_when_its_newest_entry_did() -> None:
    older = replace(ENTRY, id="tag:site.example,2026-03-01:comment-1", updated=AT)
    assert (
        said(parsed(replace(FEED, entries=(older, ENTRY))), "a:updated") == "2026-03-01T12:05:00Z"
    )


def test_without_an_entry_it_is_a_feed_all_the_same() -> None:
    empty = replace(FEED, entries=())
    assert empty.updated == LONGEST_AGO
    assert not feedparser.parse(written(empty).encode()).bozo


def test_times_are_told_in_utc() -> None:
    summer = datetime(2026, 7, 1, 14, 30, tzinfo=timezone(timedelta(hours=2)))
    one = replace(ENTRY, published=summer)
    assert said(parsed(replace(FEED, entries=(one,))), "a:entry/a:published") == (
        "2026-07-01T12:30:00Z"
    )


@pytest.mark.parametrize(
    "site", ["https://site.example", "https://site.example:8443", "http://SITE.example/blog"]
)
def test_a_name_is_of_the_site_and_the_day(site: str) -> None:
    assert tag_uri(site, AT.date(), "comment-2") == "tag:site.example,2026-03-01:comment-2"


@given(anything, anything, anything, anything)
def test_any_text_comes_out_as_it_went_in(title: str, html: str, name: str, tag: str) -> None:
    entry = replace(ENTRY, title=title, html=html, author=name, tags=(tag,))
    one = parsed(replace(FEED, title=title, entries=(entry,))).find("a:entry", NAMES)
    assert one is not None
    assert said(one, "a:title") == legal(title)
    assert said(one, "a:content") == legal(html)
    assert said(one, "a:author/a:name") == legal(name)
    [category] = one.findall("a:category", NAMES)
    assert category.get("term") == legal(tag)


@given(anything, anything)
def test_any_text_makes_a_feed_that_readers_take(title: str, html: str) -> None:
    one = replace(ENTRY, title=title, html=html, summary=title)
    assert not feedparser.parse(
        written(replace(FEED, subtitle=title, entries=(one,))).encode()
    ).bozo


@given(anything)
def test_only_what_no_xml_can_hold_is_left_out(text: str) -> None:
    kept = legal(text)
    assert all(c in "\t\n" or c >= " " for c in kept)
    assert legal(kept) == kept
    assert [c for c in text if c.isprintable()] == [c for c in kept if c.isprintable()]
