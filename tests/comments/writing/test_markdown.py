"""Markdown-lite: what readers clearly mean becomes markup, and what they do not stays as typed."""

import re

import pytest

from comments.writing.markup import render
from tests.comments.writing.judge import text_of


def html(text: str) -> str:
    return " ".join(render(text).html.split("\n"))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("*schuin* en _schuin_", "<p><em>schuin</em> en <em>schuin</em></p>"),
        ("**vet** en __vet__", "<p><strong>vet</strong> en <strong>vet</strong></p>"),
        ("***beide***", "<p><em><strong>beide</strong></em></p>"),
        ("**_beide_** zo", "<p><strong><em>beide</em></strong> zo</p>"),
        ("**Let op:** (*echt*)!", "<p><strong>Let op:</strong> (<em>echt</em>)!</p>"),
        ("**“zo”**", "<p><strong>“zo”</strong></p>"),
        ("`a*b*` en ``c ` d``", "<p><code>a*b*</code> en <code>c ` d</code></p>"),
        ("```\na  <b>\n\nb\n```", "<pre><code>a  &lt;b&gt;  b </code></pre>"),
        ("```python\nx\n```\nna", "<pre><code>x </code></pre> <p>na</p>"),
        ("> hij zei\n> dit", "<blockquote> <p>hij zei<br> dit</p> </blockquote>"),
        ("- a\n- b", "<ul> <li>a</li> <li>b</li> </ul>"),
        ("* a\n* b", "<ul> <li>a</li> <li>b</li> </ul>"),
        ("1. a\n2. b", "<ol> <li>a</li> <li>b</li> </ol>"),
        (
            "Eerst:\n1. a\n   - b\n2. c",
            "<p>Eerst:</p> <ol> <li>a <ul> <li>b</li> </ul> </li> <li>c</li> </ol>",
        ),
        ("een\ntwee\n\ndrie", "<p>een<br> twee</p> <p>drie</p>"),
        (
            "[*woord*](https://a.example/b_(c))",
            '<p><a href="https://a.example/b_(c)" rel="nofollow noopener ugc"><em>woord</em></a></p>',
        ),
        (
            "[post](mailto:naam@a.example)",
            '<p><a href="mailto:naam@a.example" rel="nofollow noopener ugc">post</a></p>',
        ),
    ],
)
def test_markup_that_is_meant_becomes_html(typed, expected):
    assert html(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "snake_case_name en __init__py",
        "2*3*4 = 24, (2)*3*(4), a*b*c",
        "2 * 3 * 4",
        "*.py, *.txt en '*' of '_'",
        "'*' hier en '*' daar",
        '"*.py", "*.txt"',
        "prijs*) en korting*)",
        "(*) zie onder (*)",
        "^_^ ja ^_^",
        "*_* wow *_*",
        "-_- tja -_-",
        ">_< au",
        ">5 jaar >10 jaar",
        "*sterretje zonder eind",
        "*** let op ***",
        "# geen kop",
        "geen kop\n---",
        "geen kop\n===",
        "---",
        "* * *",
        "- - -",
        "-",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "1986. Een mooi jaar",
        "007. Bond",
        "3) derde",
        "+ voordeel",
        "> ",
        "    ingesprongen\n\n\tnog eens",
        "~~~ Groeten ~~~\nNoor",
        "```Hallo",
        "``` open\nen verder",
        "![kat](kat.png)",
        "[ref]: /hier",
        "[ref][ref]",
        "[x](/hier) [x]() [](https://)",
        "\\*geen\\* \\_nadruk\\_ \\",
        "&amp; &copy; &#42;",
        "<b>vet</b> <!-- weg --> <br>",
        "c:\\map\\*.*",
        "``",
        "ster* en ster*",
        "a **b** c".replace("*", "＊"),
    ],
)
def test_what_is_not_clearly_markup_stays_as_typed(typed):
    shown = render(typed).html
    assert " ".join(text_of(shown).split()) == " ".join(typed.split())
    assert "<em>" not in shown
    assert "<li>" not in shown


@pytest.mark.parametrize(
    "image", ["![kat](https://a.example/kat.png)", "Kijk ![](https://a.example/x)"]
)
def test_an_image_stays_text_and_its_address_becomes_a_link(image):
    shown = render(image)
    assert text_of(shown.html) == image
    assert "<img" not in shown.html
    assert shown.links == 1


@pytest.mark.parametrize(
    ("typed", "starts"),
    [
        ("2. mee eens\n5. niet mee eens", ["2", "5"]),
        ("1. a\n1. b", ["1", "1"]),
        ("1. a\n2. b\n\n1. c\n2. d", ["1", "1"]),
        ("9. a\n10. b\n11. c", ["9"]),
        ("0. a\n1. b", ["0"]),
        ("1. a\n\n   5. b\n2. c", ["1", "5"]),
    ],
)
def test_a_number_shows_as_it_was_typed(typed, starts):
    assert [
        start or "1" for start in re.findall(r'<ol(?: start="(\d+)")?>', render(typed).html)
    ] == starts


def test_a_year_after_a_list_does_not_join_it():
    assert html("1. a\n1986. Een mooi jaar").endswith("</ol> <p>1986. Een mooi jaar</p>")


def test_an_answer_under_a_quote_is_not_put_into_the_mouth_of_who_is_quoted():
    assert html("> zijn woorden\nmijn antwoord").endswith("</blockquote> <p>mijn antwoord</p>")
    assert html("> > diep\n> ondiep").count("<blockquote>") == 2
    assert html("> > diep\n> ondiep").endswith("</blockquote> <p>ondiep</p> </blockquote>")


def test_a_line_under_a_list_is_not_part_of_its_last_item():
    assert html("- a\n- b\nEn verder") == "<ul> <li>a</li> <li>b</li> </ul> <p>En verder</p>"
    assert html("- a\n  meer a") == "<ul> <li>a<br> meer a</li> </ul>"


def test_advantages_and_drawbacks_stay_apart():
    assert text_of(render("+ snel\n- duur\n+ mooi").html).split() == [
        "+",
        "snel",
        "duur",
        "+",
        "mooi",
    ]


@pytest.mark.parametrize("marks", ["*", "_", "**", "*_", "`", "[", "> ", "- ", "1. "])
def test_a_long_run_of_marks_stays_text(marks):
    typed = (marks * 1_000).strip()
    assert "".join(text_of(render(typed).html).split()) == "".join(typed.split())
