"""Blocks, shortcodes and marks of WordPress become plain HTML, and what is lost is counted."""

import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.wordpress.html import article, plain


def test_text_of_the_old_kind_becomes_paragraphs():
    assert article("een\r\n\r\ntwee").html == "<p>een</p>\n<p>twee</p>"


def test_blocks_lose_their_comments_and_keep_their_breaks():
    html = """<!-- wp:paragraph {"align":"right"} -->
<p>een
twee</p>
<!-- /wp:paragraph -->

<!-- wp:group --><div><!-- wp:paragraph --><p>drie</p><!-- /wp:paragraph -->

<!-- wp:html -->los<!-- /wp:html --></div><!-- /wp:group -->"""
    assert article(html).html == "<p>een\ntwee</p>\n<div><p>drie</p>\n\nlos</div>"


def test_text_between_blocks_becomes_paragraphs():
    html = "voor\n\nnog\n<!-- wp:p --><p>blok</p><!-- /wp:p -->\nna"
    assert article(html).html == "<p>voor</p>\n<p>nog</p>\n<p>blok</p>\n<p>na</p>"


def test_the_end_of_a_block_without_its_beginning_changes_nothing():
    html = "<!-- /wp:p -->een\n\ntwee<!-- wp:p --><p>drie\nvier</p><!-- /wp:p -->"
    assert article(html).html == "<p>een</p>\n<p>twee</p>\n<p>drie\nvier</p>"


def test_a_classic_block_is_text_of_the_old_kind():
    assert article("<!-- wp:freeform -->een\n\ntwee<!-- /wp:freeform -->").html == (
        "<p>een</p>\n<p>twee</p>"
    )


def test_blocks_that_wordpress_fills_when_it_is_asked_are_counted_by_name():
    html = '<!-- wp:latest-posts {"a":1} /--><!-- wp:block {"ref":7} /--><!-- wp:block /-->'
    found = article(html)
    assert (found.html, found.dropped) == ("", Counter({"wp:block": 2, "wp:latest-posts": 1}))


def test_other_comments_vanish():
    assert article("een<!-- let op -->twee").html == "<p>eentwee</p>"


def test_a_comment_without_an_end_costs_nothing():
    assert article("een <!-- twee").html == "<p>een <!-- twee</p>"


@pytest.mark.parametrize("mark", ["<!--more-->", "<!--more Lees verder-->", "<!-- more -->"])
def test_what_stands_above_the_more_mark_is_the_teaser(mark):
    found = article(f"een\n{mark}\ntwee")
    assert (found.teaser, found.html) == ("<p>een</p>", "<p>een</p>\n<p>twee</p>")


def test_a_more_block_is_a_more_mark():
    found = article(
        "<!-- wp:p --><p>een</p><!-- /wp:p --><!-- wp:more --><!--more--><!-- /wp:more -->"
    )
    assert (found.teaser, found.html) == ("<p>een</p>", "<p>een</p>")


def test_without_a_more_mark_there_is_no_teaser():
    assert article("een").teaser == ""


def test_pages_are_joined_and_counted():
    found = article("een<!--nextpage-->twee\n<!--nextpage-->\ndrie")
    assert (found.pages, found.html) == (3, "<p>een</p>\n<p>twee</p>\n<p>drie</p>")


@pytest.mark.parametrize(
    ("shortcode", "figure"),
    [
        ('[caption id="a"]<img src="a.png"> Een foto[/caption]', '<img src="a.png">|Een foto'),
        ('[caption caption="Een [1]"]<img src="a.png">[/caption]', '<img src="a.png">|Een [1]'),
        (
            "[caption]<a href='#'><img></a>\nEen <em>foto</em>[/caption]",
            "<a href='#'><img></a>|Een <em>foto</em>",
        ),
        ("[wp_caption caption='Foto']<img>[/wp_caption]", "<img>|Foto"),
        ("[caption]<img> Een [noot] erbij[/caption]", "<img>|Een [noot] erbij"),
    ],
)
def test_a_caption_becomes_a_figure(shortcode, figure):
    picture, words = figure.split("|")
    expected = f"<figure>{picture}<figcaption>{words}</figcaption>\n</figure>"
    assert article(shortcode).html == expected


def test_a_caption_without_words_is_a_figure_without_a_caption():
    assert article("[caption]<img>[/caption]").html == "<figure><img></figure>"


def test_a_caption_without_a_picture_keeps_what_is_in_it():
    assert article("[caption]Alleen tekst[/caption]").html == "<p>Alleen tekst</p>"


@pytest.mark.parametrize("name", ["gallery", "playlist", "audio", "video", "embed"])
def test_a_shortcode_of_wordpress_itself_is_dropped_and_counted(name):
    found = article(f"een\n\n[{name} ids='1,2']\n\n[{name}]twee[/{name}]")
    assert (found.html, found.dropped, found.linked) == (
        "<p>een</p>",
        Counter({name: 2}),
        Counter(),
    )


@pytest.mark.parametrize(
    "shortcode",
    [
        "[embed]https://a.example/b?c=1&amp;d[/embed]",
        "[embed width='5']https://a.example/b?c=1&amp;d[/embed]",
        '[video src="https://a.example/b?c=1&amp;d"]',
        '[audio mp3="https://a.example/b?c=1&amp;d"][/audio]',
        "[audio https://a.example/b?c=1&amp;d]",
    ],
)
def test_a_link_stands_in_for_media_that_have_an_address(shortcode):
    found = article(shortcode)
    address = "https://a.example/b?c=1&amp;d"
    assert found.html == f'<p><a href="{address}">{address}</a></p>'
    assert (found.linked.total(), found.dropped.total()) == (1, 0)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("[[gallery]]", "[gallery]"),
        ("[[gallery ids='1']]", "[gallery ids='1']"),
        ("[gallery_of_mine]", "[gallery_of_mine]"),
        ("[contact-form]", "[contact-form]"),
        ("[&#8230;] aldus [...]", "[&#8230;] aldus [...]"),
        ("[gallery", "[gallery"),
        ("[[[gallery]", "[["),
    ],
)
def test_what_only_looks_like_a_shortcode_stays(stored, shown):
    assert article(stored).html == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Een <b>vette</b> titel", "Een vette titel"),
        ("Mark<sup>up</sup>", "Markup"),
        ("<p>een</p><p>twee</p>drie<br>vier", "een twee drie vier"),
        ("R&amp;D &#8211; &lt;b&gt;", "R&D – <b>"),
        ("1 < 2 > 0 {}[]/\\;:'\"", "1 < 2 > 0 {}[]/\\;:'\""),
        (" een \n\t twee ", "een twee"),
    ],
)
def test_plain_text_has_no_tags_and_one_line(html, text):
    assert plain(html) == text


@given(st.text(alphabet="<>!-/[]\"' \nwp:morecaptingly ", max_size=200))
def test_any_text_becomes_an_article(html):
    assert article(html).pages >= 1


@pytest.mark.parametrize(
    "piece",
    [
        "[gallery ",
        '[gallery "',
        "[caption]",
        "[caption]<img ",
        "[embed http://",
        "[",
        "<!--",
        "<!-- wp:p -->",
        "<!--more",
        "<!--nextpage",
        "[caption caption='\"",
        "[caption]x[/embed]",
    ],
)
def test_twice_the_text_does_not_take_four_times_the_time(piece):
    started = time.process_time()
    article(piece * 100_000)
    assert time.process_time() - started < 5
