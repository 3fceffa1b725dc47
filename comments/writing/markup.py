"""From what was typed to the HTML that is stored, once, at saving; it must not know who typed it."""

import re
from dataclasses import dataclass
from html import escape, unescape
from typing import Literal

from .markdown import html_of
from .paragraphs import paragraphs
from .policy import ARTICLE, COMMENT, IMPORTED_COMMENT, Policy
from .sanitise import TAG, clean
from .source import Refused, accepted, bounded, normalise, visible

__all__ = [
    "ARTICLE",
    "COMMENT",
    "IMPORTED_COMMENT",
    "Policy",
    "Refused",
    "Rendered",
    "normalise",
    "plain",
    "render",
]

_INLINE = frozenset("a abbr b cite code del em i q s strong sub sup".split())
_HEADING = re.compile(r"(</?h)([1-6])\b", re.IGNORECASE)


@dataclass(frozen=True)
class Rendered:
    html: str
    links: int
    agreed: bool
    """Both sanitisers were of one mind. If not, `html` is the text, escaped; worth a line in the log."""


def render(
    text: str,
    source_format: Literal["markdown", "html"] = "markdown",
    policy: Policy = COMMENT,
    *,
    limit: int | None = None,
) -> Rendered:
    """The text as HTML that is safe inside `<section>`; `limit` replaces the policy's characters.

    Raises Refused: empty, too_long, control (a character that cannot be shown), nesting, tags.
    """
    text = accepted(text, policy, limit or policy.characters)
    source = html_of(text, policy) if source_format == "markdown" else paragraphs(text)
    html, agreed = clean(bounded(_renamed(source, policy), policy), policy)
    if not agreed:
        html = _as_typed(text)
    if not visible(plain(html)) and "<img" not in html:
        raise Refused("empty")
    return Rendered(html.strip(), html.count("<a "), agreed)


def _renamed(html: str, policy: Policy) -> str:
    for old, new in policy.renamed.items():
        html = re.sub(rf"(</?){old}\b", rf"\g<1>{new}", html, flags=re.IGNORECASE)
    if "h2" in policy.tags:
        html = _levelled(html)
    return html


def _levelled(html: str) -> str:
    """The highest heading becomes `h2`, as `h1` is the page's own; none goes below `h4`."""
    shift = 2 - min((int(level) for _, level in _HEADING.findall(html)), default=2)
    return _HEADING.sub(lambda tag: tag[1] + str(min(int(tag[2]) + shift, 4)), html)


def _as_typed(text: str) -> str:
    return "<p>" + escape(text, quote=False).replace("\n", "<br>\n") + "</p>"


def plain(html: str) -> str:
    """The words of HTML that `render` made, for excerpts, mails, feeds and search: text, to be escaped."""
    return " ".join(unescape(TAG.sub(_gap, html)).split())


def _gap(tag: re.Match[str]) -> str:
    return "" if tag[1] and tag[1].removeprefix("/") in _INLINE else " "
