"""What can be told of a text by looking at it: its length, its beginning, a name for its address; pure."""

import re
import unicodedata

SUMMARY_LIMIT = 280
SLUG_LIMIT = 80
"""Of a name that is made; an imported one may be longer."""
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i"})


def words(text: str) -> int:
    return len(_WORD.findall(text))


def minutes(count: int, words_per_minute: int) -> int:
    """Minutes that a text of so many words takes, rounded up; never less than one."""
    return max(1, -(-count // words_per_minute))


def summary(text: str, limit: int = SUMMARY_LIMIT) -> str:
    """The beginning of a plain text, cut between words."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"


def slugify(text: str, limit: int = SLUG_LIMIT) -> str:
    """Letters, digits and single hyphens; empty where the text has none that an address can hold."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    ascii_only = plain.encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_only.replace("'", "")).strip("-")
    return slug[:limit].rstrip("-")


def tag_names(typed: str) -> tuple[str, ...]:
    """The tags of a list with commas, each once, in the order in which they were typed."""
    names: dict[str, str] = {}
    for part in typed.split(","):
        name = " ".join(part.split())
        if slugify(name):
            names.setdefault(slugify(name), name)
    return tuple(names.values())
