"""Gives stored HTML of other systems the paragraphs and line breaks that its plain newlines meant."""

import re
from collections.abc import Iterator

_BLOCK = "p|div|section|article|address|ul|ol|dl|table|figure|h[1-6]|blockquote|pre|hr"
_INSIDE = "li|dt|dd|caption|thead|tbody|tfoot|tr|th|td|figcaption"
_HOLDS_TEXT = "blockquote|div|section|article"
_HAS_BLOCK = re.compile(rf"</?(?:{_BLOCK}|{_INSIDE})\b", re.IGNORECASE)
_BEFORE = re.compile(rf"<(?:(?:{_BLOCK})\b|/(?:{_HOLDS_TEXT})\b)", re.IGNORECASE)
_AFTER = re.compile(rf"(?:</(?:{_BLOCK})\b|<(?:{_HOLDS_TEXT}|hr)\b)[^<>]{{0,2000}}>", re.IGNORECASE)
_PREFORMATTED = re.compile(r"<(/?)pre\b", re.IGNORECASE)
_LINE_END = re.compile(r"<br\b[^<>]*>[ \t]*\n|\n|<[^<>]*>", re.IGNORECASE)
_UNFINISHED = re.compile(r"<(?=[^<>]*\Z)")
_BLANK_LINE = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def paragraphs(html: str) -> str:
    """Blank lines part paragraphs, single ones break the line; inside written blocks nothing changes."""
    return "".join(
        part if verbatim else "\n".join(map(_paragraph, _chunks(part)))
        for verbatim, part in _apart(_without_comments(html))
    )


def _without_comments(html: str) -> str:
    """They are never shown, but would be taken for words."""
    before, *rest = html.split("<!--")
    return before + "".join(part.partition("-->")[2] for part in rest)


def _apart(html: str) -> Iterator[tuple[bool, str]]:
    """The HTML in stretches, each marked whether it stands inside `pre`."""
    start, inside = 0, False
    for tag in _PREFORMATTED.finditer(html):
        if (tag[1] == "") == inside:
            continue
        yield inside, html[start : tag.start()]
        start, inside = tag.start(), not inside
    yield inside, html[start:]


def _chunks(html: str) -> list[str]:
    html = _AFTER.sub(r"\g<0>\n\n", _BEFORE.sub(r"\n\n\g<0>", html))
    return [chunk.strip("\n") for chunk in _BLANK_LINE.split(html)]


def _paragraph(chunk: str) -> str:
    if not chunk.strip() or _HAS_BLOCK.search(chunk):
        return chunk
    return "<p>" + _LINE_END.sub(_broken, _UNFINISHED.sub("&lt;", chunk.strip())) + "</p>"


def _broken(match: re.Match[str]) -> str:
    """A newline between the attributes of a tag is none of the writer's."""
    return "<br>\n" if match[0].endswith("\n") else match[0]
