"""A comment on its way in, what the checks found, and the one function that weighs the findings."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from .host import Person
from .states import State

Values = Mapping[str, str | int]


class Outcome(StrEnum):
    ALLOW = "allow"
    HOLD = "hold"
    SPAM = "spam"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Finding:
    """What one check says: `code` names the sentence, `values` fill it, `field` is the form's."""

    check: str
    outcome: Outcome
    code: str
    values: Values = field(default_factory=dict)
    field: str = ""


@dataclass(frozen=True)
class Origin:
    """Where a submission came from: the client's address and its User-Agent."""

    address: str = ""
    agent: str = ""


@dataclass(frozen=True)
class Draft:
    """A comment as typed; `html` and `links` are filled in by the check `clean`.

    `owed` names the outbox handlers that must run once the comment is stored. `proved` says that
    whoever sends this has shown that the address is his; `tell` that he wants to hear what is decided;
    `follow` what he wants to hear of the discussion: `replies` to him, `all` of it, or nothing.
    """

    thread_key: str
    text: str
    created_at: datetime
    name: str = ""
    email: str = ""
    url: str = ""
    parent_id: int | None = None
    person: Person | None = None
    origin: Origin = Origin()
    language: str = ""
    proved: bool = False
    tell: bool = False
    follow: str = ""
    html: str = ""
    links: int = 0
    findings: tuple[Finding, ...] = ()
    owed: tuple[str, ...] = ()

    def found(
        self, check: str, outcome: Outcome, code: str, field: str = "", **values: str | int
    ) -> "Draft":
        """This draft with one finding more."""
        finding = Finding(check, outcome, code, values, field)
        return replace(self, findings=(*self.findings, finding))

    @property
    def text_hash(self) -> str:
        """128 bits of SHA-256 over the text with white space folded."""
        folded = " ".join(self.text.split())
        return hashlib.sha256(folded.encode(errors="surrogatepass")).hexdigest()[:32]

    def of(self, outcome: Outcome) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.outcome is outcome)


def verdict(draft: Draft) -> State | None:
    """The state in which the draft is stored; None where it is refused.

    The order is fixed: refuse, allow, spam, hold, and what nobody minds passes.
    """
    if draft.of(Outcome.REFUSE):
        return None
    if draft.of(Outcome.ALLOW):
        return State.APPROVED
    if draft.of(Outcome.SPAM):
        return State.SPAM
    return State.PENDING if draft.of(Outcome.HOLD) else State.APPROVED
