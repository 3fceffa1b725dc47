"""The checks of screening, each (Draft, Facts) -> Draft; pure: whatever they need was gathered before."""

from dataclasses import replace

from comments.draft import Draft, Outcome
from comments.facts import Facts

from .akismet_answer import Answer
from .facts import ScreeningFacts
from .rules import match

ASK_AKISMET = "ask_akismet"
"""The outbox handler that asks."""
NETWORK_CODE = "rule_network"
OUTCOMES = {"hold": Outcome.HOLD, "spam": Outcome.SPAM}
SPAM_VERDICTS = frozenset({"spam", "discard"})


def known(facts: Facts) -> ScreeningFacts:
    if not isinstance(facts, ScreeningFacts):
        raise TypeError("screening judges with facts that its own gather made")
    return facts


def unhurried(draft: Draft, facts: Facts) -> Draft:
    """Who sends too many from one address is asked to wait; staff are not braked."""
    wait = known(facts).wait
    if wait is None or draft.person:
        return draft
    minutes = max(1, -(-wait // 60))
    return draft.found("unhurried", Outcome.REFUSE, "too_fast", seconds=wait, minutes=minutes)


def house_rules(draft: Draft, facts: Facts) -> Draft:
    """The rules that people of this site set, and the number of links; staff are spared."""
    if draft.person:
        return draft
    found = known(facts)
    draft = replace(draft, findings=(*draft.findings, *found.settled))
    for rule in found.rules:
        what = match(rule, draft)
        if what is not None:
            code = f"rule_{rule.kind}"
            draft = draft.found(
                "house_rules", OUTCOMES[rule.outcome], code, rule=rule.id, what=what
            )
    if draft.links >= found.links_held > 0:
        draft = draft.found("house_rules", Outcome.HOLD, "many_links", number=draft.links)
    return draft


def known_author(draft: Draft, facts: Facts) -> Draft:
    """Trust is for who is signed in, and for a proved address of which enough was approved before.

    No typed name or address has it; where all is read first, or the name is another's, nobody has.
    """
    if draft.person:
        return draft.found("known_author", Outcome.ALLOW, "signed_in")
    enough = known(facts).trusted_after
    if not draft.proved:
        return draft.found("known_author", Outcome.HOLD, "waits_for_person")
    if not enough or facts.approved_before < enough:
        return draft.found(
            "known_author", Outcome.HOLD, "known_too_little", number=facts.approved_before
        )
    if facts.mode.premoderated or facts.name_of_other:
        return draft
    return draft.found("known_author", Outcome.ALLOW, "known_address", number=facts.approved_before)


def akismet(draft: Draft, facts: Facts) -> Draft:
    """Akismet's answer is a fact like the others; before there is one, the comment waits for it."""
    found = known(facts)
    if found.answer is not None:
        return answered(draft, found.answer)
    if not wanted(draft, found.akismet_mode):
        return draft
    waiting = draft.found("akismet", Outcome.HOLD, "akismet_not_asked")
    return replace(waiting, owed=(*waiting.owed, ASK_AKISMET))


def answered(draft: Draft, answer: Answer) -> Draft:
    if answer.trusted in SPAM_VERDICTS:
        return draft.found("akismet", Outcome.SPAM, f"akismet_{answer.trusted}")
    if answer.trusted == "ham":
        return draft
    return draft.found(
        "akismet", Outcome.HOLD, "akismet_silent", problem=answer.problem or "provisional"
    )


def wanted(draft: Draft, mode: str) -> bool:
    """`unsure` asks only about what the checks before it leave open; nobody asks about staff."""
    if mode == "off" or draft.of(Outcome.ALLOW) or draft.of(Outcome.REFUSE):
        return False
    return mode == "always" or not draft.of(Outcome.SPAM)
