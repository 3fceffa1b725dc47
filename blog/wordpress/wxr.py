"""Reads a WordPress export as a stream of plain values; never touches Flask or the database.

Nothing is dropped unseen: what is mended or left out comes as a `Notice`. A file that can't be
read to its end raises `BrokenExport` where it breaks; what came before should then be forgotten.
"""

from collections.abc import Iterator

from .comments import CommentReader
from .file import ExportFile, Readable
from .header import header, staff_logins
from .items import ItemReader
from .numbers import Numbers
from .parse import RawRecord, raw_records
from .records import BrokenExport, Notice, Record
from .text import readable_text


def read_export(file: ExportFile) -> Iterator[Record]:
    """All that is in the file: of each part a header, then items, each after its notices."""
    reader = WxrReader()
    for part, stream in file.parts():
        try:
            yield from reader.read(stream)
        except BrokenExport as error:
            raise BrokenExport(error.message, error.line, error.column, part) from error


class WxrReader:
    """Reads the texts that make up one export; numbers are unique in all of them together."""

    def __init__(self) -> None:
        self._item_numbers, self._comment_numbers = Numbers(), Numbers()

    def read(self, stream: Readable) -> Iterator[Record]:
        items: ItemReader | None = None
        for raw in raw_records(readable_text(stream)):
            if isinstance(raw, Notice):
                yield raw
            elif items is None:
                yield header(raw)
                items = self._items(raw)
            else:
                yield from items.read(raw)
        if items is None:
            raise BrokenExport("is no WordPress export: it has no <channel>")

    def _items(self, channel: RawRecord) -> ItemReader:
        logins = frozenset(one["wp:author_login"] for one in channel.named("wp:author"))
        comments = CommentReader(staff_logins(channel), self._comment_numbers)
        return ItemReader(logins, comments, self._item_numbers)
