"""Collects what was mended or left out of one thing of an export; decides nothing."""

from dataclasses import dataclass, field

from .records import Notice


@dataclass(frozen=True)
class Notes:
    line: int
    old_id: int | None
    found: list[Notice] = field(default_factory=list)

    def about(self, line: int, old_id: int | None) -> "Notes":
        """Notes on a part of it, kept in the same list."""
        return Notes(line, old_id, self.found)

    def repaired(self, code: str, detail: str, count: int = 1) -> None:
        self.found.append(Notice("repaired", code, detail, self.line, self.old_id, count))

    def left_out(self, code: str, word: str, count: int = 1) -> None:
        self.found.append(Notice("left_out", code, word, self.line, self.old_id, count))
