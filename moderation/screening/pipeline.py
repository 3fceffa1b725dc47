"""The row: every check that a draft passes, in order. Adding a kind of check is one line here."""

from comments.checks import ALWAYS, Check, run
from comments.draft import Draft
from comments.facts import Facts

from .checks import akismet, house_rules, known_author, unhurried

ROW: tuple[Check, ...] = (
    # well formed, open for it, not said before, clean: these hold with or without moderation
    *ALWAYS,
    # the brake
    unhurried,
    # what people of this site decided beforehand
    house_rules,
    # who may skip the queue
    known_author,
    # another service's opinion, asked for in the background
    akismet,
)


def screen(draft: Draft, facts: Facts) -> Draft:
    return run(draft, facts, ROW)
