"""All that the blog works with on one app: its settings, the plug-in, who decides on rights; no logic."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from .discussion import Comments, Host
from .guesses import Guesses
from .rights import Rights
from .settings import Settings


@dataclass(frozen=True)
class Site:
    settings: Settings
    host: Host
    comments: Comments
    rights: Rights
    guesses: Guesses
    clock: Callable[[], datetime]


def site() -> Site:
    found: Site = current_app.extensions["blog"]
    return found
