"""What the findings of the checks say in words: to the reader who wrote, and to the desk."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from .draft import Finding, Outcome, Values
from .reporting.draft import Wrong
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


def wrong_says(wrong: object) -> str:
    """What a reader says is wrong with a comment; of a kind that is no longer there, its own word."""
    found = WRONGS.get(str(wrong))
    return found() if found else str(wrong)


WRONGS: Mapping[str, Callable[[], str]] = {
    Wrong.ILLEGAL: lambda: t("It is against the law"),
    Wrong.HATE: lambda: t("Hate or a threat"),
    Wrong.PRIVATE: lambda: t("Somebody’s personal data"),
    Wrong.SPAM: lambda: t("Advertising or spam"),
    Wrong.NAME: lambda: t("Written under somebody else’s name"),
    Wrong.OTHER: lambda: t("Something else"),
}

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
    "name_not_here": same(lambda v: t("We do not take this name here. Choose another one.")),
    "renamed_often": same(lambda v: t("You changed your name often today. Try again tomorrow.")),
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
    "reported": same(
        lambda v: t("A reader reported it: %(what)s", what=wrong_says(v.get("wrong")))
    ),
    "said_before": same(lambda v: t("You said this a moment ago; once is enough.")),
    "waits_for_person": Wording(
        lambda v: t("A person reads your comment before it appears."),
        lambda v: t("This address was never confirmed"),
    ),
}


HEADLINES: Mapping[int, Callable[[], str]] = {
    200: lambda: t("Preview of your comment"),
    403: lambda: t("One more click"),
    404: lambda: t("There is no discussion here"),
    409: lambda: t("You can no longer comment here"),
    422: lambda: t("Your comment is almost there"),
    429: lambda: t("One moment, please"),
    503: lambda: t("Please try again"),
}
"""What the page with the form says at its head, by the status that it answers with."""


def named(name: str) -> str:
    """The name that stands beside a comment; who let go of his own is anonymous."""
    return name or t("Anonymous")


def reader_says(code: str, values: Values, more: Mapping[str, Wording]) -> str:
    return {**WORDINGS, **more}[code].reader(values)


def said_once(findings: Iterable[Finding], more: Mapping[str, Wording]) -> tuple[str, ...]:
    """What several findings say to the reader; each sentence once, whatever the machines call spam left out."""
    told = (f for f in findings if f.outcome in (Outcome.HOLD, Outcome.REFUSE))
    return tuple(dict.fromkeys(reader_says(f.code, f.values, more) for f in told))


def beside_fields(
    findings: Iterable[Finding], more: Mapping[str, Wording], fields: Collection[str]
) -> dict[str, list[str]]:
    """What is said to the reader at each of the fields that he sees; at none, under the empty name."""
    errors: dict[str, list[str]] = {}
    for finding in findings:
        said = reader_says(finding.code, finding.values, more)
        errors.setdefault(finding.field if finding.field in fields else "", []).append(said)
    return errors


def usually(wait: timedelta) -> str:
    """How long it mostly takes, in words that promise no more than the figure does."""
    hours = wait / timedelta(hours=1)
    if hours <= 1:
        return t("That usually takes less than an hour.")
    if hours <= 4:
        return t("That usually takes a few hours.")
    if hours <= 24:
        return t("That usually takes less than a day.")
    if hours <= 72:
        return t("That usually takes a few days.")
    return t("That can take a week or longer.")


def desk_says(code: str, values: Values, more: Mapping[str, Wording]) -> str:
    """Of a check that is no longer there, its code: a card is never lost for want of a word."""
    wording = {**WORDINGS, **more}.get(code)
    return wording.desk(values) if wording else code
