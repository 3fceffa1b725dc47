"""Feeds on a site that knows nothing of them: the plug-in's own addresses, linked under each discussion."""

import feedparser
import pytest

from .conftest import BOOK, Site


@pytest.mark.parametrize("path", ["/comments.atom", "/comments/emma.atom"])
def test_a_remark_on_a_book_comes_into_the_feeds(site: Site, path: str) -> None:
    assert feedparser.parse(site.client().get(path).data).entries == []
    assert site.post("A fine novel.").status_code == 303
    assert feedparser.parse(site.client().get(path).data).entries == []
    site.approve()
    found = feedparser.parse(site.client().get(path).data)
    assert not found.bozo
    [entry] = found.entries
    assert "A fine novel." in entry.content[0].value
    page = site.client().get(entry.link, follow_redirects=True)
    assert page.request.path == BOOK
    assert "A fine novel." in page.text


def test_the_discussion_leads_to_its_feed(site: Site) -> None:
    assert 'href="/comments/emma.atom"' in site.client().get(BOOK).text
