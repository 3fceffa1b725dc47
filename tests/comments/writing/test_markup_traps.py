"""The traps that bite with bleach, each closed, and hostile input of every class of trick."""

import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Literal

import nh3
import pytest

from comments.writing import sanitise
from comments.writing.markup import (
    ARTICLE,
    COMMENT,
    IMPORTED_COMMENT,
    Policy,
    Refused,
    plain,
    render,
)

from . import vectors
from .judge import attributes_of, balanced, faults, text_of

POLICIES = {"comment": COMMENT, "imported": IMPORTED_COMMENT, "article": ARTICLE}
HOSTILE = [text for texts in vectors.HTML.values() for text in texts]


def html(text: str, policy: Policy = COMMENT) -> str:
    return render(text, "html", policy).html


# --- hostile input ---


@pytest.mark.parametrize("text", HOSTILE)
def test_the_judge_flags_a_hostile_text_that_nobody_cleaned(text):
    assert faults(text, COMMENT)


def test_there_are_enough_shapes_and_no_shape_twice():
    assert len({*HOSTILE, *vectors.MARKDOWN}) == len(HOSTILE) + len(vectors.MARKDOWN) >= 180


@pytest.mark.parametrize("text", [*HOSTILE, *vectors.MARKDOWN])
def test_nothing_forbidden_lives(text):
    for policy in POLICIES.values():
        assert_harmless(text, "markdown", policy)
        assert_harmless(text, "html", policy)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_forbidden_lives_inside_other_markup(text):
    for around in (
        "<em>{}</em>",
        "<ul><li>{}</ul>",
        "&lt;{}&gt;",
        "`{}`",
        "[{}](https://a.example)",
    ):
        assert_harmless(around.format(text), "markdown", COMMENT)
        assert_harmless(around.format(text), "html", COMMENT)


def assert_harmless(text: str, source_format: Literal["markdown", "html"], policy: Policy) -> None:
    try:
        result = render(text, source_format, policy)
    except Refused as refused:
        assert refused.reason == "empty"  # noqa: PT017 - some vectors hold no words at all
        return
    assert faults(result.html, policy) == []
    assert balanced(result.html)
    assert result.agreed


@pytest.mark.parametrize("text", [text for text in HOSTILE if "`" not in text])
def test_what_a_reader_types_is_shown_to_the_last_character(text):
    shown = text_of(render(text).html)
    assert "".join(shown.split()) == "".join(text.split())


# --- a: a scheme and digits pass bleach's own check; b: linkify links any scheme ---


@pytest.mark.parametrize("scheme", ["javascript", "vbscript", "data", "file", "tel", "blob", "ftp"])
@pytest.mark.parametrize(
    "rest", ["123", "80", "80/x", "//host.example/", "//host.example:80/x?y#z"]
)
def test_only_three_schemes_become_links(scheme, rest):
    assert render(f"{scheme}:{rest}").links == 0
    assert render(f"[x]({scheme}:{rest})").links == 0
    assert html(f"<a href='{scheme}:{rest}'>x</a>") == "<p>x</p>"


# --- c: a list item outside a list ---


def test_a_list_item_outside_a_list_loses_its_tag_and_keeps_its_words():
    assert html("<li>los</li><ul><li>vast</li></ul>") == "los\n<ul><li>vast</li></ul>"


def test_a_definition_outside_a_list_loses_its_tag():
    assert "<dd>" not in html("<em><dd>los</dd></em>", ARTICLE)
    assert "<dl><dt>a</dt><dd>b</dd></dl>" in html("<dl><dt>a</dt><dd>b</dd></dl>", ARTICLE)


def test_a_link_inside_a_link_is_no_link():
    inner = "<table><tr><td><a href='https://b.example'>b</a> https://c.example</td></tr></table>"
    shown = render(f"<ul><li><a href='https://a.example'>a{inner}</a></li></ul>", "html", ARTICLE)
    assert [link["href"] for link in attributes_of(shown.html)] == ["https://a.example"]
    assert text_of(shown.html).split() == ["a", "b", "https://c.example"]


# --- d: entities are decoded once, inside code and outside ---


@pytest.mark.parametrize(
    "typed", ["&lt;b&gt;", "&amp;", "&copy;", "&copy=1", "&#60;i>", "&amp;lt;", "&x;"]
)
def test_entities_that_were_typed_stay_as_typed(typed):
    for around in ("{}", "`{}`", "```\n{}\n```", "**{}**", "> {}", "- {}"):
        assert text_of(render(around.format(typed)).html).strip() == typed


def test_entities_of_imported_html_are_decoded_once():
    assert (
        text_of(html("<code>&amp;lt;b&amp;gt;</code> &amp;copy; &eacute;")) == "&lt;b&gt; &copy; é"
    )


def test_the_address_of_a_link_keeps_what_looks_like_an_entity():
    address = "https://a.example/?x=1&copy=2&copy;=3&lt=4&amp;5"
    shown = render(address).html
    assert text_of(shown) == address
    assert attributes_of(shown) == [{"href": address, "rel": "nofollow noopener ugc"}]


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https&colon;//a.example/?b&amp;c", "https://a.example/?b&c"),
        ("&#104;ttps&#x3a;//a.example&sol;b", "https://a.example/b"),
        ("https://a.example/?b&copy=1&copy", "https://a.example/?b&copy=1©"),
        ("https://a.example/?b&amp;copy;=1", "https://a.example/?b&copy;=1"),
    ],
)
def test_the_address_in_imported_html_is_read_as_browsers_read_it(written, address):
    link = f"<a href='{written}'>x</a>"
    assert attributes_of(link)[0]["href"] == address
    assert attributes_of(html(link))[0]["href"] == address


def test_quotes_and_entities_in_a_title_are_decoded_once():
    shown = html("""<a href="https://a.example" title='a "b" &amp;amp; c &lt; d'>x</a>""")
    assert attributes_of(shown)[0]["title"] == 'a "b" &amp; c < d'


# --- e: brackets and punctuation beside an address ---


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("[https://a.example/]", "https://a.example/"),
        ("(zie https://a.example/b_(c))", "https://a.example/b_(c)"),
        ("(https://a.example)", "https://a.example"),
        ("https://a.example.", "https://a.example"),
        ("https://a.example/b?c=d!", "https://a.example/b?c=d"),
        ("“https://a.example”,", "https://a.example"),
        ("<https://a.example/>", "https://a.example/"),
        ("*https://a.example/b_c_d*", "https://a.example/b_c_d"),
        ("https://a.example/*b*/_c_", "https://a.example/*b*/_c"),
        ("Zie https://a.example/é/😀…", "https://a.example/é/😀"),
    ],
)
def test_an_address_ends_where_the_sentence_goes_on(typed, address):
    shown = render(typed)
    assert shown.links == 1
    assert f'href="{address}" rel="nofollow noopener ugc">{address}</a>' in shown.html


# --- f: characters that crash something later ---


@pytest.mark.parametrize(
    "character",
    ["\0", "\x01", "\x08", "\x0b", "\x0c", "\x1f", "\x7f", "\x85", "\ud800", "\uffff"],
)
def test_characters_that_no_page_can_hold_are_refused(character):
    with pytest.raises(Refused) as caught:
        render(f"goed {character} zo")
    assert (caught.value.reason, caught.value.limit) == ("control", None)


# --- g: rel, credentials, look-alikes ---


@pytest.mark.parametrize(
    "typed", ["https://a.example", "[x](https://a.example)", "<a href='https://a.example'>x</a>"]
)
def test_every_link_says_that_we_do_not_vouch_for_it(typed):
    shown = render(typed, "html" if typed.startswith("<") else "markdown").html
    assert '<a href="https://a.example" rel="nofollow noopener ugc">' in shown


def test_a_host_that_mixes_scripts_is_shown_in_punycode():
    assert ">https://xn--pple-43d.com/x</a>" in render("https://аpple.com/x").html
    assert ">http://xn--80ak6aa92e.com</a>" in render("http://аррӏе.com").html


def test_the_disguised_host_behind_a_label_is_shown_beside_it():
    for shown in (
        render("[Bank](https://bаnk.example/)"),
        render("<a href='https://bаnk.example/'>Bank</a>", "html"),
    ):
        assert plain(shown.html) == "Bank (xn--bnk-6cd.example)"
        assert 'href="https://xn--bnk-6cd.example/"' in shown.html


def test_an_honest_foreign_host_stays_as_it_is():
    assert ">https://münchen.example/</a>" in render("https://münchen.example/").html
    assert ">http://пример.рф</a>" in render("http://пример.рф").html


def test_a_label_that_is_itself_an_address_makes_no_link_to_elsewhere():
    shown = render("[https://bank.example](https://dief.example)").html
    assert 'href="https://bank.example"' in shown
    assert ">https://dief.example</a>" in shown


# --- reader's own pointy brackets ---


@pytest.mark.parametrize(
    "typed", ["1 < 2", "<3", "a<n", "vul <naam> in", "vul </naam> in", "a <- b", "<"]
)
def test_pointy_brackets_are_no_loss_in_either_format(typed):
    for policy in POLICIES.values():
        assert plain(html(f"x {typed} y", policy)) == f"x {typed} y"
    assert plain(render(f"x {typed} y").html) == f"x {typed} y"


# --- the witness ---


def test_where_the_sanitisers_disagree_the_text_is_stored_escaped(monkeypatch):
    stricter = nh3.Cleaner(tags={"p"}, attributes={"*": set()}, link_rel=None)
    monkeypatch.setattr(sanitise, "_tools", lambda policy: (sanitise._cleaner(policy), stricter))
    result = render("**a** <b>\nc")
    assert not result.agreed
    assert result.html == "<p>**a** &lt;b&gt;<br>\nc</p>"


def test_the_witness_sees_a_lost_tag_a_lost_attribute_and_a_stray_bracket():
    assert sanitise._agreed("<p>a &quot;b&quot;</p>", '<p>a "b"</p>')
    assert sanitise._agreed('<a href="/?a&amp;b" rel="x">', '<a rel="x" href="/?a&b">')
    assert not sanitise._agreed("<p><b>a</b></p>", "<p>a</p>")
    assert not sanitise._agreed('<a href="https://a.example">', "<a>")
    assert not sanitise._agreed("<p>a <script src=x></p>", "<p>a <script src=x></p>")


def test_the_witness_knows_the_same_policy_and_no_attribute_for_every_tag():
    typed = '<p title="a" lang="b" class="c">d</p><ol start="2"><li>e</li></ol><b>f</b>'
    assert sanitise._witness(COMMENT).clean(typed) == '<p>d</p><ol start="2"><li>e</li></ol>f'


# --- threads ---


def test_eight_threads_at_once_get_their_own_text():
    texts = [f"*{n}* https://a.example/{n} & `{n}`" for n in range(400)]
    expected = [render(text) for text in texts]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as pool:
            rounds = list(pool.map(lambda _: [render(text) for text in texts], range(8)))
    finally:
        sys.setswitchinterval(before)
    assert [result for result in rounds if result != expected] == []


def test_each_thread_has_a_cleaner_of_its_own():
    seen = []
    threads = [
        threading.Thread(target=lambda: seen.append(sanitise._tools(COMMENT)[0])) for _ in "ab"
    ]
    for thread in threads:
        thread.start()
        thread.join()
    assert len({id(cleaner) for cleaner in [*seen, sanitise._tools(COMMENT)[0]]}) == 3
    assert sanitise._tools(COMMENT)[0] is sanitise._tools(COMMENT)[0]
