"""The paragraphs that the plain newlines of other systems meant."""

import pytest

from comments.writing.paragraphs import paragraphs


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("een\ntwee\n\ndrie", "<p>een<br>\ntwee</p>\n<p>drie</p>"),
        ("een<br>\ntwee<br/>\ndrie", "<p>een<br>\ntwee<br>\ndrie</p>"),
        ("een \n \t\n twee", "<p>een</p>\n<p>twee</p>"),
        ("<em>a\nb</em>", "<p><em>a<br>\nb</em></p>"),
        ('<a\nhref="x">a</a>', '<p><a\nhref="x">a</a></p>'),
        ("los\n<ul>\n<li>a</li>\n</ul>\nna", "<p>los</p>\n<ul>\n<li>a</li>\n</ul>\n<p>na</p>"),
        ("<blockquote>a\n\nb</blockquote>", "\n<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>\n"),
        ("<div>a</div>b", "\n<div>\n<p>a</p>\n</div>\n<p>b</p>"),
        ("a<pre>x\n\n<b>y\n</pre>b", "<p>a</p><pre>x\n\n<b>y\n</pre>\n<p>b</p>"),
        ("a<pre>x\n\ny", "<p>a</p><pre>x\n\ny"),
        ("a</pre>\n\nb", "a</pre>\n<p>b</p>"),
        ("<pre>a<pre>\n\nb</pre>\n\nc", "<pre>a<pre>\n\nb</pre>\n<p>c</p>"),
        ("a <naam", "<p>a &lt;naam</p>"),
        ("", ""),
    ],
)
def test_newlines_become_what_they_meant(html, expected):
    assert paragraphs(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<p>een\ntwee</p>",
        "<ol>\n<li>a\nb</li>\n</ol>",
        "<table>\n<tr>\n<td>a\nb</td>\n</tr>\n</table>",
        "<dl><dt>a\nb</dt><dd>c</dd></dl>",
    ],
)
def test_newlines_inside_written_blocks_stay_newlines(html):
    assert paragraphs(html).split() == html.split()


def test_comments_of_a_block_editor_make_no_empty_paragraphs():
    html = '<!-- wp:paragraph {"a":1} -->\n<p>een</p>\n<!-- /wp:paragraph -->\n\nlos <!-- x --> woord<!-- open'
    assert paragraphs(html).split("\n") == ["", "<p>een</p>", "<p>los  woord</p>"]
