"""The words of Markdown-lite: emphasis and links; what is not clearly meant stays text."""

import re

from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.emphasis import tokenize

from . import links

_LONGEST_RUN = 20
_LINK = re.compile(r"\[([^\[\]\n]+)\]\(([^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*)\)")
_QUOTES = "\"'“”‘’–—…"
_OPENING = "([{„‚«¿¡"
_CLOSING = ")]}».,:;!?"


def emphasis(state: StateInline, silent: bool) -> bool:
    """The rule of CommonMark, but never inside a word, a number, a smiley or a file name."""
    start, known = state.pos, len(state.delimiters)
    if not tokenize(state, silent):
        return False
    before, after = _around(state.src, start)
    for delimiter in state.delimiters[known:]:
        delimiter.open = _edge(before, after, _OPENING, _CLOSING)
        delimiter.close = _edge(after, before, _CLOSING, _OPENING)
    return True


def _edge(outside: str, inside: str, fitting: str, unfitting: str) -> bool:
    """Marks open or close between these; `'*'` and `2 * 3` do neither."""
    if inside.isspace() or inside in unfitting or inside == outside:
        return False
    return outside.isspace() or outside in fitting or outside in _QUOTES


def _around(text: str, position: int) -> tuple[str, str]:
    """The characters before and after the marks at this position; a space at either end.

    It looks no farther than anybody marks on purpose: a run without end would cost its square.
    """
    before = text[max(position - _LONGEST_RUN, 0) : position].rstrip("*_")
    after = text[position : position + _LONGEST_RUN].lstrip("*_")
    return (before or " ")[-1], (after or " ")[0]


def link(state: StateInline, silent: bool) -> bool:
    """`[words](address)` with an address that may be a link; otherwise the text stays as typed."""
    match = _LINK.match(state.src, state.pos, state.posMax)
    image = state.src.startswith("!", state.pos - 1, state.pos) if state.pos else False
    if image or not match or "://" in match[1] or links.acceptable(match[2]) is None:
        return False
    if not silent:
        end = state.posMax
        state.push("link_open", "a", 1).attrSet("href", match[2])
        state.pos, state.posMax = match.span(1)
        state.md.inline.tokenize(state)
        state.push("link_close", "a", -1)
        state.posMax = end
    state.pos = match.end()
    return True
