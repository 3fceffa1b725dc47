"""What a reader is told of how a discussion is held, before he writes."""

from datetime import datetime

from ..facts import Mode
from ..texts import t, tn
from ..when import when


def rules(mode: Mode, open_until: datetime | None) -> list[str]:
    """Nothing where all is as usual."""
    found = []
    if mode.premoderated:
        found.append(t("In this discussion one of us reads every comment before it appears."))
    if mode.slow_minutes:
        found.append(
            tn(
                "In this discussion everybody can comment once in %(num)s minute.",
                "In this discussion everybody can comment once in %(num)s minutes.",
                mode.slow_minutes,
            )
        )
    if open_until is not None:
        found.append(t("You can comment until %(at)s.", at=when(open_until).striptags()))
    return found
