"""Bytes that XML forbids are mended, each with the line that it stood on."""

import io

import pytest

from blog.wordpress.records import BrokenExport, ExportItem, Notice
from blog.wordpress.text import CHUNK_BYTES, readable_text

from .samples import export, item, records


def text_and_notices(content: bytes) -> tuple[str, list[Notice]]:
    pieces = list(readable_text(io.BytesIO(content)))
    text = "".join(piece for piece in pieces if isinstance(piece, str))
    return text, [piece for piece in pieces if isinstance(piece, Notice)]


def test_good_text_passes_as_it_is():
    assert text_and_notices("<a>\t\r\nZoë 🙂\n</a>".encode()) == ("<a>\t\r\nZoë 🙂\n</a>", [])


def test_control_characters_are_taken_out_and_counted_by_line():
    text, notices = text_and_notices(b"<a>\nb\x00\x0b\x1fc\n\nd\x08</a>")
    assert text == "<a>\nbc\n\nd</a>"
    assert notices == [
        Notice("repaired", "control_characters", "3 characters that XML forbids taken out", 2),
        Notice("repaired", "control_characters", "1 character that XML forbids taken out", 4),
    ]


def test_an_export_with_control_bytes_is_read():
    content = export(item(content_encoded="Een\x0b zin\x00."))
    notice, _, read = records(content)
    assert isinstance(notice, Notice)
    assert isinstance(read, ExportItem)
    assert (notice.code, read.html) == ("control_characters", "<p>Een zin.</p>")
    assert notice.line == content[: content.index(b"\x0b")].count(b"\n") + 1


@pytest.mark.parametrize("bad", [b"\xff", b"\xc3(", b"\xed\xa0\x80", b"\xf0\x9f\x99"])
def test_bytes_that_are_no_utf_8_are_shown_as_such(bad):
    text, notices = text_and_notices(b"<a>\n\nb" + bad + b"c</a>")
    assert text.startswith("<a>\n\nb\N{REPLACEMENT CHARACTER}")
    assert text.endswith("c</a>")
    assert [(one.code, one.line) for one in notices] == [("bad_encoding", 3)]


def test_a_character_cut_off_at_the_end_of_the_file_is_mended():
    text, notices = text_and_notices(b"<a>\nb\xf0\x9f\x99")
    assert text == "<a>\nb\N{REPLACEMENT CHARACTER}"
    assert [(one.code, one.line) for one in notices] == [("bad_encoding", 2)]


@pytest.mark.parametrize("before", range(CHUNK_BYTES - 4, CHUNK_BYTES + 1))
def test_a_character_that_lies_across_two_pieces_stays_whole(before):
    content = b"x" * before + "🙂\xa0".encode() + b"\nb\xffc"
    text, notices = text_and_notices(content)
    assert text == "x" * before + "🙂\xa0\nb\N{REPLACEMENT CHARACTER}c"
    assert [one.line for one in notices] == [2]


def test_lines_are_counted_across_pieces():
    _, notices = text_and_notices(b"x\n" * CHUNK_BYTES + b"\x01")
    assert [one.line for one in notices] == [CHUNK_BYTES + 1]


def test_blank_lines_before_the_declaration_are_mended_and_lines_keep_their_numbers():
    notice, _, read = records(b"\n\n" + export(item()))
    assert isinstance(notice, Notice)
    assert isinstance(read, ExportItem)
    assert (notice.code, notice.line) == ("blank_start", 1)
    assert read.line == (b"\n\n" + export(item())).split(b"<item>")[0].count(b"\n") + 1


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "utf-16", "utf-8-sig"])
def test_other_encodings_are_read(encoding):
    named = encoding.removesuffix("-sig")
    text = export(item(content_encoded="Zoë")).decode().replace("UTF-8", named)
    read = records(text.encode(encoding))[1]
    assert isinstance(read, ExportItem)
    assert read.html == "<p>Zoë</p>"


@pytest.mark.parametrize("encoding", ["zip", "idna", "unicode_escape", "martian"])
def test_what_is_no_encoding_of_a_text_is_refused_by_name(encoding):
    content = f'<?xml version="1.0" encoding="{encoding}"?><rss/>'.encode()
    with pytest.raises(BrokenExport, match=f"line 1: is written in '{encoding}'"):
        list(readable_text(io.BytesIO(content)))
