"""Times text to HTML: the typical Dutch comment per second, and the worst shapes at the cap; asserts nothing.

Run: `python -m bench.markup [repeats]`. CPU time of this process, best of the repeats.
"""

import re
import sys
import time
from collections.abc import Callable
from typing import Literal

from comments.writing import markup
from comments.writing.markup import ARTICLE, COMMENT, IMPORTED_COMMENT, Policy, Refused

TYPICAL = """Dag Noor, dank voor je stuk over **naaf en spaken**. Bij ons in Delft (zie \
https://delft.example/communicatie/jaarplan) liep het _heel_ anders:

> Iedere afdeling had een eigen nieuwsbrief, en niemand las ze.

1. Eerst hebben we geteld: 14 brieven, zie [de lijst](https://delft.example/lijst?jaar=2025&soort=brief).
2. Toen geschrapt, volgens https://www.rijk.example/schrijfwijzer en [dit boek](https://boek.example/kort).
3. Nu is er één, met `hub@delft.example` als adres.

Meer bij https://polder.example/overleg, https://polder.example/klaar, [Utrecht](https://utrecht.example/) \
en https://gent.example/spaak. "Minder is meer", zeiden ze toen ze de cijfers zagen; 1 < 2 dus. \
Hartelijke groet, Saïda 🙂
"""

SHAPES: dict[str, str] = {
    "list in list": "<ul><li>",
    "italic, paragraph": "<i><p>",
    "bold": "<b>",
    "blockquote": "<blockquote>",
    "link, unclosed": "<a ",
    "link, link": '<a href="http://a.b">',
    "nine deep": "<em>" * 9 + "x" + "</em>" * 9,
    "paragraphs": "<p>x</p>",
    "rows": "<tr><td>x</td></tr>",
    "items": "<ul><li>x</li></ul>",
    "misnested": "<em><p>x</em></p>",
    "links": '<a href="http://a.b?c&d">x</a>',
    "headings": "# x\n",
    "table": "|a|b|\n|-|-|\n|a|b|\n\n",
    "images": "![a](/b) ",
    "references": "[a]: /b\n[a]\n",
    "emphasis closed wrongly": "<em><strong></em>",
    "comment, unclosed": "<!--",
    "less-than": "<",
    "less-than, letter": "<a",
    "less-than, slash": "</",
    "ampersand": "&",
    "entity": "&lt;",
    "entity, no semicolon": "&copy",
    "quote mark": '"',
    "line breaks": "<br>",
    "table cells": "<td>",
    "preformatted": "<pre>",
    "newlines": "a\n",
    "blank lines": "a\n\n",
    "quotes >": "> ",
    "quotes, lines": "> a\n",
    "bullets in bullets": "- ",
    "bullets": "- a\n",
    "numbers": "1. a\n",
    "stars": "*a ",
    "stars, tight": "*a*",
    "underscores": "_a_ ",
    "mixed marks": "*_a **b_ ",
    "marks only": "*_",
    "marks in quotes": "> *",
    "backticks": "`a``b```",
    "fences": "```\n",
    "fences, open": "```a\n",
    "brackets": "[",
    "brackets, address": "[a](http://a.b) ",
    "brackets, half": "[a](http://a.b/(",
    "addresses": "http://a.b ",
    "address, hyphens": "a-",
    "address, brackets": ")",
    "address, colons": "http://a.b:",
    "schemes": "http://",
    "words": "woord ",
    "spaces": " a",
    "tabs": "\ta",
    "wide": "😀",
    "combining": "e\u0301",
}
Format = Literal["markdown", "html"]
FORMATS: tuple[Format, ...] = ("markdown", "html")
PIECE = re.compile(r"[<>&\[\]*_`~|\n\"]")
OPENING = re.compile(r"<(?!br)[a-z]")
PREFIXES = {"address, hyphens": "http://", "address, brackets": "http://a.b/", "tabs": "x"}


def main(repeats: int) -> None:
    html = markup.render(TYPICAL).html
    seconds = best(lambda: markup.render(TYPICAL), repeats * 20)
    size = len(TYPICAL.encode())
    print(f"typical comment, {size} bytes, {html.count('<a ')} links: {1 / seconds:,.0f}/s\n")
    for name, policy in policies().items():
        report(name, policy, repeats)


def policies() -> dict[str, Policy]:
    return {"comment": COMMENT, "imported comment": IMPORTED_COMMENT, "article": ARTICLE}


def report(name: str, policy: Policy, repeats: int) -> None:
    """One line per shape: CPU milliseconds as Markdown and as HTML, filling the limits and past them."""
    print(
        f"{name}: {policy.characters:,} characters, {policy.openings:,} tags, {policy.nesting} deep"
    )
    print(f"  {'':26}{'Markdown, within':>18}{'past':>18}{'HTML, within':>18}{'past':>18}")
    worst = 0.0
    for shape in [*SHAPES, "attributes", "attribute value"]:
        texts = fitting(shape, policy), filled(shape, policy.characters)
        took = [outcome(text, form, policy, repeats) for form in FORMATS for text in texts]
        worst = max([worst, *(milliseconds for milliseconds, _ in took)])
        print(f"  {shape:26}" + "".join(f"{ms:9.1f} {refused:8}" for ms, refused in took))
    print(f"  worst: {worst:.0f} ms\n")


def fitting(shape: str, policy: Policy) -> str:
    """As often as the limits allow, then words to the full length."""
    piece = SHAPES.get(shape)
    if piece is None:
        return filled(shape, policy.characters)
    counts = [policy.characters // len(piece)]
    counts += [policy.pieces // n for n in [len(PIECE.findall(piece))] if n]
    counts += [policy.openings // n for n in [len(OPENING.findall(piece))] if n]
    text = PREFIXES.get(shape, "") + piece * (min(counts) - 20)
    return text + " woord" * ((policy.characters - len(text)) // 6)


def filled(shape: str, size: int) -> str:
    if shape == "attributes":
        names = [f"a{n}=1 " for n in range(size // 7)]
        return f"<a {''.join(names)[: size - 9]}>x</a>"
    if shape == "attribute value":
        return '<a href="http://a.b/' + "&copy" * (size // 5 - 10) + '">x</a>'
    piece = SHAPES[shape]
    return (PREFIXES.get(shape, "") + piece * (size // len(piece) + 1))[: size - 1] + "."


def outcome(text: str, source_format: Format, policy: Policy, repeats: int) -> tuple[float, str]:
    milliseconds = 1000 * best(lambda: reason(text, source_format, policy), repeats)
    return milliseconds, reason(text, source_format, policy)


def reason(text: str, source_format: Format, policy: Policy) -> str:
    """Why the text is refused; empty if it is not."""
    try:
        markup.render(text, source_format, policy)
    except Refused as refused:
        return refused.reason
    return ""


def best(action: Callable[[], object], repeats: int) -> float:
    """CPU seconds of the quickest of several runs, after one that fills the caches."""
    action()
    times = []
    for _ in range(repeats):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return min(times)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
