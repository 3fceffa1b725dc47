"""The checks that always hold, each (Draft, Facts) -> Draft; pure, they ask nobody and store nothing."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import reduce
from math import ceil
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email

from .draft import Draft, Outcome
from .facts import Facts
from .states import State
from .writing import markup

Check = Callable[[Draft, Facts], Draft]
Screen = Check
"""A whole row of checks has the form of one check."""

EMAIL_LIMIT = 254
URL_LIMIT = 500


def run(draft: Draft, facts: Facts, row: Sequence[Check]) -> Draft:
    return reduce(lambda so_far, check: check(so_far, facts), row, draft)


def well_formed(draft: Draft, facts: Facts) -> Draft:
    """Name, e-mail and website are as they should be; staff bring theirs from their account."""
    if draft.person:
        return draft
    return url_formed(email_formed(name_formed(draft, facts)))


def name_formed(draft: Draft, facts: Facts) -> Draft:
    limit = facts.settings.name_limit
    if not draft.name:
        return refuse(draft, "name_missing", "name")
    if len(draft.name) > limit:
        return refuse(draft, "name_long", "name", limit=limit)
    if odd(draft.name):
        return refuse(draft, "odd_characters", "name")
    return draft


def refuse(draft: Draft, code: str, field: str = "", **values: str | int) -> Draft:
    return draft.found("well_formed", Outcome.REFUSE, code, field, **values)


def odd(text: str) -> bool:
    """Control characters and lone surrogates; they break a line, a header or a database."""
    return any(c < " " or "\x7f" <= c <= "\x9f" or "\ud800" <= c <= "\udfff" for c in text)


def email_formed(draft: Draft) -> Draft:
    if not draft.email:
        return refuse(draft, "email_missing", "email")
    if len(draft.email) > EMAIL_LIMIT or odd(draft.email):
        return refuse(draft, "email_wrong", "email")
    try:
        found = validate_email(draft.email, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return refuse(draft, "email_wrong", "email")
    return replace(draft, email=found.normalized)


def url_formed(draft: Draft) -> Draft:
    if draft.url and not plain_web_address(draft.url):
        return refuse(draft, "url_wrong", "url")
    return draft


def plain_web_address(url: str) -> bool:
    """An absolute http(s) address without credentials, spaces or odd characters."""
    if len(url) > URL_LIMIT or odd(url) or any(c.isspace() or c in '\\<>"' for c in url):
        return False
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    named = bool(host) and "." in str(host).strip(".")
    return parts.scheme in ("http", "https") and named and "@" not in parts.netloc


def open_for_it(draft: Draft, facts: Facts) -> Draft:
    """The discussion exists and is open; the comment that is answered is public and stands in it."""
    if facts.subject is None:
        return draft.found("open_for_it", Outcome.REFUSE, "nothing_here")
    if facts.mode.closed or not facts.subject.open_at(facts.now):
        return draft.found("open_for_it", Outcome.REFUSE, "closed")
    if draft.parent_id is not None and not answerable(draft, facts):
        return draft.found("open_for_it", Outcome.REFUSE, "parent_gone", "parent")
    if facts.parent and facts.parent.locked:
        return draft.found("open_for_it", Outcome.REFUSE, "branch_locked", "parent")
    return draft


def answerable(draft: Draft, facts: Facts) -> bool:
    parent = facts.parent
    return (
        parent is not None
        and parent.state is State.APPROVED
        and parent.thread_key == draft.thread_key
    )


def not_said_before(draft: Draft, facts: Facts) -> Draft:
    """The same words by the same author in the same place count once in ten minutes."""
    if facts.twin is None:
        return draft
    return draft.found("not_said_before", Outcome.REFUSE, "said_before", id=facts.twin)


def own_name(draft: Draft, facts: Facts) -> Draft:
    """Nobody speaks under the name of one of us; a confirmed name without its proof waits."""
    if draft.person:
        return draft
    if facts.name_of_house:
        return draft.found("own_name", Outcome.REFUSE, "name_of_house", "name")
    if facts.name_of_other:
        return draft.found("own_name", Outcome.HOLD, "name_of_other")
    return draft


def in_turn(draft: Draft, facts: Facts) -> Draft:
    """A slow discussion takes one comment of each in so many minutes; a watched one reads all first."""
    if draft.person:
        return draft
    pause = timedelta(minutes=facts.mode.slow_minutes)
    left = facts.spoke_at + pause - facts.now if facts.spoke_at else timedelta()
    if left > timedelta():
        seconds = ceil(left.total_seconds())
        draft = draft.found(
            "in_turn", Outcome.REFUSE, "slow", seconds=seconds, minutes=ceil(seconds / 60)
        )
    if facts.mode.premoderated:
        draft = draft.found("in_turn", Outcome.HOLD, "premoderated")
    return draft


def clean(draft: Draft, facts: Facts) -> Draft:
    """Turns the text into HTML, once; what cannot become a comment is refused."""
    try:
        rendered = markup.render(draft.text, limit=facts.settings.text_limit)
    except markup.Refused as refused:
        code, values = CLEAN_CODES[refused.reason], {"limit": refused.limit or 0}
        return draft.found("clean", Outcome.REFUSE, code, "text", **values)
    text = markup.normalise(draft.text)
    return replace(draft, text=text, html=rendered.html, links=rendered.links)


CLEAN_CODES = {
    "empty": "text_empty",
    "too_long": "text_too_long",
    "control": "odd_characters",
    "nesting": "text_tangled",
    "tags": "text_tangled",
}

ALWAYS: tuple[Check, ...] = (
    well_formed,
    open_for_it,
    not_said_before,
    own_name,
    in_turn,
    clean,
)


def hold_all(draft: Draft, facts: Facts) -> Draft:
    """The screen of a site without moderation: staff pass, everybody else waits for a person."""
    judged = run(draft, facts, ALWAYS)
    if draft.person:
        return judged.found("hold_all", Outcome.ALLOW, "waits_for_person")
    return judged.found("hold_all", Outcome.HOLD, "waits_for_person")
