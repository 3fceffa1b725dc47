"""What a commenter's own page says of his comments, and of what he did there."""

from collections.abc import Callable, Mapping

from ..states import State
from ..texts import t

STATES: Mapping[State, Callable[[], str]] = {
    State.PENDING: lambda: t("waits for one of us to read it"),
    State.APPROVED: lambda: t("published"),
    State.REJECTED: lambda: t("not published"),
    State.SPAM: lambda: t("kept out as spam; one of us may still put that right"),
    State.WITHDRAWN: lambda: t("withdrawn"),
}

DONE: Mapping[str, Callable[[], str]] = {
    "followed": lambda: t("What you follow was changed."),
    "stopped": lambda: t("You follow this no more."),
    "moving": lambda: t("Look in the mail of the new address: the link there moves all of it."),
    "renamed": lambda: t("This name stands beside your comments now."),
    "kept": lambda: t("The name is yours now."),
    "taken": lambda: t("This name is not to be had: somebody was first, or it is one of us."),
    "released": lambda: t("The name is anybody’s again."),
    "proved": lambda: t("We know now that this comment is yours."),
    "renewed": lambda: t("Your feed has a new address; the old one leads nowhere."),
    "nothing": lambda: t("That was gone already; nothing was changed."),
}
"""What is said above the page after something was done on it, by the word in its address."""
