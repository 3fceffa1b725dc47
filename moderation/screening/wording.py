"""What the findings of screening say in words, to the reader and to the desk."""

from collections.abc import Mapping

from comments.draft import Values
from comments.texts import t, tn
from comments.wording import Wording, number


def waits(v: Values) -> str:
    return t("A person reads your comment before it appears.")


def what(v: Values) -> str:
    return str(v.get("what", ""))


def why(v: Values) -> str:
    """The trouble with Akismet in words; `provisional` is an answer that it wants to think over."""
    problem = str(v.get("problem", ""))
    words = {
        "down": t("it cannot be reached"),
        "timeout": t("it takes too long"),
        "rate_limited": t("it asks us to wait"),
        "invalid_key": t("it does not know our key"),
        "invalid_request": t("it does not understand our question"),
        "refused": t("it refuses our question"),
        "redirect": t("it sends us elsewhere"),
        "server_error": t("it has trouble of its own"),
        "garbage": t("what it said makes no sense"),
        "suspended": t("our key is suspended"),
        "off": t("it is switched off"),
        "provisional": t("it wants to be asked again"),
    }
    return words.get(problem, problem)


WORDINGS: Mapping[str, Wording] = {
    "known_too_little": Wording(
        waits,
        lambda v: tn(
            "A confirmed address, with %(num)s approved comment so far",
            "A confirmed address, with %(num)s approved comments so far",
            number(v, "number"),
        ),
    ),
    "known_address": Wording(
        lambda v: t("We know you: your comment appears at once."),
        lambda v: tn(
            "A confirmed address with %(num)s approved comment",
            "A confirmed address with %(num)s approved comments",
            number(v, "number"),
        ),
    ),
    "too_fast": Wording(
        lambda v: tn(
            "You write faster than we can read. Try again in %(num)s minute.",
            "You write faster than we can read. Try again in %(num)s minutes.",
            number(v, "minutes"),
        ),
        lambda v: t("Too many from one address"),
    ),
    "signed_in": Wording(waits, lambda v: t("Written by somebody of this site")),
    "many_links": Wording(
        lambda v: t("Comments with several links wait for a person."),
        lambda v: tn("%(num)s link in it", "%(num)s links in it", number(v, "number")),
    ),
    "rule_phrase": Wording(waits, lambda v: t("A rule on words: “%(what)s”", what=what(v))),
    "rule_link_host": Wording(waits, lambda v: t("A rule on links: %(what)s", what=what(v))),
    "rule_links_over": Wording(
        waits, lambda v: t("A rule on the number of links: %(what)s", what=what(v))
    ),
    "rule_network": Wording(waits, lambda v: t("A rule on networks: %(what)s", what=what(v))),
    "rule_email_domain": Wording(
        waits, lambda v: t("A rule on e-mail addresses: %(what)s", what=what(v))
    ),
    "akismet_not_asked": Wording(
        lambda v: t("Our spam filter looks at it first; that takes a moment."),
        lambda v: t("Akismet has not answered yet"),
    ),
    "akismet_silent": Wording(
        waits, lambda v: t("Akismet gave no usable answer: %(why)s", why=why(v))
    ),
    "akismet_spam": Wording(waits, lambda v: t("Akismet says: spam")),
    "akismet_discard": Wording(waits, lambda v: t("Akismet says: blatant spam")),
}
