"""docs/mail.md against the code: every letter that there is, and nothing that there is not."""

import re
from pathlib import Path

from comments.settings import Settings, variables

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "mail.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| `")]


def test_it_names_every_letter_that_there_is_and_no_other() -> None:
    named = {name for row in ROWS for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    there = {file.stem for file in (ROOT / "templates" / "mail").glob("*.txt")}
    assert named == there - {"layout"}


def test_it_names_settings_that_exist() -> None:
    own = {name for name, _ in variables("COMMENTS_", Settings)}
    named = set(re.findall(r"WEERWOORD_COMMENTS_\w+", PAGE))
    assert named
    assert named <= own
