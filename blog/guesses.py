"""Counts guesses at passwords, for each account and for each address; it never sees a password."""

from collections.abc import Callable
from dataclasses import dataclass

from limits import parse

from .discussion import Brakes, household

LIMIT = "10/15 minutes"
ACCOUNT, ADDRESS = "login-account", "login-address"


@dataclass(frozen=True)
class Guesses:
    """`digest` keys what is stored, given a purpose and the text."""

    brakes: Brakes
    digest: Callable[[str, str], str]

    def wait(self, email: str, address: str) -> int | None:
        """Counts a guess; seconds to wait where it is one too many, else None."""
        waits = [self.brakes.wait(name, who, LIMIT) for name, who in self.counters(email, address)]
        return max((wait for wait in waits if wait), default=None)

    def forgive(self, email: str, address: str) -> None:
        """The guess was right: no guess at all."""
        for name, who in self.counters(email, address):
            self.brakes.limiter.clear(parse(LIMIT), name, who)

    def counters(self, email: str, address: str) -> tuple[tuple[str, str], ...]:
        """Names and keys of the two; a browser's whole line of addresses shares one."""
        return (
            (ACCOUNT, self.digest(ACCOUNT, email.strip().casefold())),
            (ADDRESS, self.digest(ADDRESS, household(address))),
        )
