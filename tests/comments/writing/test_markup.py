"""From typed text to HTML: what survives, what is refused, and what holds for any text."""

from typing import Literal

import pytest

from comments.writing import sanitise
from comments.writing.markup import (
    ARTICLE,
    COMMENT,
    IMPORTED_COMMENT,
    Policy,
    Refused,
    normalise,
    plain,
    render,
)

from .judge import faults, text_of

# --- what was typed survives ---


@pytest.mark.parametrize(
    "typed",
    [
        "Hij zei: \"ja\", 'nee' en “misschien”",
        "C:\\temp\\nieuw \\ \\\\",
        "1 < 2 && 3 > 2 <3",
        "vul <naam> in",
        "😀 👩🏽‍🚀 🏳️‍🌈 ❤️ 🫨",
        "שלום עולם — مرحبا بالعالم",
        "e\u0301 versus é, ȩ̈ en Z̀",
        "日本語と한국어 नमस्ते",
        "{{ naam }} {% raw %} ${x} %(naam)s",
        "5.000 – 10%, €\u00a03,50 (±½)",
        "'; DROP TABLE comments; --",
        "regel\u2028scheiding",
    ],
)
def test_exactly_what_was_typed_survives(typed):
    assert text_of(render(typed).html) == typed


def test_only_the_edges_are_trimmed():
    assert normalise(" \r\n\t a  b \r\n c\rd \n\n") == "a  b \n c\nd"
    assert render("\r\n  a  \r\nb  ").html == "<p>a<br>\nb</p>"


def test_line_ends_of_every_system_are_the_same_text():
    assert render("a\r\nb\r\rc") == render("a\nb\n\nc")


def test_links_are_counted():
    assert render("geen").links == 0
    assert (
        render("https://a.example [b](https://b.example) `https://c.example` <a href=x>").links == 2
    )


# --- what is refused ---


@pytest.mark.parametrize(
    "text", ["", " ", "\n\t\r\n", "\u00a0\u3000", "\u200b", "\ufeff\u2060", "\u3164", "\u0301"]
)
def test_a_text_without_anything_to_see_is_empty(text):
    assert reason(text) == ("empty", None)


@pytest.mark.parametrize(
    "html",
    ["<!-- x -->", "<p></p>", "<ul><li></li></ul>", "&nbsp;", "<a href='https://a.example'></a>"],
)
def test_html_that_shows_nothing_is_empty(html):
    for policy in (COMMENT, IMPORTED_COMMENT, ARTICLE):
        assert reason(html, "html", policy) == ("empty", None)


def test_an_article_may_be_one_image():
    assert render("![](/kat.png)", "markdown", ARTICLE).html.startswith('<p><img src="/kat.png"')


def test_five_thousand_characters_are_taken_and_one_more_is_not():
    assert len(plain(render("é" * 5_000).html)) == 5_000
    assert reason("é" * 5_001) == ("too_long", 5_000)


def test_length_is_counted_after_line_ends_are_made_one_character_and_the_edges_are_trimmed():
    assert render("  " + "a\r\n" * 2_499 + "bb  ").agreed
    assert reason("a\r\n" * 2_499 + "bbb c") == ("too_long", 5_000)


def test_the_limit_can_be_set():
    assert reason("abcdef", limit=5) == ("too_long", 5)
    assert render("a" * 6_000, limit=6_000).agreed


@pytest.mark.parametrize(
    ("text", "code"), [("a\0", "control"), ("\x07", "control"), ("\ud83d", "control")]
)
def test_the_reason_is_a_word_that_stays(text, code):
    assert reason(text) == (code, None)


def test_ten_levels_are_taken_and_eleven_are_not():
    assert render("> " * 9 + "diep").html.count("<blockquote>") == 9
    assert reason("> " * 10 + "diep") == ("nesting", 10)
    assert render("<em>" * 9 + "x", "html").agreed
    assert reason("<em>" * 10 + "x", "html") == ("nesting", 10)


def test_two_hundred_tags_are_taken_and_one_more_is_not():
    assert render("- x\n" * 199).html.count("<li>") == 199
    assert reason("- x\n" * 200) == ("tags", 200)
    assert render("<em>x</em>" * 199, "html").agreed
    assert reason("<em>x</em>" * 200, "html") == ("tags", 200)


def test_line_breaks_are_not_counted_as_tags():
    assert render("a\n" * 2_000).html.count("<br>") == 1_999


def test_tags_that_close_themselves_are_no_nesting():
    assert render("<p>x" * 50 + "<ul>" + "<li>y" * 50, "html").agreed


@pytest.mark.parametrize("shape", ["<", "&", "[", "*_", "a\n", "> ", "`", "<p>"])
def test_an_article_of_marks_is_refused_before_any_parser_runs(shape, monkeypatch):
    monkeypatch.setattr(sanitise, "_tools", None)
    text = shape * (200_000 // len(shape))
    assert reason(text, "markdown", ARTICLE) == ("tags", 20_000)
    assert reason(text, "html", ARTICLE) == ("tags", 20_000)


def reason(
    text: str,
    source_format: Literal["markdown", "html"] = "markdown",
    policy: Policy = COMMENT,
    limit: int | None = None,
) -> tuple[str, int | None]:
    with pytest.raises(Refused) as caught:
        render(text, source_format, policy, limit=limit)
    return caught.value.reason, caught.value.limit


# --- articles ---


def test_an_article_has_all_of_markdown():
    shown = render(
        "Inleiding\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n---\n\n![kat](/kat.png)\n\n    code\n\n~~weg~~\n",
        "markdown",
        ARTICLE,
    ).html
    assert "<thead>\n<tr>\n<th>a</th>\n<th>b</th>" in shown
    assert '<img src="/kat.png" alt="kat" loading="lazy">' in shown
    assert "<hr>" in shown
    assert "<pre><code>code\n</code></pre>" in shown
    assert "<s>weg</s>" in shown


@pytest.mark.parametrize(
    ("typed", "levels"),
    [
        ("# a\n## b\n#### c", "234"),
        ("## a\n### b", "23"),
        ("### a\n##### b", "24"),
        ("# a\n# b", "22"),
    ],
)
def test_the_headings_of_an_article_begin_at_two_and_end_at_four(typed, levels):
    shown = render(typed, "markdown", ARTICLE).html
    assert [part[0] for part in shown.split("<h")[1:]] == list(levels)
    assert [part[0] for part in shown.split("</h")[1:]] == list(levels)


def test_the_links_of_an_article_may_stay_on_the_site_and_carry_no_distrust():
    shown = render(
        "[a](/over/) [b](#kop) [c](https://c.example) https://d.example", "markdown", ARTICLE
    ).html
    assert '<a href="/over/" rel="noopener">a</a> <a href="#kop" rel="noopener">b</a>' in shown
    assert shown.count('rel="noopener"') == 4


@pytest.mark.parametrize(
    "src", ["data:image/png;base64,AA", "javascript:1", "//a.example/x", "\\\\a\\b", "#x", ""]
)
def test_an_image_from_nowhere_good_is_left_out(src):
    assert render(f"tekst<img src='{src}'>", "html", ARTICLE).html == "<p>tekst</p>"


def test_an_image_keeps_its_size_and_is_loaded_when_it_is_seen():
    image = "<img src=https://a.example/x.png width=40 height=x style=y>"
    typed = f"<figure>{image}<figcaption>bij</figcaption></figure>"
    assert render(typed, "html", ARTICLE).html == (
        '<figure><img src="https://a.example/x.png" width="40" alt="" loading="lazy">'
        "<figcaption>bij</figcaption></figure>"
    )


def test_a_table_keeps_its_scopes_and_spans_when_they_make_sense():
    typed = "<table><tr><th scope=col colspan=2>a<th scope=x colspan=0><td rowspan=99 colspan=100>b</table>"
    shown = render(typed, "html", ARTICLE).html
    assert '<th scope="col" colspan="2">a</th><th></th><td rowspan="99">b</td>' in shown


def test_an_article_may_be_long():
    assert len(render("woord " * 33_000, "markdown", ARTICLE).html) > 190_000


# --- imported comments ---


def test_an_imported_comment_keeps_what_wordpress_allowed():
    typed = (
        "<b>a</b> <i>b</i> <strike>c</strike> <del>d</del> <q>e</q> <acronym title=g>h</acronym>"
    )
    assert render(typed, "html", IMPORTED_COMMENT).html == (
        '<p><b>a</b> <i>b</i> <s>c</s> <del>d</del> <q>e</q> <abbr title="g">h</abbr></p>'
    )


def test_an_imported_comment_loses_other_tags_but_not_their_words():
    typed = "<h1>Kop</h1><div>a</div><div>b</div><font color=red>c</font> <td>d <naam> e"
    shown = render(typed, "html", IMPORTED_COMMENT).html
    assert plain(shown) == "Kop a b c d <naam> e"
    assert faults(shown, IMPORTED_COMMENT) == []


# --- plain text ---


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a<em>b</em>c</p>\n<p>d<br>\ne</p>", "abc d e"),
        ("<ul><li>a</li><li>b</li></ul>", "a b"),
        ("<p>&lt;b&gt; &amp;amp; &quot;x&quot;</p>", '<b> &amp; "x"'),
        ('<p><a href="https://a.example/" title="x > y">z</a></p>', "z"),
        ("<pre><code>a\n\n  b</code></pre>", "a b"),
        ("", ""),
    ],
)
def test_plain_text_has_the_words_and_nothing_else(html, text):
    assert plain(html) == text
