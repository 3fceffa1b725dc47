"""What moderation works with on one site, beside the plug-in's own; no logic of its own."""

from collections.abc import Callable
from dataclasses import dataclass

from comments.site import Site

from .screening.akismet import SpamService
from .settings import Settings


@dataclass(frozen=True)
class Desk:
    """`login_url` makes the address to sign in at, that leads back to the path it is given."""

    site: Site
    settings: Settings
    service: SpamService
    base_template: str
    login_url: Callable[[str], str]
