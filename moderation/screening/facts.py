"""What the checks of screening may know beside the facts of every comment; plain data only."""

from dataclasses import dataclass

from comments.facts import Facts

from .akismet_answer import Answer
from .rules import Rule


@dataclass(frozen=True)
class ScreeningFacts(Facts):
    """`answer` is None until Akismet was asked; `wait` is the brake's, in seconds."""

    rules: tuple[Rule, ...] = ()
    links_held: int = 0
    wait: int | None = None
    akismet_mode: str = "off"
    answer: Answer | None = None
