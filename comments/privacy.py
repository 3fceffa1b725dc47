"""What the plug-in keeps of a reader, in words made from the settings in force."""

from .site import PrivacyRow, Site
from .texts import t, tn


def rows(site: Site) -> list[PrivacyRow]:
    return [*own_rows(site), *site.seams.privacy_rows()]


def own_rows(site: Site) -> list[PrivacyRow]:
    everybody, desk, nobody = t("Everybody"), t("The desk"), t("Nobody; your browser sends it back")
    as_long = t("As long as the comment stands")
    return [
        PrivacyRow(
            t("Your name, your website and your text"),
            t("They are your comment"),
            as_long,
            everybody,
        ),
        PrivacyRow(
            t("Your e-mail address, encrypted"),
            t("To tell one person from another and to reach you about your comment"),
            as_long,
            t("Moderators of this discussion, shortened at first sight"),
        ),
        PrivacyRow(
            t("The network that you wrote from, never your whole address, and your browser's name"),
            t("To recognise spam"),
            as_long,
            desk,
        ),
        PrivacyRow(
            t("A sealed cookie, only if you ask to be remembered"),
            t("To fill in the form and to show you what you wrote"),
            tn(
                "%(num)s day, or until you post without it",
                "%(num)s days, or until you post without it",
                site.settings.remember_days,
            ),
            nobody,
        ),
        PrivacyRow(
            t("What was decided about your comment, without its text"),
            t("To answer for our decisions"),
            t("For good; it holds no personal data"),
            desk,
        ),
    ]
