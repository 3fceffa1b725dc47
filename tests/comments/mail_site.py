"""A small site that can mail: its letters lie in a folder, and nobody sends them."""

from pathlib import Path
from typing import Any

from flask import Flask

from comments.mailing.settings import MailSettings

from .host import Clock, SmallHost
from .small_site import small_site


def mail_site(host: SmallHost, clock: Clock, folder: Path, **seams: Any) -> Flask:
    mail = MailSettings(sender="Weerwoord <post@weerwoord.example>", folder=folder)
    return small_site(host, clock, site_url="https://weerwoord.example", mail=mail, **seams)
