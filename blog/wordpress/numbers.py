"""Sees to it that no two things of an export share a number; does not know what they are."""

from hashlib import blake2b


def fingerprint(*parts: str) -> int:
    """Positive, below 2**31, the same for the same texts on every machine."""
    digest = blake2b("\0".join(parts).encode(), digest_size=4).digest()
    return int.from_bytes(digest) % (2**31 - 1) + 1


class Numbers:
    """The numbers taken so far: a hundred bytes each, and all that grows with the file."""

    def __init__(self) -> None:
        self._taken: dict[int, int] = {}

    def take(self, wanted: int | None, print_: int) -> int | None:
        """The wanted number; where that is missing or another's, a negative one made of the
        fingerprint; None where the very same thing was here before."""
        for number in (wanted, -print_):
            if number is None:
                continue
            if number not in self._taken:
                self._taken[number] = print_
                return number
            if self._taken[number] == print_:
                return None
        return None
