"""An independent eye on HTML that comes out of the sanitisers; it must share no code with them."""

from collections.abc import Iterator
from html.parser import HTMLParser
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from comments.writing.markup import Policy

html5lib = import_module("bleach._vendor.html5lib")  # the plain parser, not bleach's own

XHTML = "{http://www.w3.org/1999/xhtml}"
PAGE = "<!doctype html><ol><li><article><section>{}</section></article><i id=end></i></li></ol>"


def faults(html: str, policy: Policy) -> list[str]:
    """What a browser would find in this body that the policy does not allow, in plain words."""
    page = html5lib.parse(PAGE.format(html))
    section = page.find(f".//{XHTML}section")
    inside = [fault for node in section.iter() for fault in (*bad(node, policy), *stray(node))]
    return [*escaped(page), *inside]


def escaped(page: Any) -> Iterator[str]:
    """Content that left its section, or changed what stands around it."""
    body = page.find(f"{XHTML}body")
    around = [node.tag for node in page.iter() if node.tag not in ("", None)]
    if [child.tag for child in body] != [f"{XHTML}ol"] or len(body[0]) != 1:
        yield "the page's list was broken up"
    elif [child.tag for child in body[0][0]] != [f"{XHTML}article", f"{XHTML}i"]:
        yield "the entry was broken up"
    elif len(body[0][0][0]) != 1 or body[0][0][0].text or body[0][0][0][0].tail:
        yield "something stands beside the body"
    if body.attrib:
        yield "attributes on the page's own body"
    if around.count(f"{XHTML}section") != 1:
        yield "more than one section"


def bad(node: Any, policy: Policy) -> Iterator[str]:
    if not isinstance(node.tag, str):
        yield "a comment"
        return
    name = node.tag.removeprefix(XHTML)
    if name == "section":
        return
    if name not in policy.tags:
        yield f"<{name}>"
    for attribute, value in node.attrib.items():
        if attribute not in policy.attributes.get(name, ()):
            yield f"<{name} {attribute}>"
        elif attribute in ("href", "src") and not harmless(value, policy):
            yield f"{attribute} {value!r}"
    if name == "a" and node.get("rel") != policy.rel:
        yield "a link without its rel"


def stray(node: Any) -> Iterator[str]:
    """In a page whose body is no `section` these would close the page's own."""
    for child in node:
        if child.tag == f"{XHTML}li" and node.tag not in (f"{XHTML}ol", f"{XHTML}ul"):
            yield "<li> outside a list"
        if child.tag in (f"{XHTML}dt", f"{XHTML}dd") and node.tag != f"{XHTML}dl":
            yield f"{child.tag} outside a list"


def harmless(url: str, policy: Policy) -> bool:
    """As the browser reads it: white space and control characters fall away, case does not count."""
    read = "".join(c for c in url if c > " ")
    parts = urlsplit(read.replace("\\", "/"))
    if parts.scheme.lower() in ("http", "https"):
        return bool(parts.netloc) and "@" not in parts.netloc and read == url and "\\" not in url
    if parts.scheme.lower() == "mailto":
        return "@" in parts.path
    return policy.local and not parts.scheme and not parts.netloc


class Balance(HTMLParser):
    """Every opened tag is closed, in order; void ones apart."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.balanced = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("br", "img", "hr"):
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.balanced = self.balanced and self.opened[-1:] == [tag]
        del self.opened[-1:]


def balanced(html: str) -> bool:
    reader = Balance()
    reader.feed(html)
    reader.close()
    return reader.balanced and not reader.opened


def text_of(html: str) -> str:
    """The text content as a browser has it, entities decoded, nothing folded."""
    return "".join(html5lib.parseFragment(html).itertext())


def attributes_of(html: str) -> list[dict[str, str]]:
    """What a browser reads in each link, in order."""
    return [dict(node.attrib) for node in html5lib.parseFragment(html).iter(f"{XHTML}a")]
