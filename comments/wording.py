"""What the findings of the checks say in words: to the reader who wrote, and to the desk."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .draft import Values
from .texts import t, tn

Say = Callable[[Values], str]


@dataclass(frozen=True)
class Wording:
    """`reader` is kind and says what to do; `desk` says why the comment is here."""

    reader: Say
    desk: Say


def number(values: Values, name: str) -> int:
    return int(values.get(name, 0))


def same(say: Say) -> Wording:
    return Wording(say, say)


WORDINGS: Mapping[str, Wording] = {
    "name_missing": same(lambda v: t("Tell us your name; a first name is enough.")),
    "name_long": same(
        lambda v: tn(
            "Your name may have at most %(num)s character.",
            "Your name may have at most %(num)s characters.",
            number(v, "limit"),
        )
    ),
    "email_missing": same(lambda v: t("We need your e-mail address. It is not published.")),
    "email_wrong": same(lambda v: t("This e-mail address does not look right. Is it complete?")),
    "url_wrong": same(
        lambda v: t("A website begins with https:// or http://. You may also leave it empty.")
    ),
    "odd_characters": same(
        lambda v: t("There are invisible control characters in here. Type this part again.")
    ),
    "text_empty": same(lambda v: t("Write your comment first.")),
    "text_too_long": same(
        lambda v: tn(
            "Your comment may have at most %(num)s character.",
            "Your comment may have at most %(num)s characters.",
            number(v, "limit"),
        )
    ),
    "text_tangled": same(
        lambda v: t("There is too much formatting in this comment. Make it plainer, please.")
    ),
    "nothing_here": same(lambda v: t("There is no discussion here (any more).")),
    "closed": same(lambda v: t("The discussion was closed meanwhile. Keep your text if you wish.")),
    "parent_gone": same(
        lambda v: t(
            "The comment that you answer is not here (any more). You can still post your text "
            "as a comment of its own."
        )
    ),
    "branch_locked": same(
        lambda v: t(
            "This conversation was closed. You can still post your text as a comment of its own."
        )
    ),
    "name_of_house": same(
        lambda v: t("This is the name of one of us. Use another one, or add your surname.")
    ),
    "name_of_other": Wording(
        lambda v: t(
            "Somebody has confirmed this name as his own. If that is you, the link in our letter "
            "shows it; else a person reads your comment first."
        ),
        lambda v: t("This name was confirmed by somebody with another address"),
    ),
    "slow": same(
        lambda v: tn(
            "This discussion takes it slowly: you can post again in %(num)s minute.",
            "This discussion takes it slowly: you can post again in %(num)s minutes.",
            number(v, "minutes"),
        )
    ),
    "premoderated": Wording(
        lambda v: t("In this discussion a person reads every comment first."),
        lambda v: t("Every comment in this discussion is read first"),
    ),
    "said_before": same(lambda v: t("You said this a moment ago; once is enough.")),
    "waits_for_person": Wording(
        lambda v: t("A person reads your comment before it appears."),
        lambda v: t("This address was never confirmed"),
    ),
}


HEADLINES: Mapping[int, Callable[[], str]] = {
    403: lambda: t("One more click"),
    404: lambda: t("There is no discussion here"),
    409: lambda: t("This discussion is closed"),
    422: lambda: t("Your comment is almost there"),
    429: lambda: t("One moment, please"),
    503: lambda: t("Please try again"),
}
"""What the page with the form says at its head, by the status that it answers with."""


def reader_says(code: str, values: Values, more: Mapping[str, Wording]) -> str:
    return {**WORDINGS, **more}[code].reader(values)


def desk_says(code: str, values: Values, more: Mapping[str, Wording]) -> str:
    """Of a check that is no longer there, its code: a card is never lost for want of a word."""
    wording = {**WORDINGS, **more}.get(code)
    return wording.desk(values) if wording else code
