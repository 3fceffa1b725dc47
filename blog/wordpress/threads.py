"""Puts the comments of one item in an order in which parents precede their replies.

No recursion: a thread may be as deep as it likes. Mends parents that can't be; drops nothing.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from .records import ExportComment, Notice


def parents_first(
    comments: Iterable[ExportComment],
) -> tuple[tuple[ExportComment, ...], list[Notice]]:
    """By date, then number, as far as that puts no reply above its parent."""
    by_id = {comment.old_id: comment for comment in comments}
    notices = [
        *_lift(by_id, _orphans(by_id), "orphan", "answers a comment that is not here"),
        *_lift(by_id, _circular(by_id), "circle", "answered itself by way of its replies"),
    ]
    return tuple(_in_order(by_id)), notices


def _orphans(by_id: dict[int, ExportComment]) -> list[int]:
    parents = ((number, comment.parent_old_id) for number, comment in by_id.items())
    return [number for number, parent in parents if parent is not None and parent not in by_id]


def _circular(by_id: dict[int, ExportComment]) -> list[int]:
    """The earliest comment of each circle: lifting it opens the circle."""
    found: list[int] = []
    walked: dict[int, int] = {}
    for start in by_id:
        number: int | None = start
        while number is not None and number not in walked:
            walked[number] = start
            number = by_id[number].parent_old_id
        if number is not None and walked[number] == start:
            found.append(min(_circle(by_id, number), key=lambda old_id: _age(by_id[old_id])))
    return found


def _circle(by_id: dict[int, ExportComment], start: int) -> list[int]:
    members, number = [start], by_id[start].parent_old_id
    while number is not None and number != start:
        members.append(number)
        number = by_id[number].parent_old_id
    return members


def _lift(
    by_id: dict[int, ExportComment], numbers: Iterable[int], code: str, why: str
) -> list[Notice]:
    notices = []
    for number in numbers:
        comment = by_id[number]
        detail = f"{why} ({comment.parent_old_id}): made top-level"
        notices.append(Notice("repaired", code, detail, comment.line, number))
        by_id[number] = replace(comment, parent_old_id=None)
    return notices


def _in_order(by_id: dict[int, ExportComment]) -> Iterable[ExportComment]:
    replies: defaultdict[int | None, list[int]] = defaultdict(list)
    for number, comment in by_id.items():
        replies[comment.parent_old_id].append(number)
    ready = [_age(by_id[number]) for number in replies[None]]
    heapq.heapify(ready)
    while ready:
        number = heapq.heappop(ready)[1]
        yield by_id[number]
        for reply in replies[number]:
            heapq.heappush(ready, _age(by_id[reply]))


def _age(comment: ExportComment) -> tuple[float, int]:
    return comment.created_at.timestamp(), comment.old_id
