"""Turns the bytes of an export into text that an XML parser accepts, and says what it mended.

Plug-ins leave control characters, cut-off UTF-8 and blank lines before the declaration in real
exports. Lines keep their numbers. Does not look at the markup beyond the XML declaration.
"""

import codecs
import re
from collections.abc import Iterator

from .file import Readable
from .records import BrokenExport, Notice

CHUNK_BYTES = 64 * 1024
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
DECLARATION = re.compile(r"\A\ufeff?(\s*)<\?xml\b[^>]*\?>")
ENCODING = re.compile(rb"""<\?xml\b[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']""")
UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Python's other codecs are no encodings of XML, and some of them unpack without end.
ENCODINGS = frozenset({"utf-8", "ascii", "iso8859-1", "iso8859-15", "cp1252"})


def readable_text(stream: Readable) -> Iterator[str | Notice]:
    """The text in pieces, each notice before the piece that it is about."""
    chunk = stream.read(CHUNK_BYTES)
    mender = _Mender(_encoding(chunk))
    while chunk:
        yield from mender.mend(chunk, final=False)
        chunk = _next_chunk(stream, mender)
    yield from mender.mend(b"", final=True)


def _next_chunk(stream: Readable, mender: "_Mender") -> bytes:
    try:
        return stream.read(CHUNK_BYTES)
    except BrokenExport as error:
        raise BrokenExport(error.message, mender.line) from error


def _encoding(start: bytes) -> str:
    if start.startswith(UTF_16_MARKS):
        return "utf-16"
    declared = ENCODING.search(start[:1000])
    if declared is None:
        return "utf-8"
    name = declared[1].decode("ascii")
    try:
        known = codecs.lookup(name).name
    except LookupError:
        known = ""
    if known not in ENCODINGS:
        raise BrokenExport(f"is written in {name!r}; save it as UTF-8", line=1)
    return known


class _Mender:
    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self._strict = codecs.getincrementaldecoder(encoding)("strict")
        self._loose = codecs.getincrementaldecoder(encoding)("replace")
        self.line = 1
        self._begun = False

    def mend(self, chunk: bytes, *, final: bool) -> Iterator[str | Notice]:
        text, bad_line = self._decode(chunk, final=final)
        if bad_line is not None:
            detail = f"bytes that are not {self._encoding}, shown as \N{REPLACEMENT CHARACTER}"
            yield Notice("repaired", "bad_encoding", detail, bad_line)
        if not self._begun:
            self._begun = True
            if _blank_before_declaration(text):
                yield Notice("repaired", "blank_start", "blank space before the declaration", 1)
            text = DECLARATION.sub(_same_lines, text)
        if FORBIDDEN.search(text):
            yield from self._forbidden_lines(text)
            text = FORBIDDEN.sub("", text)
        self.line += text.count("\n")
        yield text

    def _decode(self, chunk: bytes, *, final: bool) -> tuple[str, int | None]:
        try:
            return self._strict.decode(chunk, final), None
        except UnicodeDecodeError as error:
            bad_line = self.line + error.object[: error.start].count(b"\n")
        self._loose.setstate(self._strict.getstate())
        text = self._loose.decode(chunk, final)
        self._strict.setstate(self._loose.getstate())
        return text, bad_line

    def _forbidden_lines(self, text: str) -> Iterator[Notice]:
        for line, row in enumerate(text.split("\n"), self.line):
            if count := len(FORBIDDEN.findall(row)):
                detail = f"{count} character{'s' * (count > 1)} that XML forbids taken out"
                yield Notice("repaired", "control_characters", detail, line)


def _blank_before_declaration(text: str) -> bool:
    declaration = DECLARATION.match(text)
    return declaration is not None and bool(declaration[1])


def _same_lines(found: re.Match[str]) -> str:
    """Blanks in its place: the text is decoded, and a parser wants a declaration at the start."""
    return re.sub(r"[^\n]", " ", found[0])
