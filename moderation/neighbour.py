"""Stops the start with one clear line when the module `comments` is not the plug-in; imports nothing of it."""

from importlib.util import find_spec
from pathlib import Path

HOME = Path(__file__).parents[1]
"""Where this package lies, and `comments` beside it."""


def insist_on(name: str, home: Path) -> None:
    """Raises ImportError when the package of this name is found anywhere else than under `home`."""
    spec = find_spec(name)
    found = spec.origin if spec else None
    if found is None or Path(found).parent != home / name:
        raise ImportError(
            f"`{name}` is {found or 'not installed'}, not the plug-in at {home / name}: "
            "rename it, or let the plug-in come first on the path"
        )


insist_on("comments", HOME)
