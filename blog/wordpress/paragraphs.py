"""Makes paragraphs of text that WordPress stored with line breaks; sanitises nothing.

Blank lines part paragraphs, single breaks become `<br>`, blocks and preformatted text stay as
they are. One pass, no recursion: twice the text takes twice the time, whatever it is.
"""

import re
from collections import Counter

TAG = re.compile(r"(<(/?)([a-zA-Z][a-zA-Z0-9-]*+)[^<>]*+>)")
END_TAGS = re.compile(r"(?:</[^<>]*+>\s*+)+")
LINE_BREAKS = re.compile(r"(\n\s*)")

WRAP = frozenset({"blockquote"})
"""Text in it, as at the top, is always in paragraphs."""
LOOSE = frozenset(
    "address article aside center dd details div fieldset figcaption footer form header li main "
    "nav section td th".split()
)
"""Text in it becomes paragraphs only if there is more than one."""
LINES = frozenset("caption dt h1 h2 h3 h4 h5 h6 legend p summary".split())
"""Is itself a paragraph, so that only breaks can stand in it."""
FRAME = frozenset("colgroup dl figure hgroup menu ol table tbody tfoot thead tr ul".split())
"""Holds blocks; the white space in it means nothing."""
BLOCKS = WRAP | LOOSE | LINES | FRAME
RULES = frozenset({"hr", "col"})
UNTOUCHED = frozenset(
    "audio canvas iframe math noscript object pre script select style svg template textarea "
    "video".split()
)
INLINE = frozenset(
    "a abbr b big cite code del dfn em font i ins kbd label mark q s samp small span strike "
    "strong sub sup tt u var".split()
)
Piece = str | None
BREAK, GAP = "", None


def paragraphs(html: str) -> str:
    return _Paragraphs().of(html.replace("\r\n", "\n").replace("\r", "\n"))


class _Paragraphs:
    def __init__(self) -> None:
        self._out: list[str] = []
        self._run: list[Piece] = []  # what has come since the last edge of a block
        self._inside: list[str] = []  # names of the blocks that are open
        self._open = Counter[str]()
        self._inline_depth = 0
        self._untouched = ""  # the element that is being copied as it is
        self._copy: list[str] = []

    def of(self, html: str) -> str:
        parts = TAG.split(html)
        self._text(parts[0])
        for tag, slash, name, text in zip(*(parts[n::4] for n in (1, 2, 3, 4)), strict=True):
            self._tag(tag, bool(slash), name.lower())
            self._text(text)
        if self._untouched:
            self._end_copy()
        self._flush()
        return "".join(self._out).strip()

    def _text(self, text: str) -> None:
        if self._untouched:
            self._copy.append(text)
            return
        *lines, last = LINE_BREAKS.split(text)
        for line, white in zip(lines[::2], lines[1::2], strict=True):
            self._run += [line.rstrip()] if line.rstrip() else []
            self._break(blank_line=white.count("\n") > 1)
        self._run += [last] if last else []

    def _break(self, *, blank_line: bool) -> None:
        if blank_line and not self._inline_depth:
            self._run.append(GAP)
            return
        after_tag = bool(self._run) and (self._run[-1] or "").lower().startswith("<br")
        self._run += [BREAK] * (1 + blank_line - after_tag)

    def _tag(self, tag: str, closes: bool, name: str) -> None:
        if self._untouched:
            self._copy.append(tag)
            if closes and name == self._untouched:
                self._end_copy()
        elif name in UNTOUCHED and not closes and not tag.endswith("/>"):
            self._untouched, self._copy = name, [tag]
        elif name in BLOCKS and closes:
            self._close(tag, name)
        elif name in BLOCKS or name in RULES:
            self._begin(tag, name)
        else:
            self._inline(tag, closes, name)

    def _end_copy(self) -> None:
        copy = "".join(self._copy)
        if self._untouched == "pre":
            self._flush()
            self._out.append(f"{copy}\n")
        else:
            self._run.append(copy)
        self._untouched = ""

    def _close(self, tag: str, name: str) -> None:
        if not self._open[name]:
            self._break(blank_line=True)
            return
        self._flush()
        while name != (popped := self._inside.pop()):
            self._open[popped] -= 1
        self._open[name] -= 1
        self._out.append(f"{tag}\n")

    def _begin(self, tag: str, name: str) -> None:
        self._flush()
        if self._inside and self._inside[-1] == "p":
            self._open[self._inside.pop()] -= 1
        self._out.append(tag)
        if name in BLOCKS:
            self._inside.append(name)
            self._open[name] += 1

    def _inline(self, tag: str, closes: bool, name: str) -> None:
        if name in INLINE:
            self._inline_depth = max(0, self._inline_depth + (-1 if closes else 1))
        if name == "br" and self._run and self._run[-1] == BREAK:
            self._run.pop()
        self._run.append(tag)

    def _flush(self) -> None:
        run, self._run, self._inline_depth = self._run, [], 0
        inside = self._inside[-1] if self._inside else "blockquote"
        if inside in LINES:
            self._out.append(_lines(run, "<br>", "<br><br>"))
        elif inside in FRAME:
            self._out.append(_lines(run, " ", " "))
        else:
            self._paragraphs(_parted(run), always=inside in WRAP)

    def _paragraphs(self, texts: list[str], *, always: bool) -> None:
        for text in texts:
            wrapped = (always or len(texts) > 1) and not END_TAGS.fullmatch(text)
            self._out.append(f"<p>{text}</p>\n" if wrapped else text)


def _lines(run: list[Piece], line_break: str, gap: str) -> str:
    """Breaks and white space at its ends mean nothing there."""
    start, end = 0, len(run)
    while start < end and not (run[start] or "").strip():
        start += 1
    while end > start and not (run[end - 1] or "").strip():
        end -= 1
    marks = {BREAK: line_break, GAP: gap}
    return "".join(marks.get(piece, piece or "") for piece in run[start:end]).strip()


def _parted(run: list[Piece]) -> list[str]:
    gaps = [at for at, piece in enumerate(run) if piece is GAP]
    starts = [0, *(at + 1 for at in gaps)]
    texts = (
        _lines(run[start:end], "<br>", "")
        for start, end in zip(starts, [*gaps, len(run)], strict=True)
    )
    return [text for text in texts if text]
