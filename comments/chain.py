"""The chain that ties each row of the log to the one before it; pure, so that anybody can check it."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

CANONICAL = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"))
START = "0" * 64
"""What the first row has for the hash of the row before it."""


@dataclass(frozen=True)
class Link:
    """One row of the log as the chain sees it."""

    seq: int
    values: Mapping[str, str | int | None]
    prev_hash: str
    hash: str


@dataclass(frozen=True)
class Break:
    """The first row at which the chain does not hold, and why."""

    seq: int
    why: str


def digest(seq: int, values: Mapping[str, str | int | None], prev_hash: str) -> str:
    """SHA-256, hexadecimal, over a canonical JSON of the row and the hash before it."""
    canonical = CANONICAL.encode([seq, sorted(values.items()), prev_hash])
    return hashlib.sha256(canonical.encode()).hexdigest()


def verify(links: Iterable[Link], head: tuple[int, str]) -> Break | None:
    """The first break in the rows, given in order of seq, or None. `head` is the last (seq, hash)."""
    seq, last = 0, START
    for link in links:
        seq += 1
        if link.seq != seq:
            return Break(seq, "a row is missing or out of order")
        if link.prev_hash != last:
            return Break(seq, "the row does not follow the one before it")
        if link.hash != digest(link.seq, link.values, link.prev_hash):
            return Break(seq, "the row was altered")
        last = link.hash
    return None if head == (seq, last) else Break(seq + 1, "rows are missing at the end")
