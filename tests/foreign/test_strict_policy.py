"""Nothing that the plug-in puts into a page is inline or from elsewhere: the strictest policy holds."""

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from .conftest import BOOK, Site

LOADED = {"script": "src", "link": "href", "img": "src", "iframe": "src"}


class Strict(HTMLParser):
    """Collects what `default-src 'none'; script-src 'self'; style-src 'self'` would stop."""

    def __init__(self) -> None:
        super().__init__()
        self.stopped: list[str] = []
        self.in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_script = tag == "script"
        self.stopped += faults(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        self.in_script = False

    def handle_data(self, data: str) -> None:
        if self.in_script and data.strip():
            self.stopped.append(f"inline script: {data[:40]}")


def faults(tag: str, attributes: dict[str, str | None]) -> Iterator[str]:
    if tag == "style":
        yield "inline style sheet"
    yield from (f"{name} on {tag}" for name in attributes if name == "style" or name[:2] == "on")
    address = attributes.get(LOADED.get(tag, "")) or ""
    if address and not (address.startswith("/") and address[1:2] != "/"):
        yield f"{tag} from {address}"
    if (attributes.get("href") or "").startswith("javascript:"):
        yield f"script as an address on {tag}"


def stopped(page: str) -> list[str]:
    reader = Strict()
    reader.feed(page)
    reader.close()
    return reader.stopped


@pytest.mark.parametrize("address", [BOOK, f"{BOOK}?reply=1"])
def test_a_page_with_a_discussion_passes(site: Site, address: str) -> None:
    site.post("See https://emma.example/ for more.")
    site.approve()
    page = site.client().get(address).text
    assert "https://emma.example/" in page
    assert stopped(page) == []


def test_the_receipt_passes(site: Site) -> None:
    page = site.client().get(site.post("I liked the picnic.").location).text
    assert "picnic" in page
    assert stopped(page) == []


def test_a_refused_form_passes(site: Site) -> None:
    assert stopped(site.post("", name="").text) == []


@pytest.mark.parametrize("address", ["/desk/", "/desk/1"])
def test_the_desk_passes(site: Site, address: str) -> None:
    site.post("I liked the picnic.")
    page = site.client("Mo").get(address).text
    assert "picnic" in page
    assert stopped(page) == []


INLINE = [
    "<p onclick=x>",
    "<p style=x>",
    "<style>",
    "<script>x</script>",
    '<a href="javascript:x">',
]
ELSEWHERE = ['<script src="//a.b">', '<img src="https://a.b/">']


@pytest.mark.parametrize("page", [*INLINE, *ELSEWHERE])
def test_what_the_policy_stops_is_found(page: str) -> None:
    assert stopped(page)
