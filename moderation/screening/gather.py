"""Gathers what screening wants to know of a draft: the rules that hold, and the brake."""

from collections.abc import Callable
from dataclasses import dataclass, fields

from sqlalchemy.orm import Session

from comments.checks import Check, open_for_it, run, well_formed
from comments.draft import Draft, Outcome
from comments.facts import Facts
from comments.network import household
from comments.site import Site

from ..settings import Settings
from . import queries
from .facts import ScreeningFacts

FORM_FAULTS: tuple[Check, ...] = (well_formed, open_for_it)


@dataclass(frozen=True)
class Gathering:
    site: Callable[[], Site]
    settings: Settings

    def __call__(self, session: Session, draft: Draft, facts: Facts) -> Facts:
        basic = {field.name: getattr(facts, field.name) for field in fields(Facts)}
        stored = facts.stored
        return ScreeningFacts(
            **basic,
            settled=queries.network_findings(session, stored) if stored else (),
            answer=queries.kept_answer(session, stored, draft.text) if stored else None,
            rules=queries.rules_for(session, facts.subject.unit_key if facts.subject else ""),
            links_held=self.settings.links_held,
            trusted_after=self.settings.trusted_after,
            wait=self.wait(draft, facts),
            akismet_mode=self.settings.akismet_mode if self.settings.asks_akismet else "off",
        )

    def wait(self, draft: Draft, facts: Facts) -> int | None:
        """Counts this attempt; neither a double click nor a mistake in the form is haste."""
        if facts.stored or facts.trial or facts.twin is not None or draft.person:
            return None
        if faulty(draft, facts):
            return None
        who = self.site().keys.digest("brake", household(draft.origin.address))
        limit = f"{self.settings.accepted_per_ten_minutes}/10 minutes"
        return self.site().brakes.wait("comment", who, limit)


def faulty(draft: Draft, facts: Facts) -> bool:
    """The form comes back for another reason; the text itself is only looked at from outside."""
    fits = 0 < len(draft.text.strip()) <= facts.settings.text_limit
    return not fits or bool(run(draft, facts, FORM_FAULTS).of(Outcome.REFUSE))
