"""The search line of the queue: `is:pending`, `is:spam` …; pure. What it cannot read it says."""

from dataclasses import dataclass

from comments.states import State

STATES = frozenset(state.value for state in State)


@dataclass(frozen=True)
class Search:
    """`unread` are the words that mean nothing here."""

    state: State = State.PENDING
    unread: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return f"is:{self.state.value}"

    @property
    def oldest_first(self) -> bool:
        """Who waits longest is read first; what was decided is looked up from the newest on."""
        return self.state is State.PENDING


def parse(text: str) -> Search:
    state, unread = State.PENDING, []
    for word in text.split():
        name, _, value = word.partition(":")
        if name == "is" and value in STATES:
            state = State(value)
        else:
            unread.append(word)
    return Search(state, tuple(unread))
