"""An article as its author hands it in: what was typed, and what follows from it; pure."""

from dataclasses import dataclass
from typing import Literal

SourceFormat = Literal["markdown", "html"]
TITLE_LIMIT = 200
SUMMARY_LIMIT = 500
TAG_LIMIT = 50
TAGS = 12


@dataclass(frozen=True)
class Manuscript:
    """`html` is sanitised and `words` counted from it; `tags` are names as typed."""

    title: str
    source: str
    html: str
    summary: str
    slug: str
    words: int
    unit_key: str = ""
    tags: tuple[str, ...] = ()
    comments_open: bool = True
    source_format: SourceFormat = "markdown"
