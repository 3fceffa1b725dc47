"""What was typed, made uniform, or refused before anything costly sees it; it must not alter words."""

import re
from collections import Counter
from unicodedata import category

from .policy import Policy

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UNSEEN = frozenset({"Cc", "Cf", "Me", "Mn", "Zl", "Zp", "Zs"})
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
_PIECE = re.compile(r"[<>&\[\]*_`~|\n\"]")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_CLOSES_ITSELF = frozenset("p li dt dd thead tbody tfoot tr th td".split())


class Refused(ValueError):
    """The text cannot be taken; `reason` is a stable word, `limit` the number that was passed."""

    def __init__(self, reason: str, limit: int | None = None) -> None:
        super().__init__(reason if limit is None else f"{reason} ({limit})")
        self.reason = reason
        self.limit = limit


def accepted(text: str, policy: Policy, limit: int) -> str:
    """The normalised text, at most `limit` characters; raises Refused: control, empty, too_long, tags."""
    if _UNPRINTABLE.search(text):
        raise Refused("control")
    text = normalise(text)
    if not visible(text):
        raise Refused("empty")
    if len(text) > limit:
        raise Refused("too_long", limit)
    return _in_few_pieces(text, policy)


def normalise(text: str) -> str:
    """Newlines as one character, nothing around the text."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def visible(text: str) -> bool:
    """Something is left when spaces, marks, fillers and invisible characters are taken away."""
    return any(category(c) not in _UNSEEN and c not in _FILLERS for c in text)


def bounded(html: str, policy: Policy) -> str:
    """The same HTML; raises Refused: tags, nesting."""
    tags = [
        (bool(slash), name.lower()) for slash, name in _TAG.findall(_in_few_pieces(html, policy))
    ]
    if sum(name != "br" and not closes for closes, name in tags) > policy.openings:
        raise Refused("tags", policy.openings)
    if _depth(tags) > policy.nesting:
        raise Refused("nesting", policy.nesting)
    return html


def _in_few_pieces(text: str, policy: Policy) -> str:
    if len(text) > policy.pieces and len(_PIECE.findall(text)) > policy.pieces:
        raise Refused("tags", policy.pieces)
    return text


def _depth(tags: list[tuple[bool, str]]) -> int:
    """The deepest nesting, as a browser would build it or deeper, in linear time."""
    opened: list[str] = []
    count: Counter[str] = Counter()
    deepest = 0
    for closes, name in tags:
        if closes and count[name]:
            _close(name, opened, count)
        elif not closes and name not in _VOID:
            if opened and opened[-1] == name and name in _CLOSES_ITSELF:
                _close(name, opened, count)
            opened.append(name)
            count[name] += 1
            deepest = max(deepest, len(opened))
    return deepest


def _close(name: str, opened: list[str], count: Counter[str]) -> None:
    while True:
        last = opened.pop()
        count[last] -= 1
        if last == name:
            return
