"""Reads the microdata of a page as the standard says: items, their properties, and what is in what.

https://html.spec.whatwg.org/multipage/microdata.html, without itemref and itemid.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
ADDRESS = {"a": "href", "link": "href", "img": "src"}


@dataclass
class Item:
    kind: str
    properties: "dict[str, list[str | Item]]" = field(default_factory=dict)

    def add(self, names: str, value: "str | Item") -> None:
        for name in names.split():
            self.properties.setdefault(name, []).append(value)

    def one(self, name: str) -> "str | Item":
        [value] = self.properties[name]
        return value

    def text(self, name: str) -> str:
        value = self.one(name)
        assert isinstance(value, str)
        return value

    def items(self, name: str) -> "list[Item]":
        return [value for value in self.properties.get(name, []) if isinstance(value, Item)]

    def below(self, name: str) -> "Iterator[tuple[Item, Item]]":
        """Everything under that property, however deep, each with what it is in."""
        for item in self.items(name):
            yield self, item
            yield from item.below(name)


@dataclass
class Open:
    """An element that has not ended: the item that it makes, or the property whose text it holds."""

    tag: str
    item: Item | None = None
    names: str = ""
    text: list[str] | None = None


class Microdata(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Item] = []
        self.open: list[Open] = []
        self.astray: list[str] = []
        """Properties that belong to nothing."""

    @property
    def item(self) -> Item | None:
        return next((one.item for one in reversed(self.open) if one.item), None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        names = given.get("itemprop", "")
        opened = Open(tag)
        if names and self.item is None:
            self.astray.append(names)
        if "itemscope" in given:
            opened.item = Item(given.get("itemtype", ""))
            if names and self.item:
                self.item.add(names, opened.item)
            elif not names:
                self.found.append(opened.item)
        elif names and self.item:
            self.property(opened, tag, names, given)
        if tag not in VOID:
            self.open.append(opened)

    def property(self, opened: Open, tag: str, names: str, given: dict[str, str]) -> None:
        assert self.item
        if tag == "meta":
            self.item.add(names, given["content"])
        elif tag in ADDRESS:
            self.item.add(names, given[ADDRESS[tag]])
        elif tag == "time" and "datetime" in given:
            self.item.add(names, given["datetime"])
        else:
            opened.names, opened.text = names, []

    def handle_data(self, data: str) -> None:
        for one in self.open:
            if one.text is not None:
                one.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            ended = self.open.pop()
            if ended.text is not None and self.item:
                self.item.add(ended.names, "".join(ended.text).strip())
            if ended.tag == tag:
                return


def items(html: str) -> list[Item]:
    """The items of a page that are in no other."""
    return read(html).found


def read(html: str) -> Microdata:
    reader = Microdata()
    reader.feed(html)
    return reader
