"""Line breaks become paragraphs, markup stays, and it never takes long."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.wordpress.paragraphs import paragraphs


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("", ""),
        (" \n\n ", ""),
        ("een", "<p>een</p>"),
        ("een\ntwee", "<p>een<br>twee</p>"),
        ("een\r\n\r\ntwee\rdrie", "<p>een</p>\n<p>twee<br>drie</p>"),
        ("een  \n  \n\n  twee", "<p>een</p>\n<p>twee</p>"),
        ("1 < 2 en 3 > 2", "<p>1 < 2 en 3 > 2</p>"),
        ("<em>een</em>\n<a href='#'>twee</a>", "<p><em>een</em><br><a href='#'>twee</a></p>"),
        ("een<br />\ntwee", "<p>een<br />twee</p>"),
        ("een\n<br>twee", "<p>een<br>twee</p>"),
        ("een<br>  \n twee", "<p>een<br>twee</p>"),
    ],
)
def test_blank_lines_part_paragraphs_and_single_breaks_stay_breaks(stored, shown):
    assert paragraphs(stored) == shown


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("<p>een</p>\n<p>twee</p>", "<p>een</p>\n<p>twee</p>"),
        ("<p>een\ntwee</p>", "<p>een<br>twee</p>"),
        ("<p>een\n\ntwee</p>", "<p>een<br><br>twee</p>"),
        ("een\n<h2>Kop</h2>\ntwee", "<p>een</p>\n<h2>Kop</h2>\n<p>twee</p>"),
        ("een\n<hr />\ntwee", "<p>een</p>\n<hr /><p>twee</p>"),
        ("<ul>\n<li>een\n</li>\n\n<li>twee</li>\n</ul>", "<ul><li>een</li>\n<li>twee</li>\n</ul>"),
        ("<ul><li>een\n\ntwee</li></ul>", "<ul><li><p>een</p>\n<p>twee</p>\n</li>\n</ul>"),
        ("<blockquote>een</blockquote>", "<blockquote><p>een</p>\n</blockquote>"),
        ("<div>een</div>", "<div>een</div>"),
        (
            "<table>\n<tr>\n<td>een\ntwee</td>\n</tr>\n</table>",
            "<table><tr><td>een<br>twee</td>\n</tr>\n</table>",
        ),
        ("<ul><li>een<li>twee</ul>drie", "<ul><li>een<li>twee</ul>\n<p>drie</p>"),
    ],
)
def test_blocks_keep_their_shape_and_text_around_them_becomes_paragraphs(stored, shown):
    assert paragraphs(stored) == shown


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        (
            "een\n<pre>a\n\n  b <b>\nc</pre>\ntwee",
            "<p>een</p>\n<pre>a\n\n  b <b>\nc</pre>\n<p>twee</p>",
        ),
        ("<script>\n\na < b</script>", "<p><script>\n\na < b</script></p>"),
        ("<PRE>a\n\nb</pre >c", "<PRE>a\n\nb</pre >\n<p>c</p>"),
        ("<pre>a\n\nb", "<pre>a\n\nb"),
    ],
)
def test_preformatted_text_stays_as_it_is(stored, shown):
    assert paragraphs(stored) == shown


def test_an_element_that_ends_in_its_own_tag_keeps_nothing_after_it_as_it_is():
    assert paragraphs("<iframe src='#' />een\n\ntwee") == (
        "<p><iframe src='#' />een</p>\n<p>twee</p>"
    )


def test_a_block_ends_the_paragraph_that_is_open():
    assert paragraphs("<p>een<div>twee</div>drie\n\nvier") == (
        "<p>een<div>twee</div>\n<p>drie</p>\n<p>vier</p>"
    )


def test_a_blank_line_inside_emphasis_does_not_tear_it_apart():
    assert paragraphs("<b>een\n\ntwee</b>\n\ndrie") == "<p><b>een<br><br>twee</b></p>\n<p>drie</p>"


def test_an_end_tag_without_a_beginning_parts_words_like_a_blank_line():
    assert paragraphs("een</div>twee") == "<p>een</p>\n<p>twee</p>"
    assert paragraphs("<p>een</div>twee</p>") == "<p>een<br><br>twee</p>"


def test_end_tags_without_a_beginning_make_no_paragraph():
    assert paragraphs("een</p>\n\n</b>\n\n</div>twee") == "<p>een</p>\n</b><p>twee</p>"


TAGS = "p /p b /b br br/ div /div ul /ul li /li pre /pre blockquote /blockquote hr h2 /h2 script"
PIECES = [*(f"<{tag}>" for tag in TAGS.split()), "een", "twee", "<", ">", " ", "\n", "\n\n", "\r\n"]
MARKUP = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


def words(html: str) -> list[str]:
    return re.sub(r"<[a-zA-Z/][^<>]*>", " ", html).split()


@given(MARKUP)
def test_paragraphs_of_paragraphs_are_the_same(html):
    once = paragraphs(html)
    assert paragraphs(once) == once


@given(MARKUP | st.text())
def test_no_word_is_lost_or_added(html):
    assert words(paragraphs(html)) == words(html.replace("\r", "\n"))


@pytest.mark.parametrize(
    "piece", ["<a ", "<div>", "<", "\n ", " ", "<b>\n\n", "</p>", "<pre>", "<li></ul>", "x\n"]
)
def test_hostile_text_never_keeps_the_machine_busy(piece):
    started = time.process_time()
    paragraphs(piece * 100_000)
    assert time.process_time() - started < 5
