"""What the checks of screening may know beside the facts of every comment; plain data only."""

from dataclasses import dataclass

from comments.draft import Finding
from comments.facts import Facts

from .akismet_answer import Answer
from .rules import Rule


@dataclass(frozen=True)
class ScreeningFacts(Facts):
    """`answer` is None until Akismet was asked; `wait` is the brake's, in seconds.

    `trusted_after` approved comments an address is trusted; 0 trusts none. `settled` was found on the
    whole address as the comment came in; that is not kept and cannot be judged again.
    """

    rules: tuple[Rule, ...] = ()
    links_held: int = 0
    trusted_after: int = 0
    settled: tuple[Finding, ...] = ()
    wait: int | None = None
    akismet_mode: str = "off"
    answer: Answer | None = None
