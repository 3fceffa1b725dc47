"""What an import did, counted: an honest report for people and for machines; pure."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from .wordpress.records import Notice

EXAMPLES = 3


@dataclass
class Noted:
    """One kind of repair or omission: how often, and where the first of them are."""

    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, count: int, where: str) -> None:
        self.count += count
        if len(self.examples) < EXAMPLES:
            self.examples.append(where)


@dataclass
class Report:
    """`added` and `known` count by kind and state; `repaired` and `left_out` by what it was."""

    file: str
    title: str = ""
    added: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    repaired: dict[str, Noted] = field(default_factory=dict)
    left_out: dict[str, Noted] = field(default_factory=dict)

    def note(self, notice: Notice) -> None:
        what = notice.code if notice.kind == "repaired" else f"{notice.code}: {notice.detail}"
        number = f" (id {notice.old_id})" if notice.old_id is not None else ""
        detail = f": {notice.detail}" if notice.kind == "repaired" else ""
        self.put(notice.kind, what, f"line {notice.line}{number}{detail}", notice.count)

    def put(self, kind: str, what: str, where: str, count: int = 1) -> None:
        table = self.repaired if kind == "repaired" else self.left_out
        table.setdefault(what, Noted()).add(count, where)

    def as_data(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "title": self.title,
            "added": dict(self.added),
            "known": dict(self.known),
            "repaired": {what: asdict(one) for what, one in self.repaired.items()},
            "left_out": {what: asdict(one) for what, one in self.left_out.items()},
        }

    def lines(self) -> list[str]:
        """The report for a terminal."""
        head = f"{self.file}: {self.title}" if self.title else self.file
        sections = (
            ("added", counted(self.added)),
            ("there already", counted(self.known)),
            ("repaired", noted(self.repaired)),
            ("left out", noted(self.left_out)),
        )
        shown = [line for name, lines in sections if lines for line in (f"  {name}", *lines)]
        return [head, *(shown or ["  nothing"])]


def counted(found: Counter[str]) -> list[str]:
    return [f"    {number:>7}  {what}" for what, number in sorted(found.items())]


def noted(found: dict[str, Noted]) -> list[str]:
    lines = []
    for what, one in sorted(found.items()):
        more = " …" if one.count > len(one.examples) else ""
        lines.append(f"    {one.count:>7}  {what} — {'; '.join(one.examples)}{more}")
    return lines
