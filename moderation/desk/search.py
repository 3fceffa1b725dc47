"""The search line of the queue: `is:pending`, `is:reported` …; pure. What it cannot read it says."""

from dataclasses import dataclass
from enum import StrEnum


class Queue(StrEnum):
    """`pending` is all that waits for a person: first decisions, edits, reports; two are parts of it."""

    PENDING = "pending"
    EDITED = "edited"
    REPORTED = "reported"
    APPROVED = "approved"
    REJECTED = "rejected"
    SPAM = "spam"
    WITHDRAWN = "withdrawn"


QUEUES = frozenset(Queue)
WAITING = frozenset({Queue.PENDING, Queue.EDITED, Queue.REPORTED})


@dataclass(frozen=True)
class Search:
    """`unread` are the words that mean nothing here."""

    queue: Queue = Queue.PENDING
    unread: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return f"is:{self.queue.value}"

    @property
    def oldest_first(self) -> bool:
        """Who waits longest is read first; what was decided is looked up from the newest on."""
        return self.queue in WAITING


def parse(text: str) -> Search:
    queue, unread = Queue.PENDING, []
    for word in text.split():
        name, _, value = word.partition(":")
        if name == "is" and value in QUEUES:
            queue = Queue(value)
        else:
            unread.append(word)
    return Search(queue, tuple(unread))
