"""The README states facts about the code; these tests hold it to them."""

import re
from pathlib import Path

import pytest

from tests.readme_tables import README, TABLES, written

ROOT = README.parent


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_the_readme_says_what_the_code_does(name: str) -> None:
    assert written(README.read_text(), name) == TABLES[name]()


def test_every_file_that_the_docs_point_to_is_there() -> None:
    pages = [README, *sorted((ROOT / "docs").glob("*.md"))]
    for page in pages:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name} points to {target}"


def test_every_make_target_that_the_readme_names_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"`make (\w+)", README.read_text()):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_change_log_has_the_version_that_is_built() -> None:
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version
    assert f"## {version[1]}" in Path(ROOT / "CHANGELOG.md").read_text()
