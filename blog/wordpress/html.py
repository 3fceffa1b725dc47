"""Makes plain HTML of what WordPress keeps in its database: blocks, shortcodes, line breaks.

Pure and linear in time. Sanitises nothing: the result goes through the sanitiser like any other.
"""

import html as entities
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from .paragraphs import paragraphs

DROPPED = ("gallery", "playlist", "audio", "video", "embed")
CAPTIONS = ("caption", "wp_caption")
NAMES = "|".join((*DROPPED, *CAPTIONS))
SHORTCODE = re.compile(
    rf"""(\[?)\[({NAMES})(?![\w-])((?:"[^"]*+"|'[^']*+'|[^\[\]"'])*+)\]"""
    rf"(?:((?:[^\[]|\[(?!/?(?:{NAMES})\b))*+)\[/\2\])?(\]?)"
)
CAPTION_ATTRIBUTE = re.compile(r"""\bcaption=(?:"([^"]*)"|'([^']*)')""")
PICTURE = re.compile(r"\s*((?:<a\b[^<>]*+>\s*)?<img\b[^<>]*+>(?:\s*</a>)?)", re.IGNORECASE)
ADDRESS = re.compile(r"""https?://[^\s"'<>\[\]]+""")
MORE = re.compile(r"<!--\s*more\b[^<>]*-->")
PAGE_BREAK = re.compile(r"<!--\s*nextpage\s*-->")
OPEN_BLOCKS = ("freeform", "core/freeform", "shortcode", "core/shortcode")
"""Blocks whose content is text of the old kind."""
TAG = re.compile(r"</?[a-zA-Z][^<>]*+>")
EDGE = re.compile(r"<(?=br\b|/(?:p|h[1-6]|li|td|div)\b)", re.IGNORECASE)


@dataclass(frozen=True)
class Article:
    """`teaser` is what stands above the "read more" mark, empty without one; `linked` counts the
    shortcodes that a link stands in for, `dropped` those, and the live blocks, that are gone."""

    html: str
    teaser: str
    pages: int
    linked: Counter[str]
    dropped: Counter[str]


def article(html: str) -> Article:
    text = html.replace("\r\n", "\n").replace("\r", "\n")
    linked, dropped = Counter[str](), Counter[str]()
    text, breaks = PAGE_BREAK.subn("\n\n", text)
    text = _without_shortcodes(text, linked, dropped)
    more = MORE.search(text)
    teaser = _from_blocks(text[: more.start()], Counter()) if more else ""
    return Article(_from_blocks(text, dropped), teaser, 1 + breaks, linked, dropped)


def _without_shortcodes(text: str, linked: Counter[str], dropped: Counter[str]) -> str:
    def replaced(found: re.Match[str]) -> str:
        before, name, attributes, inner, after = (group or "" for group in found.groups())
        if before and after:
            return found[0][1:-1]
        if name in CAPTIONS:
            return before + _figure(attributes, inner) + after
        address = ADDRESS.search(f"{attributes} {inner}")
        (linked if address else dropped)[name] += 1
        link = f'<a href="{address[0]}">{address[0]}</a>' if address else ""
        return before + link + after

    return SHORTCODE.sub(replaced, text)


def _figure(attributes: str, inner: str) -> str:
    """The words stand behind the picture; before WordPress 3.4 they stood in an attribute."""
    picture = PICTURE.match(inner)
    if picture is None:
        return inner
    attribute = CAPTION_ATTRIBUTE.search(attributes)
    words = inner[picture.end() :].strip() or (attribute and (attribute[1] or attribute[2])) or ""
    caption = f"<figcaption>{words}</figcaption>" if words else ""
    return f"<figure>{picture[1]}{caption}</figure>"


def _from_blocks(text: str, dropped: Counter[str]) -> str:
    """What stands in a block is complete HTML; what stands between blocks is text with breaks."""
    out, region, depth, at = [], [], 0, 0
    for start, end, body in _comments(text):
        region.append(text[at:start])
        at = end
        change = _depth_change(body, dropped)
        if change and (depth == 0 or depth + change == 0):
            out.append(_region("".join(region), in_block=depth > 0))
            region = []
        depth = max(0, depth + change)
    region.append(text[at:])
    return "\n".join(filter(None, [*out, _region("".join(region), in_block=depth > 0)]))


def _comments(text: str) -> Iterator[tuple[int, int, str]]:
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            return
        yield start, end + 3, text[start + 4 : end].strip()
        start = text.find("<!--", end + 3)


def _depth_change(comment: str, dropped: Counter[str]) -> int:
    name = comment.partition(" ")[0]
    if not name.lstrip("/").startswith("wp:") or name.lstrip("/")[3:] in OPEN_BLOCKS:
        return 0
    if comment.endswith("/"):
        dropped[name] += 1
        return 0
    return -1 if name.startswith("/") else 1


def _region(text: str, *, in_block: bool) -> str:
    return text.strip() if in_block else paragraphs(text)


def plain(html: str) -> str:
    """Its words on one line: no tags, entities resolved."""
    words = TAG.sub("", EDGE.sub(" <", html))
    return " ".join(entities.unescape(words).split())
