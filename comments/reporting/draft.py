"""A report of a comment on its way in, and what is looked at before it is taken; pure."""

from dataclasses import dataclass, replace
from enum import StrEnum

from .. import checks
from ..draft import Draft, Outcome
from ..facts import Facts

WHY_LIMIT = 2000


class Wrong(StrEnum):
    """What is wrong with a comment, as whoever reports it sees it."""

    ILLEGAL = "illegal"
    HATE = "hate"
    PRIVATE = "private"
    SPAM = "spam"
    NAME = "name"
    OTHER = "other"


@dataclass(frozen=True)
class Notice:
    """What the form says. `good_faith`: he states that all of it is right, as far as he knows."""

    wrong: str = ""
    why: str = ""
    good_faith: bool = False
    name: str = ""
    email: str = ""


def judged(notice: Notice, facts: Facts) -> tuple[Notice, Draft]:
    """The notice, tidied, and a draft that carries what is wrong with it. Name and e-mail may be empty."""
    found = Draft("", "", facts.now, name=notice.name.strip(), email=notice.email.strip())
    if found.name:
        found = checks.name_formed(found, facts)
    if found.email:
        found = checks.email_formed(found)
    tidy = replace(notice, why=notice.why.strip(), name=found.name, email=found.email)
    return tidy, in_good_faith(explained(of_a_kind(found, tidy), tidy), tidy)


def of_a_kind(draft: Draft, notice: Notice) -> Draft:
    if notice.wrong in set(Wrong):
        return draft
    return refuse(draft, "wrong_missing", "wrong")


def explained(draft: Draft, notice: Notice) -> Draft:
    if not notice.why:
        return refuse(draft, "why_missing", "why")
    if len(notice.why) > WHY_LIMIT:
        return refuse(draft, "why_long", "why", limit=WHY_LIMIT)
    if checks.odd(notice.why.translate(LINES)):
        return refuse(draft, "odd_characters", "why")
    return draft


LINES = str.maketrans("", "", "\n\r\t")


def in_good_faith(draft: Draft, notice: Notice) -> Draft:
    """Who calls something illegal says that he means it."""
    if notice.wrong != Wrong.ILLEGAL or notice.good_faith:
        return draft
    return refuse(draft, "good_faith_missing", "good_faith")


def refuse(draft: Draft, code: str, field: str, **values: str | int) -> Draft:
    return draft.found("reports", Outcome.REFUSE, code, field, **values)
