"""The plug-in is installed without the blog: whatever it imports, its own requirements bring."""

import re
import sys
import tomllib
from importlib.metadata import packages_distributions

from .source import ROOT, libraries, modules

BROUGHT_BY_FLASK = {"blinker", "click", "itsdangerous", "jinja2", "markupsafe", "werkzeug"}


def test_the_plug_in_requires_what_it_imports() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    required = {re.split(r"[<>=\[ ]", line)[0] for line in project["dependencies"]}
    assert imported() - required - BROUGHT_BY_FLASK == set()


def imported() -> set[str]:
    """Names of the distributions that `comments` and `moderation` import from."""
    named = packages_distributions()
    return {
        named[library][0].lower().replace("_", "-")
        for module in modules().values()
        if module.package in ("comments", "moderation")
        for library in libraries(module, sys.stdlib_module_names)
    }
