"""What is said where a report is not filled in as it should be."""

from collections.abc import Mapping

from ..texts import t, tn
from ..wording import Wording, number, same

FAULTS: Mapping[str, Wording] = {
    "wrong_missing": same(lambda v: t("Choose what is wrong with it.")),
    "why_missing": same(lambda v: t("Tell us in a few words why it should not stand.")),
    "why_long": same(
        lambda v: tn(
            "Your explanation may have at most %(num)s character.",
            "Your explanation may have at most %(num)s characters.",
            number(v, "limit"),
        )
    ),
    "good_faith_missing": same(
        lambda v: t("To report something as illegal, tick that what you say is right.")
    ),
}
