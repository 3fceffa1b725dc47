"""Plain, gzipped and zipped files are opened by their content; bombs and damage are refused."""

import gzip
import os
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from blog.wordpress.file import Limits, Readable, open_export
from blog.wordpress.records import BrokenExport, ExportItem
from blog.wordpress.wxr import read_export

from .samples import export, item

CONTENT = export(item())


def contents(path: Path, limits: Limits | None = None) -> list[tuple[str, bytes]]:
    with open_export(path, limits or Limits()) as file:
        return [(name, all_of(stream)) for name, stream in file.parts()]


def all_of(stream: Readable) -> bytes:
    return b"".join(iter(lambda: stream.read(1000), b""))


def zipped(path: Path, members: Iterable[tuple[str, bytes]], method: int = 8) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("name", ["site.xml", "site.gz", "site.zip", "site"])
@pytest.mark.parametrize("pack", ["plain", "gzip", "zip"])
def test_a_file_is_opened_by_its_content_whatever_its_name(tmp_path, name, pack):
    path = tmp_path / name
    path.write_bytes(gzip.compress(CONTENT) if pack == "gzip" else CONTENT)
    if pack == "zip":
        zipped(path, [("site.xml", CONTENT)])
    assert contents(path) == [("", CONTENT)]


@pytest.mark.parametrize("method", [0, 8, 12, 14])
def test_every_method_of_packing_a_zip_is_read(tmp_path, method):
    assert contents(zipped(tmp_path / "a.zip", [("a.xml", CONTENT)], method)) == [("", CONTENT)]


def test_the_xml_files_of_a_zip_come_by_name_and_the_rest_is_passed_over(tmp_path):
    members = [
        ("site.002.XML", b"<b/>"),
        ("site.001.xml", b"<a/>"),
        ("__MACOSX/site.001.xml", b"?"),
        ("map/._site.001.xml", b"?"),
        ("leesmij.txt", b"?"),
    ]
    assert contents(zipped(tmp_path / "a.zip", members)) == [
        ("site.001.xml", b"<a/>"),
        ("site.002.XML", b"<b/>"),
    ]


def test_a_zip_without_xml_is_refused(tmp_path):
    path = zipped(tmp_path / "a.zip", [("leesmij.txt", b"Dag.")])
    with pytest.raises(BrokenExport, match=r"holds no \.xml file"):
        contents(path)


def test_an_encrypted_zip_is_refused_by_name(tmp_path):
    path = zipped(tmp_path / "a.zip", [("a.xml", CONTENT)], method=0)
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(BrokenExport, match=r"a\.xml: is encrypted"):
        contents(path)


def test_an_unknown_method_of_packing_is_refused_by_name(tmp_path):
    path = zipped(tmp_path / "a.zip", [("a.xml", CONTENT)], method=0)
    data = path.read_bytes()
    central = data.index(b"PK\x01\x02")
    path.write_bytes(data[: central + 10] + b"\x61\x00" + data[central + 12 :])
    with pytest.raises(BrokenExport, match=r"a\.xml: can't be unpacked"):
        contents(path)


def test_a_gzip_that_is_cut_off_says_at_which_line(tmp_path):
    rows = b"".join(os.urandom(40).hex().encode() + b"\n" for _ in range(5000))
    path = tmp_path / "site.xml.gz"
    path.write_bytes(gzip.compress(export(item(content_encoded=rows.decode())))[:-60_000])
    with open_export(path) as file, pytest.raises(BrokenExport) as caught:
        list(read_export(file))
    assert caught.value.message.startswith("the compressed file is damaged or cut off")
    assert caught.value.line is not None
    assert caught.value.line > 1000


@pytest.mark.parametrize("place", [0.3, 0.6])
def test_a_damaged_gzip_is_refused(tmp_path, place):
    data = bytearray(gzip.compress(os.urandom(20_000)))
    data[int(len(data) * place)] ^= 0xFF
    path = tmp_path / "site.xml.gz"
    path.write_bytes(data)
    with pytest.raises(BrokenExport, match="damaged or cut off"):
        contents(path)


def test_a_zip_that_is_cut_off_is_refused(tmp_path):
    path = zipped(tmp_path / "a.zip", [("a.xml", CONTENT)])
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(BrokenExport, match="the zip is damaged or cut off"):
        contents(path)


def test_a_zip_with_a_damaged_member_is_refused(tmp_path):
    path = zipped(tmp_path / "a.zip", [("a.xml", CONTENT)], method=0)
    data = path.read_bytes()
    path.write_bytes(data.replace(b"Hub en spoke", b"Hub EN spoke", 1))
    with pytest.raises(BrokenExport, match="damaged or cut off"):
        contents(path)


@pytest.mark.parametrize("pack", ["gzip", "zip"])
def test_a_bomb_is_refused_by_its_ratio(tmp_path, pack):
    zeros, path = bytes(3_000_000), tmp_path / "bomb"
    path.write_bytes(gzip.compress(zeros))
    if pack == "zip":
        zipped(path, [("a.xml", zeros)])
    with pytest.raises(BrokenExport, match="unpacks to more than 1,000,000 bytes"):
        contents(path, Limits(ratio_counts_from=1_000_000))
    assert contents(path) == [("", zeros)]


def test_what_unpacks_to_more_than_the_limit_is_refused_however_it_was_packed(tmp_path):
    path = tmp_path / "site.xml.gz"
    path.write_bytes(gzip.compress(os.urandom(20_000)))
    with pytest.raises(BrokenExport, match="unpacks to more than 10,000 bytes"):
        contents(path, Limits(unpacked_bytes=10_000))


@pytest.mark.parametrize("pack", ["plain", "gzip", "zip"])
def test_progress_grows_from_nothing_to_the_size_of_the_file(tmp_path, pack):
    many = export(*(item(wp_post_id=str(n), guid=os.urandom(200).hex()) for n in range(1, 900)))
    path = tmp_path / "site"
    path.write_bytes(gzip.compress(many) if pack == "gzip" else many)
    if pack == "zip":
        zipped(path, [("site.xml", many)])
    seen = []
    with open_export(path) as file:
        assert file.bytes_read == 0
        for record in read_export(file):
            seen += [file.bytes_read] if isinstance(record, ExportItem) else []
        assert file.size == path.stat().st_size
    assert seen == sorted(seen)
    assert 0 < seen[0] < file.size * 0.5
    assert file.size * 0.9 < seen[-1] <= file.size
