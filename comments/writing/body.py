"""The last pass over the tokens that bleach let through: closes what bleach leaves open, makes links.

It allows no tag and no attribute of its own accord, save `rel` on links, `alt` and `loading` on images.
"""

import re
from collections.abc import Iterator, MutableMapping
from html import unescape
from html.entities import html5
from typing import Any

from bleach.linkifier import LinkifyFilter

from . import links
from .policy import Policy

Token = dict[str, Any]
Attributes = MutableMapping[Any, Any]

_REFERENCE = re.compile(r"&(#[xX][0-9a-fA-F]+;?|#[0-9]+;?|[a-zA-Z][a-zA-Z0-9]*(?:;|(?![=\w;])))")
_VERBATIM = frozenset({"a", "code", "pre"})
_PARENTS = {"li": {"ul", "ol"}, "dt": {"dl"}, "dd": {"dl"}}


class Body(LinkifyFilter):
    """`li` stands in lists only, `a` in no other `a`; addresses in the text become links."""

    def __init__(self, source: Any, policy: Policy) -> None:
        super().__init__(source, callbacks=[self.new_link], url_re=links.ADDRESS)
        self.policy = policy
        self.opened: list[str] = []  # "" for a tag that was dropped
        self.shown_host = ""

    def __iter__(self) -> Iterator[Token]:
        for token in self.source:
            match token["type"]:
                case "StartTag":
                    yield from self.start(token)
                case "EndTag":
                    yield from self.end(token)
                case "EmptyTag" if token["name"] == "img":
                    yield from self.image(token)
                case "Characters" if _VERBATIM.isdisjoint(self.opened):
                    yield from self.handle_links(iter([token]))
                case _:
                    yield token

    def start(self, token: Token) -> Iterator[Token]:
        name = token["name"]
        kept = self.fits(name) and (name != "a" or self.link(token["data"]))
        self.opened.append(name if kept else "")
        if kept:
            yield token

    def fits(self, name: str) -> bool:
        """A stray `li` or `dd` would close the page's own, and its text become a new entry there."""
        if name == "a":
            return "a" not in self.opened
        parent = next((tag for tag in reversed(self.opened) if tag), "")
        return name not in _PARENTS or parent in _PARENTS[name]

    def link(self, attributes: Attributes) -> bool:
        typed = decoded(attributes.get((None, "href"), ""))
        url = links.acceptable(typed, local=self.policy.local)
        if url is None:
            return False
        self.shown_host = links.host_of(url) if links.disguised(typed, url) else ""
        attributes[(None, "href")] = _encoded(url)
        attributes[(None, "rel")] = self.policy.rel
        return True

    def end(self, token: Token) -> Iterator[Token]:
        name = self.opened.pop()
        if name:
            yield token
        if name == "a" and self.shown_host:
            yield {"type": "Characters", "data": f" ({self.shown_host})"}

    def image(self, token: Token) -> Iterator[Token]:
        attributes: Attributes = token["data"]
        url = judged("src", attributes.get((None, "src"), ""), self.policy)
        if url is None:
            return
        attributes[(None, "src")] = _encoded(url)
        attributes.setdefault((None, "alt"), "")
        attributes[(None, "loading")] = "lazy"
        yield token

    def new_link(self, attributes: Attributes, new: bool = False) -> Any:
        """Called by bleach for each address in the text; None leaves it text."""
        typed = attributes[(None, "href")]
        url = links.acceptable(typed)
        if url is None:
            return None
        text = url if links.disguised(typed, url) else attributes["_text"]
        return {(None, "href"): _encoded(url), (None, "rel"): self.policy.rel, "_text": text}

    def strip_non_url_bits(self, fragment: str) -> tuple[str, str, str]:
        """Called by bleach; its own leaves `]`, `!` and unpaired brackets in the address."""
        url = links.trimmed(fragment)
        return url, "", fragment[len(url) :]


def judged(name: str, value: str, policy: Policy) -> str | None:
    """The address in an attribute, as written in the HTML, in the form that may stand there."""
    url = links.acceptable(decoded(value), local=policy.local)
    return None if url and name == "src" and url.startswith(("mailto:", "#")) else url


def decoded(value: str) -> str:
    """An attribute's value as browsers read it; bleach hands out what stood between the quotes."""
    return _REFERENCE.sub(_character, value)


def _character(reference: re.Match[str]) -> str:
    name = reference[1]
    return unescape(reference[0]) if name.startswith("#") else html5.get(name, reference[0])


def _encoded(url: str) -> str:
    return url.replace("&", "&amp;")
