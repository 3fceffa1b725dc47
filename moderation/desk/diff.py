"""What an edit changes, word by word; pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

WORD = re.compile(r"\s+|\w+|[^\w\s]")
Kind = Literal["same", "del", "ins"]


@dataclass(frozen=True)
class Piece:
    """Some words that stayed, went or came."""

    kind: Kind
    text: str


def changes(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of both texts in reading order; what went stands before what came in its place."""
    before, after = WORD.findall(old), WORD.findall(new)
    return tuple(pieces(before, after))


def pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    """Words that are everywhere in a long text are no anchors: they would make this slow."""
    for tag, i, j, k, m in SequenceMatcher(None, before, after).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(before[i:j]))
            continue
        if i < j:
            yield Piece("del", "".join(before[i:j]))
        if k < m:
            yield Piece("ins", "".join(after[k:m]))
