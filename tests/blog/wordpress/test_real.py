"""The two real exports, counted by other means: grep, and regular expressions on the raw text."""

import re
from collections import Counter
from pathlib import Path

import pytest

from blog.wordpress.file import open_export
from blog.wordpress.records import ExportHeader, ExportItem, Notice, Record
from blog.wordpress.wxr import read_export

DATA = Path(__file__).parents[4] / "shared" / "data"
DUTCH = "strategie-blog.wordpress.xml"
THEME = "themeunittestdata.wordpress.xml"


def path(name: str) -> Path:
    if not (DATA / name).exists():
        pytest.skip(f"{name} is not here")
    return DATA / name


def read(name: str) -> list[Record]:
    with open_export(path(name)) as file:
        return list(read_export(file))


def items(name: str) -> list[ExportItem]:
    return [one for one in read(name) if isinstance(one, ExportItem)]


def counts(found: list[ExportItem]) -> Counter[tuple[str, str]]:
    return Counter((one.kind, one.status) for one in found)


def comment_counts(found: list[ExportItem]) -> Counter[tuple[str, str]]:
    return Counter((one.kind, one.state) for item in found for one in item.comments)


def left_out(name: str) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for one in read(name):
        if isinstance(one, Notice) and one.kind == "left_out":
            found[one.code, one.detail] += one.count
    return found


def repaired(name: str) -> list[tuple[str, int | None]]:
    return [
        (one.code, one.old_id)
        for one in read(name)
        if isinstance(one, Notice) and one.kind == "repaired"
    ]


def element(name: str, text: str) -> str:
    found = re.search(rf"<{name}>(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?</{name}>", text, re.S)
    return found[1] if found else ""


def raw_comments(name: str) -> list[str]:
    return re.findall("<wp:comment>.*?</wp:comment>", path(name).read_text("utf-8"), re.S)


def test_the_dutch_blog_is_read_to_the_last_comment():
    found = items(DUTCH)
    assert counts(found) == {
        ("post", "published"): 5,
        ("post", "draft"): 1,
        ("page", "published"): 1,
        ("page", "draft"): 1,
    }
    assert comment_counts(found) == {
        ("comment", "approved"): 37,
        ("comment", "pending"): 2,
        ("comment", "rejected"): 1,
        ("pingback", "approved"): 1,
        ("trackback", "approved"): 1,
    }


def test_nothing_of_the_dutch_blog_is_left_out_or_mended():
    assert [one for one in read(DUTCH) if isinstance(one, Notice)] == []


def test_the_dutch_blog_has_its_authors_and_terms():
    header = read(DUTCH)[0]
    assert isinstance(header, ExportHeader)
    assert [one.login for one in header.authors] == ["redactie", "noor", "ruben", "fatima"]
    assert Counter(one.kind for one in header.terms) == {"tag": 8, "category": 5}


def test_replies_of_staff_on_the_dutch_blog_carry_their_logins():
    by_login = Counter(one.author_login for item in items(DUTCH) for one in item.comments)
    numbers = {"0": "", "1": "redactie", "2": "noor", "3": "ruben", "4": "fatima"}
    assert by_login == Counter(
        numbers[element("wp:comment_user_id", one)] for one in raw_comments(DUTCH)
    )


def test_the_theme_test_data_is_read_to_the_last_comment():
    found = items(THEME)
    assert counts(found) == {
        ("post", "published"): 48,
        ("post", "draft"): 2,
        ("post", "scheduled"): 1,
        ("page", "published"): 21,
    }
    assert comment_counts(found) == {
        ("comment", "approved"): 25,
        ("comment", "pending"): 3,
        ("pingback", "approved"): 2,
        ("trackback", "approved"): 2,
    }
    assert [one.title for one in found if one.sticky] == ["Template: Sticky"]


def test_what_the_theme_test_data_loses_is_counted():
    assert left_out(THEME) == {
        ("kind", "nav_menu_item"): 70,
        ("kind", "attachment"): 38,
        ("shortcode", "gallery"): 12,
        ("taxonomy", "post_format"): 13,
        ("block", "wp:archives"): 2,
        ("block", "wp:calendar"): 1,
        ("block", "wp:categories"): 1,
        ("block", "wp:latest-comments"): 2,
        ("block", "wp:latest-posts"): 3,
        ("block", "wp:rss"): 1,
        ("block", "wp:search"): 1,
        ("block", "wp:tag-cloud"): 1,
    }


def test_what_the_theme_test_data_needs_mended_is_named():
    assert repaired(THEME) == [
        ("pages", 501),
        ("pages", 555),
        ("shortcode", 587),
        ("slug", 1164),
        ("password", 1168),
        ("title", 1169),
        ("pages", 1171),
        ("author", 1730),
        ("pages", 1734),
    ]


def test_the_ten_levels_of_the_theme_test_data_are_kept():
    parents = {one.old_id: one.parent_old_id for item in items(THEME) for one in item.comments}
    depth, number = 1, 915
    while (parent := parents[number]) is not None:
        depth, number = depth + 1, parent
    assert depth == 10


@pytest.mark.parametrize("name", [DUTCH, THEME])
def test_every_comment_keeps_its_number_parent_and_line(name):
    expected = {
        (int(element("wp:comment_id", one)), int(element("wp:comment_parent", one)))
        for one in raw_comments(name)
    }
    found = [one for item in items(name) for one in item.comments]
    assert {(one.old_id, one.parent_old_id or 0) for one in found} == expected
    rows = path(name).read_text("utf-8").split("\n")
    assert all("<wp:comment>" in rows[one.line - 1] for one in found)
    assert all("<item>" in rows[one.line - 1] for one in items(name))


@pytest.mark.parametrize("name", [DUTCH, THEME])
def test_no_shortcode_or_block_comment_is_left_in_the_text(name):
    everything = "".join(one.html for one in items(name))
    assert not re.search(r"\[/?(caption|gallery|audio)\b|<!--", everything)
