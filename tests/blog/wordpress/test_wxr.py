"""The stream as a whole: what comes, in which order, and where a broken file breaks."""

import zipfile
from datetime import UTC, datetime

import pytest

from blog.wordpress import parse
from blog.wordpress.file import open_export
from blog.wordpress.records import (
    BrokenExport,
    ExportAuthor,
    ExportHeader,
    ExportItem,
    ExportTerm,
    Notice,
)
from blog.wordpress.wxr import WxrReader, read_export

from .samples import (
    END,
    HEAD,
    START,
    comment,
    export,
    item,
    read_header,
    read_items,
    records,
)


def broken(content: bytes) -> BrokenExport:
    with pytest.raises(BrokenExport) as caught:
        records(content)
    return caught.value


def test_the_header_names_the_site_its_authors_and_its_terms():
    head = f"""{HEAD}
    <wp:category><wp:category_nicename>bestuur</wp:category_nicename>
    <wp:cat_name><![CDATA[Bestuur &amp; beleid]]></wp:cat_name></wp:category>
    <wp:tag><wp:tag_slug>balie</wp:tag_slug><wp:tag_name>Balie</wp:tag_name></wp:tag>
    <wp:term><wp:term_taxonomy>post_tag</wp:term_taxonomy><wp:term_slug>balie</wp:term_slug>
    <wp:term_name>Balie</wp:term_name></wp:term>
    <wp:term><wp:term_taxonomy>nav_menu</wp:term_taxonomy><wp:term_slug>top</wp:term_slug>
    <wp:term_name>Top</wp:term_name></wp:term>"""
    assert read_header(export(item(), head=head)) == ExportHeader(
        title="Strategie & praktijk",
        base_url="https://strategie.example/blog",
        version="1.2",
        language="nl-NL",
        authors=(ExportAuthor("noor", "Noor & Co", "noor@strategie.example"),),
        terms=(
            ExportTerm("category", "bestuur", "Bestuur & beleid"),
            ExportTerm("tag", "balie", "Balie"),
        ),
    )


def test_an_export_without_any_item_still_has_its_header():
    assert [type(one) for one in records(export())] == [ExportHeader]


def test_a_title_inside_the_image_of_the_channel_is_not_the_title_of_the_site():
    assert (
        read_header(export(head=f"<image><title>Logo</title></image>{HEAD}")).title
        == "Strategie & praktijk"
    )


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_namespaces_of_every_version_are_understood_with_http_and_https(version):
    content = export(item()).replace(
        b"http://wordpress.org/export/1.2/", b"https://wordpress.org/export/1.2/"
    )
    content = content.replace(b"1.2", version.encode())
    header, read = records(content)
    assert isinstance(header, ExportHeader)
    assert header.version == version
    assert isinstance(read, ExportItem)
    assert read.old_id == 4


def test_an_item_is_read_whole():
    (read,) = read_items(
        item(
            '<category domain="post_tag" nicename="hub-en-spoke"><![CDATA[hub en spoke]]></category>',
            excerpt_encoded="Kort.",
            wp_post_modified_gmt="2011-12-14 08:00:00",
            wp_is_sticky="1",
        )
    )
    assert read == ExportItem(
        old_id=4,
        kind="post",
        status="published",
        title="Hub en spoke",
        slug="hub",
        link="https://strategie.example/2011/12/13/hub",
        guid="https://strategie.example/?p=4",
        author_login="noor",
        published_at=datetime(2011, 12, 13, 8, 15, tzinfo=UTC),
        modified_at=datetime(2011, 12, 14, 8, 0, tzinfo=UTC),
        html="<p>Tekst.</p>",
        excerpt="<p>Kort.</p>",
        comments_open=True,
        pings_open=False,
        password_protected=False,
        sticky=True,
        terms=(ExportTerm("tag", "hub-en-spoke", "hub en spoke"),),
        comments=(),
        line=export(item()).split(b"<item>")[0].count(b"\n") + 1,
    )


def test_what_stands_in_metadata_never_becomes_part_of_an_item():
    meta = "<wp:postmeta><wp:post_id>9</wp:post_id><title>Vals</title></wp:postmeta>"
    (read,) = read_items(item(meta))
    assert (read.old_id, read.title) == (4, "Hub en spoke")


def test_notices_come_before_the_item_that_they_are_about():
    nameless, named = item(wp_post_name=""), item(wp_post_id="5", guid="5")
    assert [type(one) for one in records(export(nameless, named))] == [
        ExportHeader,
        Notice,
        ExportItem,
        ExportItem,
    ]


def test_a_comment_knows_its_line():
    content = export(item(comment(1), comment(2)))
    lines = [one.line for one in read_items(item(comment(1), comment(2)))[0].comments]
    starts = [n for n, row in enumerate(content.split(b"\n"), 1) if b"<wp:comment>" in row]
    assert lines == starts


class Endless:
    """An export that never ends: a reader that wants all of it first would hang."""

    def __init__(self) -> None:
        self.pieces = 0

    def read(self, size: int) -> bytes:
        self.pieces += 1
        if self.pieces == 1:
            return (START + HEAD).encode()
        return item(wp_post_id=str(self.pieces), guid=str(self.pieces)).encode()


def test_items_come_before_the_rest_of_the_file_is_read():
    stream = WxrReader().read(Endless())
    assert [type(next(stream)) for _ in range(3)] == [ExportHeader, ExportItem, ExportItem]


def test_a_file_cut_off_inside_an_element_says_where():
    start = export(item()).split(b"</wp:post_name>")[0]
    line, column = start.count(b"\n") + 1, len(start.split(b"\n")[-1]) + 1
    assert str(broken(start)) == (
        f"line {line}, column {column}: the file ends in the middle of <wp:post_name>"
    )


def test_a_file_cut_off_between_items_is_not_taken_for_whole():
    error = broken(export(item()).removesuffix(END.encode()))
    assert error.message == "the file ends in the middle of <channel>"


@pytest.mark.parametrize("content", [b"", b" \n", b'<?xml version="1.0"?>\n'])
def test_a_file_without_any_element_is_refused(content):
    assert broken(content).message == "the file ends before its first element"


def test_a_tag_that_does_not_match_is_refused_at_its_place():
    error = broken((START + HEAD + "<item></post>").encode())
    assert error.message == "mismatched tag, inside <item>"
    assert (error.line, error.column) == ((START + HEAD).count("\n") + 1, len("<item></") + 1)


def test_other_xml_is_refused_by_name():
    error = broken(b"\n<html><body/></html>")
    assert str(error) == "line 2: is no WordPress export: begins with <html>, not with <rss>"


def test_a_feed_that_is_no_export_is_refused():
    error = broken(export(item(), head="<title>Een feed</title>"))
    assert error.message == "is no WordPress export: <wp:wxr_version> is missing"


def test_an_rss_element_with_nothing_in_it_is_refused():
    assert "no <channel>" in str(broken(b"<rss></rss>"))


@pytest.mark.parametrize("version", ["2.0", "0.9", "1", "1.2beta", "11.2"])
def test_an_unknown_version_is_refused_by_number(version):
    head = HEAD.replace("1.2<", f"{version}<")
    error = broken(export(item(), head=head))
    assert error.message == f"has WXR version {version!r}; only 1.x is known"


BOMB = """<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>\n"""
FILE_ENTITY = """<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n"""
FOREIGN_DTD = """<!DOCTYPE rss SYSTEM "http://voorbeeld.example/rss.dtd">\n"""


@pytest.mark.parametrize("doctype", [BOMB, FILE_ENTITY, FOREIGN_DTD])
def test_document_types_and_entities_are_refused(doctype):
    content = export(item()).decode().replace("<rss", f"{doctype}<rss", 1).replace("Hub", "&b;")
    error = broken(content.encode())
    assert (error.line, error.message) == (2, "declares a document type or entities: refused")


def test_a_tag_that_never_ends_is_refused_before_it_fills_the_memory():
    class OneTag:
        def __init__(self) -> None:
            self.given = 0

        def read(self, size: int) -> bytes:
            start = START.encode() + b'<item a="' if not self.given else b""
            self.given += size
            return start + b"x" * size

    stream = OneTag()
    with pytest.raises(BrokenExport, match="too large to be true"):
        list(WxrReader().read(stream))
    assert stream.given < 16 * 2**20


def test_an_item_that_never_ends_is_refused_before_it_fills_the_memory(monkeypatch):
    monkeypatch.setattr(parse, "LARGEST_RECORD", 2**20)
    text = "<p>Tekst.</p>\n" * 100_000
    assert "too large to be true" in str(broken(export(item(content_encoded=text))))


def test_many_items_may_weigh_more_than_one_may(monkeypatch):
    monkeypatch.setattr(parse, "LARGEST_RECORD", 200_000)
    many = (item(wp_post_id=str(number), guid=str(number)) for number in range(1, 1000))
    assert len(read_items(*many)) == 999


def test_a_long_item_is_no_problem():
    text = "x" * (9 * 2**20)
    (read,) = read_items(item(content_encoded=text))
    assert len(read.html) == len(text) + len("<p></p>")


def test_the_parts_of_a_zip_are_one_export(tmp_path):
    path = tmp_path / "site.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("site.001.xml", export(item(comment(1))))
        archive.writestr("site.002.xml", export(item(comment(1)), item(wp_post_id="5", guid="5")))
    with open_export(path) as file:
        read = list(read_export(file))
    assert [one.old_id for one in read if isinstance(one, ExportItem)] == [4, 5]
    assert [one.code for one in read if isinstance(one, Notice)] == ["repeated", "comment_with_it"]


def test_a_broken_part_of_a_zip_is_named(tmp_path):
    path = tmp_path / "site.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("site.001.xml", export(item()))
        archive.writestr("site.002.xml", START)
    with open_export(path) as file, pytest.raises(BrokenExport) as caught:
        list(read_export(file))
    assert str(caught.value).startswith("site.002.xml, line 6, column 1: the file ends")


def test_the_same_file_read_twice_gives_the_same(tmp_path):
    path = tmp_path / "site.xml"
    path.write_bytes(export(item(comment(1), comment(1, wp_comment_content="Anders."))))
    twice = []
    for _ in range(2):
        with open_export(path) as file:
            twice.append(list(read_export(file)))
    assert twice[0] == twice[1]
