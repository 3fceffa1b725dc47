"""What people did to a discussion, and what they may do, in words."""

from collections.abc import Callable, Mapping

from comments.draft import Values
from comments.steering.marks import PINS, Mark
from comments.texts import t, tn
from comments.wording import number


def slowed(values: Values) -> str:
    minutes = number(values, "minutes")
    if not minutes:
        return t("the discussion is no longer slow")
    return tn(
        "the discussion goes slowly: one comment in %(num)s minute",
        "the discussion goes slowly: one comment in %(num)s minutes",
        minutes,
    )


DONE: Mapping[str, Callable[[Values], str]] = {
    "closed": lambda v: t("closed the discussion"),
    "opened": lambda v: t("opened the discussion again"),
    "read_first": lambda v: t("every comment is read first"),
    "not_read_first": lambda v: t("comments are no longer all read first"),
    "slowed": slowed,
    Mark.PIN: lambda v: t("pinned at the top"),
    Mark.UNPIN: lambda v: t("no longer pinned"),
    Mark.FEATURE: lambda v: t("featured"),
    Mark.UNFEATURE: lambda v: t("no longer featured"),
    Mark.LOCK: lambda v: t("locked the conversation"),
    Mark.UNLOCK: lambda v: t("opened the conversation again"),
}


def said(what: str, values: Values) -> str:
    """One act; of a kind that is no longer there, its own word."""
    say = DONE.get(what)
    return say(values) if say else what


def labels() -> Mapping[Mark, str]:
    """What the buttons say."""
    return {
        Mark.PIN: t("Pin at the top"),
        Mark.UNPIN: t("Pin no longer"),
        Mark.FEATURE: t("Feature"),
        Mark.UNFEATURE: t("Feature no longer"),
        Mark.LOCK: t("Lock the conversation"),
        Mark.UNLOCK: t("Open the conversation"),
    }


def unfit(full: bool) -> str:
    if full:
        return tn(
            "%(num)s comment is pinned here already. Take it off first.",
            "%(num)s comments are pinned here already. Take one of them off first.",
            PINS,
        )
    return t("That does not go with this comment as it is now.")
