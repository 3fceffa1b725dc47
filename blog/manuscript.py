"""An article as its author hands it in: what was typed, and what follows from it; pure."""

from dataclasses import dataclass
from typing import Literal

SourceFormat = Literal["markdown", "html"]
TITLE_LIMIT = 200
SUMMARY_LIMIT = 500
TAG_LIMIT = 50
TAGS = 12
CLOSE_LIMIT = 3650
"""Days; ten years are for ever."""


@dataclass(frozen=True)
class Manuscript:
    """`html` is sanitised and `words` counted from it; `tags` are names as typed.

    `close_days` may be 0, never, or None: as the site has it.
    """

    title: str
    source: str
    html: str
    summary: str
    slug: str
    words: int
    unit_key: str = ""
    tags: tuple[str, ...] = ()
    comments_open: bool = True
    close_days: int | None = None
    source_format: SourceFormat = "markdown"
