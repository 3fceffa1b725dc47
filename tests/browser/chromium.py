"""Which Chromium is driven, and how it is started: the system's own, never one that was downloaded."""

import shutil
from typing import Any

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


class NoChromium(Exception):
    """There is none on this machine."""


def options() -> dict[str, Any]:
    program = shutil.which("chromium")
    if program is None:
        raise NoChromium("The journeys need Chromium: apt-get install chromium")
    return {"executable_path": program, "args": FLAGS}
