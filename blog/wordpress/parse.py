"""Parses the XML of an export into raw records, one by one, each with the line it begins at.

Memory holds one item at a time. Knows the nesting of the format, not what its values mean.
"""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, XMLParser

from .records import BrokenExport, Notice

RECORDS = frozenset(
    {"channel", "item", "wp:author", "wp:category", "wp:tag", "wp:term", "wp:comment"}
)
PREFIXES = (
    (re.compile(r"/export/.*/excerpt/?$"), "excerpt"),
    (re.compile(r"/export/[\d.]+/?$"), "wp"),
    (re.compile(r"/rss/1\.0/modules/content/?$"), "content"),
    (re.compile(r"/dc/elements/1\.1/?$"), "dc"),
)
NUMBER = re.compile(r"[0-9]{1,18}")
LARGEST_RECORD = 256 * 2**20  # characters
LARGEST_TAG = 8 * 2**20  # expat begins a tag that has not ended again with each piece


@dataclass
class RawTerm:
    domain: str
    slug: str
    name: str


@dataclass
class RawRecord:
    """One `channel` (what stands above the first item) or `item`, with the records inside it."""

    name: str
    line: int
    fields: dict[str, str] = field(default_factory=dict)
    terms: list[RawTerm] = field(default_factory=list)
    within: list["RawRecord"] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "").strip()

    def named(self, name: str) -> Iterator["RawRecord"]:
        return (record for record in self.within if record.name == name)

    def number(self, name: str) -> int | None:
        """None for what is no number of a database, and for 0, WordPress' word for none."""
        digits = self[name]
        return int(digits) or None if NUMBER.fullmatch(digits) else None


def raw_records(texts: Iterator[str | Notice]) -> Iterator[RawRecord | Notice]:
    """The channel first, without its items, then each item; notices pass through."""
    collector = _Collector()
    parser = XMLParser(target=collector, forbid_dtd=True)
    collector.position = parser.parser
    for text in texts:
        if isinstance(text, Notice):
            yield text
            continue
        _feed(parser, text, collector)
        collector.weigh(len(text))
        while collector.finished:
            yield collector.finished.popleft()
    _close(parser, collector)


class _Collector:
    """What expat calls. Text counts only directly inside an element of a record."""

    position: expat.XMLParserType

    def __init__(self) -> None:
        self.finished: deque[RawRecord] = deque()
        self.path: list[str] = []
        self._open: list[RawRecord] = []
        self._channel_delivered = False
        self._text: list[str] = []
        self._attributes: dict[str, str] = {}
        self.data = self._text.append
        self._record_weight = self._tag_weight = self._tag_start = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _short(tag)
        if not self.path and name != "rss":
            message = f"is no WordPress export: begins with <{name}>, not with <rss>"
            raise BrokenExport(message, self.position.CurrentLineNumber)
        self.path.append(name)
        self._text.clear()
        self._attributes = attributes
        if name in RECORDS:
            self._begin(RawRecord(name, self.position.CurrentLineNumber))

    def _begin(self, record: RawRecord) -> None:
        if record.name == "item":
            self._deliver_channel()
        elif self._open:
            self._open[-1].within.append(record)
        self._open.append(record)

    def _deliver_channel(self) -> None:
        """What stands above the first item is complete; what comes later is not looked at."""
        if self._open and not self._channel_delivered:
            self._channel_delivered = True
            self.finished.append(self._open[0])

    def end(self, tag: str) -> None:
        name = self.path.pop()
        if name in RECORDS:
            self._finish(self._open.pop())
        elif self._open and self.path[-1] == self._open[-1].name:
            self._keep(self._open[-1], name, "".join(self._text))
        self._text.clear()

    def _finish(self, record: RawRecord) -> None:
        if record.name == "item":
            self.finished.append(record)
        elif record.name == "channel" and not self._channel_delivered:
            self._channel_delivered = True
            self.finished.append(record)

    def _keep(self, record: RawRecord, name: str, text: str) -> None:
        if name == "category":
            domain, slug = (self._attributes.get(key, "") for key in ("domain", "nicename"))
            record.terms.append(RawTerm(domain, slug, text.strip()))
        else:
            record.fields.setdefault(name, text)

    def weigh(self, characters: int) -> None:
        """Refuses what would fill the memory: called after each piece with its length."""
        start = self.position.CurrentByteIndex
        self._tag_weight = self._tag_weight + characters if start == self._tag_start else 0
        self._record_weight = 0 if self.finished else self._record_weight + characters
        self._tag_start = start
        if self._tag_weight > LARGEST_TAG or self._record_weight > LARGEST_RECORD:
            message = "one tag or item is too large to be true"
            raise BrokenExport(message, self.position.CurrentLineNumber)


@lru_cache(maxsize=500)
def _short(tag: str) -> str:
    """By what the namespace says, not by its exact address: that has changed with each version
    and some exports write it with https."""
    uri, _, local = tag.rpartition("}")
    for sign, prefix in PREFIXES:
        if sign.search(uri):
            return f"{prefix}:{local}"
    return tag if uri else local


def _feed(parser: XMLParser, text: str, collector: _Collector) -> None:
    try:
        parser.feed(text)
    except ParseError as error:
        inside = f", inside <{collector.path[-1]}>" if collector.path else ""
        raise _broken(f"{expat.ErrorString(error.code)}{inside}", error) from error
    except DefusedXmlException as error:
        line = collector.position.CurrentLineNumber
        raise BrokenExport("declares a document type or entities: refused", line) from error


def _close(parser: XMLParser, collector: _Collector) -> None:
    try:
        parser.close()
    except ParseError as error:
        inside = (
            f"in the middle of <{collector.path[-1]}>"
            if collector.path
            else "before its first element"
        )
        raise _broken(f"the file ends {inside}", error) from error


def _broken(message: str, error: ParseError) -> BrokenExport:
    line, column = error.position
    return BrokenExport(message, line, column + 1)
