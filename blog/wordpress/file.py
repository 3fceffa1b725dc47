"""Opens an export on disk, plain, gzipped or zipped, and refuses what unpacks without end.

Looks at the first bytes, not at the name. Does not know what is written inside.
"""

import gzip
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import SEEK_END
from pathlib import Path
from typing import IO, BinaryIO, Protocol

from .records import BrokenExport

DAMAGED = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile, zipfile.BadZipFile)


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class Limits:
    """Exports shrink to a tenth, seldom to a thirtieth; a bomb of zeros to a thousandth."""

    unpacked_bytes: int = 4 * 2**30
    ratio: int = 200
    ratio_counts_from: int = 64 * 2**20


class Unpacked:
    """A compressed stream that stops at the limits and names damage as what it is."""

    def __init__(self, stream: Readable, packed_bytes: int, limits: Limits) -> None:
        self._stream, self._packed_bytes, self._limits = stream, packed_bytes, limits
        self._given = 0

    def read(self, size: int, /) -> bytes:
        try:
            data = self._stream.read(size)
        except DAMAGED as error:
            raise BrokenExport(f"the compressed file is damaged or cut off ({error})") from error
        self._given += len(data)
        if self._given > self._most():
            raise BrokenExport(f"unpacks to more than {self._most():,} bytes: refused")
        return data

    def _most(self) -> int:
        by_ratio = max(self._limits.ratio_counts_from, self._limits.ratio * self._packed_bytes)
        return min(self._limits.unpacked_bytes, by_ratio)


class ExportFile:
    """An open export: its parts, and how far it has been read, for a progress bar."""

    def __init__(self, raw: BinaryIO, limits: Limits) -> None:
        self._raw, self._limits = raw, limits
        self.size = raw.seek(0, SEEK_END)
        raw.seek(0)

    @property
    def bytes_read(self) -> int:
        """Bytes of the file on disk, so that it ends at `size` for compressed files too."""
        return min(self._raw.tell(), self.size)

    def parts(self) -> Iterator[tuple[str, Readable]]:
        """Name and content of each XML text inside; the name is empty where there is but one."""
        start = self._raw.read(4)
        self._raw.seek(0)
        if start.startswith(b"\x1f\x8b"):
            yield "", Unpacked(gzip.GzipFile(fileobj=self._raw), self.size, self._limits)
        elif start.startswith(b"PK"):
            yield from self._members()
        else:
            yield "", self._raw

    def _members(self) -> Iterator[tuple[str, Readable]]:
        try:
            archive = zipfile.ZipFile(self._raw)
        except DAMAGED as error:
            raise BrokenExport(f"the zip is damaged or cut off ({error})") from error
        with archive:
            found = sorted(filter(_is_xml, archive.infolist()), key=lambda info: info.filename)
            if not found:
                raise BrokenExport("the zip holds no .xml file")
            for info in found:
                name = info.filename if len(found) > 1 else ""
                with _opened(archive, info) as member:
                    yield name, Unpacked(member, info.compress_size, self._limits)


def _is_xml(info: zipfile.ZipInfo) -> bool:
    hidden = info.filename.startswith("__MACOSX/") or Path(info.filename).name.startswith(".")
    return info.filename.lower().endswith(".xml") and not hidden


def _opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> IO[bytes]:
    if info.flag_bits & 1:
        raise BrokenExport("is encrypted; unpack it first", part=info.filename)
    try:
        return archive.open(info)
    except (NotImplementedError, *DAMAGED) as error:
        raise BrokenExport(f"can't be unpacked ({error})", part=info.filename) from error


@contextmanager
def open_export(path: Path, limits: Limits = Limits()) -> Iterator[ExportFile]:
    with path.open("rb") as raw:
        yield ExportFile(raw, limits)
