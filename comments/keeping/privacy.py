"""What the plug-in keeps of a reader, in words made from the settings in force and the tables there are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..database import reading
from ..site import PrivacyRow, Site
from ..texts import t, tn
from . import queries
from .classes import CLASSES, LIVES, Kind, columns_of

Say = Callable[[], str]


@dataclass(frozen=True)
class Words:
    """What is said of a kind; `how_long` where it is not a number of days that says so."""

    what: Say
    why: Say
    who: Say
    how_long: Say | None = None


def everybody() -> str:
    return t("Everybody, once it is approved")


def desk() -> str:
    return t("The desk")


def nobody() -> str:
    return t("Nobody; only this software works with it")


def with_comment() -> str:
    return t("As long as the comment stands; you can withdraw it at any time")


WORDS: Mapping[Kind, Words] = {
    Kind.SAID: Words(
        lambda: t("Your name, your website and your text"),
        lambda: t("They are your comment"),
        everybody,
        with_comment,
    ),
    Kind.EARLIER: Words(
        lambda: t("Earlier texts of a comment that was changed"),
        lambda: t("So that a change can be compared and taken back"),
        desk,
    ),
    Kind.ADDRESS: Words(
        lambda: t("Your e-mail address, encrypted"),
        lambda: t("To reach you about your comment, if you asked for that"),
        lambda: t("Moderators of this discussion, shortened at first sight"),
    ),
    Kind.HASH: Words(
        lambda: t("A number made from your address that cannot be turned back into it"),
        lambda: t("To tell one person from another, and to find what is yours when you ask"),
        nobody,
        with_comment,
    ),
    Kind.ORIGIN: Words(
        lambda: t(
            "The network that you wrote from, never your whole address, and your browser's name"
        ),
        lambda: t("To recognise spam"),
        desk,
    ),
    Kind.CONFIRMED: Words(
        lambda: t("An address that you confirmed, encrypted, and the names that are yours"),
        lambda: t("So that nobody else speaks under your name, and letters reach only you"),
        nobody,
    ),
    Kind.FOLLOWS: Words(
        lambda: t("Which discussions you follow, and what you have not been told yet"),
        lambda: t("To send you the letters that you asked for"),
        nobody,
        lambda: t("Until you stop following; every letter has a link for that"),
    ),
    Kind.VOTES: Words(
        lambda: t(
            "A number made from your network and browser, or from your address once you"
            " confirmed it, with each comment you found useful"
        ),
        lambda: t("So that each reader counts once"),
        nobody,
    ),
    Kind.REPORTS: Words(
        lambda: t("What you said in a report, and your name and address if you gave them"),
        lambda: t("To look at it and to tell you what came of it"),
        desk,
    ),
    Kind.ERRANDS: Words(
        lambda: t("Addresses of letters that are about to be sent, encrypted"),
        lambda: t("To send them"),
        nobody,
        lambda: t(
            "Until the letter has left: within seconds, a digest within a day."
            " When the mail server does not answer, we try for at most fifteen days"
        ),
    ),
    Kind.BRAKES: Words(
        lambda: t("How often somebody in your network wrote in the last minutes, as a number"),
        lambda: t("To stop floods"),
        nobody,
        lambda: t("Minutes to a day"),
    ),
    Kind.HOUSE: Words(
        lambda: t("What was decided about your comment and by which of us, without its text"),
        lambda: t("To answer for our decisions"),
        desk,
        lambda: t("For good; it holds nothing of you"),
    ),
}


def rows(site: Site) -> list[PrivacyRow]:
    with reading(site.engine) as session:
        held = queries.held(session)
    columns = {**CLASSES, **site.seams.columns}
    own = [
        PrivacyRow(
            words.what(),
            words.why(),
            words.how_long() if words.how_long else lasts(site, kind),
            words.who(),
            held.get(kind),
            columns_of(columns, kind),
        )
        for kind, words in WORDS.items()
    ]
    return [*own, in_the_browser(site), *site.seams.privacy_rows()]


def lasts(site: Site, kind: Kind) -> str:
    days = LIVES[kind](site.settings)
    if kind is Kind.VOTES:
        return tn(
            "%(num)s day after the last one in that discussion",
            "%(num)s days after the last one in that discussion",
            days,
        )
    return tn("%(num)s day", "%(num)s days", days)


def in_the_browser(site: Site) -> PrivacyRow:
    return PrivacyRow(
        t("A sealed cookie, only if you ask to be remembered"),
        t("To fill in the form and to show you what you wrote"),
        tn(
            "%(num)s day, or until you post without it",
            "%(num)s days, or until you post without it",
            site.settings.remember_days,
        ),
        t("Nobody; your browser sends it back"),
    )
