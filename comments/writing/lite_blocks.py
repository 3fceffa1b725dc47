"""The lines of Markdown-lite: where a quote, a list or a block of code begins and ends.

Each rule only narrows the parser's own: what it does not clearly know is left as typed.
"""

import re

from markdown_it import rules_block
from markdown_it.rules_block import StateBlock

_ITEM = re.compile(r"(?:[*-]|(0|[1-9]\d{0,2})\.)[ \t]+(?!(?:\d+\.|[*+\-\s])*$)", re.ASCII)
_QUOTE = re.compile(r"(?:>[ \t]?)*>[ \t]+[^>\s]")
_FENCE = re.compile(r"`{3,}[ \t]*[\w+#.-]*[ \t]*$")
_FENCE_END = re.compile(r"^[ \t>]*`{3,}[ \t]*$", re.MULTILINE)


def fence(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Only a fence that is closed: an open one would swallow its first line and all that follows."""
    if not _FENCE.match(_line(state, line)) or not _FENCE_END.search(state.src, state.eMarks[line]):
        return False
    return rules_block.fence(state, line, end, silent)


def blockquote(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """`>5 jaar` and `>_<` are no quotes: the mark needs a space."""
    return bool(_QUOTE.match(_line(state, line))) and rules_block.blockquote(
        state, line, end, silent
    )


def list_block(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """No list from a year (`1986. Een mooi jaar`), from `+ voordeel`, `1) punt`, `007.` or `* * *`."""
    return bool(_ITEM.match(_line(state, line))) and rules_block.list_block(
        state, line, end, silent
    )


def new_list(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Ends a list where the numbers stop counting up, so that each number shows as it was typed."""
    item = _ITEM.match(_line(state, line))
    if not silent or item is None:
        return silent
    before = next(
        token.info
        for token in reversed(state.tokens)
        if token.type == "list_item_open" and token.level == state.level
    )
    return bool(item[1] and before) and int(item[1]) != int(before) + 1


def own_line(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A line without the mark belongs to whoever typed it, not to the quote or item above it."""
    return silent and (state.parentType == "blockquote" or state.sCount[line] < state.blkIndent)


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
