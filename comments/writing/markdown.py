"""Turns typed Markdown into HTML: a small set that never surprises readers, all of it for articles.

It cleans nothing: its HTML still goes through `sanitise`.
"""

import threading

from markdown_it import MarkdownIt

from . import lite_blocks, lite_inline
from .policy import Policy

_DEEPEST = 60  # past every policy's limit: the parser drops text that lies deeper than this


def html_of(text: str, policy: Policy) -> str:
    """HTML that is not clean yet."""
    parser = _per_thread.full if policy.commonmark else _per_thread.lite
    return str(parser.render(text))


def full() -> MarkdownIt:
    """CommonMark with tables; raw HTML is left in for the sanitiser."""
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST})
    return parser.enable(["table", "strikethrough"])


def lite() -> MarkdownIt:
    """Emphasis, code, quotes, lists, links; line breaks are kept, backslashes and entities are text."""
    parser = MarkdownIt("zero", {"breaks": True, "maxNesting": _DEEPEST})
    parser.enable(["fence", "blockquote", "list", "newline", "backticks", "emphasis", "link"])
    block, inline = parser.block.ruler, parser.inline.ruler
    block.at("fence", lite_blocks.fence, {"alt": ["paragraph", "blockquote", "list"]})
    block.at("blockquote", lite_blocks.blockquote, {"alt": ["paragraph", "blockquote", "list"]})
    block.at("list", lite_blocks.list_block, {"alt": ["paragraph", "blockquote"]})
    block.before("fence", "new_list", lite_blocks.new_list, {"alt": ["list"]})
    block.before("fence", "own_line", lite_blocks.own_line, {"alt": ["paragraph", "blockquote"]})
    inline.at("emphasis", lite_inline.emphasis)
    inline.at("link", lite_inline.link)
    return parser


class _PerThread(threading.local):
    """A parser fills caches of its own while it works."""

    def __init__(self) -> None:
        self.lite, self.full = lite(), full()


_per_thread = _PerThread()
