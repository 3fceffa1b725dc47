"""Which addresses may become links, and in which form."""

import pytest

from comments.writing.links import ADDRESS, acceptable, disguised, host_of, trimmed


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example",
        "http://a.example:8080/b?c=d&e=f#g",
        "https://sub.a.example/pad_(x)/~y/%20",
        "https://münchen.example/straße",
        "http://пример.рф/",
        "http://localhost:5000/",
        "http://127.0.0.1/",
        "https://a.example./",
        "https://xn--mnchen-3ya.example/",
        "mailto:naam.achter+lijst@a.example",
    ],
)
def test_an_honest_address_stays_as_it_is(url):
    assert acceptable(url) == url


@pytest.mark.parametrize(
    ("url", "form"),
    [
        (" https://a.example\n", "https://a.example"),
        ("HTTPS://A.example/B", "https://A.example/B"),
        ("MAILTO:a@B.example", "mailto:a@B.example"),
        ("https://ｅｘ.example/", "https://ex.example/"),
        ("https://аpple.com/?q", "https://xn--pple-43d.com/?q"),
        ("mailto:a@аpple.com", "mailto:a@xn--pple-43d.com"),
    ],
)
def test_an_odd_address_comes_back_in_plain_form(url, form):
    assert acceptable(url) == form


@pytest.mark.parametrize(
    "url",
    [
        "",
        "a.example",
        "/pad",
        "#kop",
        "//a.example",
        "https:",
        "https://",
        "https:a.example",
        "https:/a.example",
        "https:///a.example",
        "https://naam@a.example",
        "https://naam:geheim@a.example",
        "https://a.example\\@b.example",
        "https:\\\\a.example",
        "https://a.example/\\b",
        "https://a.example:99999/",
        "https://a.example:٨٠/",
        "https://a.example:x/",
        "https://a example/",
        "https://a.example/b c",
        "https://a.example/\tb",
        "https://a.example/<b>",
        'https://a.example/"b',
        "https://a.example/\u202eb",
        "https://a.example/\u200bb",
        "https://%61.example/",
        "https://a。example",
        "https://a／b.example",
        "https://xn--a.example/",
        "https://a\u1160.example/",
        "https://[::1]/",
        "https://" + "a." * 127 + "example/",
        "javascript:123",
        "data:80",
        "ftp://a.example/",
        "mailto:",
        "mailto:a",
        "mailto:a@b@c.example",
        "mailto:a@b.example?bcc=c@d.example",
        "mailto:a,b@c.example",
        "mailto:a%0a@",
    ],
)
def test_anything_else_is_no_link(url):
    assert acceptable(url) is None


@pytest.mark.parametrize("url", ["/pad/", "pad/b.png", "../b.png", "?p=1", "#kop", "/a:b", "/"])
def test_addresses_within_the_site_are_links_where_they_are_allowed(url):
    assert acceptable(url, local=True) == url
    assert acceptable(url) is None


@pytest.mark.parametrize(
    "url", ["", "//a.example", "/\\a.example", "a:b", "javascript:1", "/a b", "\\a"]
)
def test_what_only_seems_to_stay_on_the_site_is_no_link(url):
    assert acceptable(url, local=True) is None


def test_a_host_may_have_253_characters_and_no_more():
    host = ".".join(["a" * 61] * 4) + ".examp"
    assert len(host) == 253
    assert acceptable(f"https://{host}/")
    assert acceptable(f"https://{host}l/") is None


def test_only_a_host_that_changed_is_disguised():
    assert disguised("https://аpple.com", "https://xn--pple-43d.com")
    assert not disguised("https://xn--pple-43d.com", "https://xn--pple-43d.com")
    assert not disguised("https://a.example", "https://a.example")


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example",
        "http://a.example:80/b@c://d",
        "https://a.example?b",
        "https://a.example#b",
        "mailto:b@a.example",
    ],
)
def test_the_host_is_found_in_any_acceptable_address(url):
    assert host_of(url) == "a.example"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://a.example/b).", "https://a.example/b"),
        ("https://a.example/(b)", "https://a.example/(b)"),
        ("https://a.example/(b))),", "https://a.example/(b)"),
        ("https://a.example/b…", "https://a.example/b"),
        ("https://a.example/?b=", "https://a.example/?b="),
        ("...", ""),
    ],
)
def test_punctuation_of_the_sentence_is_no_part_of_the_address(typed, address):
    assert trimmed(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "xhttps://a.example",
        "@https://a.example",
        "ftp:https://a.example",
        "www.a.example",
        "a.example",
    ],
)
def test_no_address_begins_inside_a_word_or_without_its_scheme(typed):
    assert ADDRESS.search(typed) is None
