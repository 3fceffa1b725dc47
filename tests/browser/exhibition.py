"""A furnished site that stays open for many visitors, where staff come signed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from .gallery import Shown, furnish
from .site import Site, World, served
from .visitor import Visitor, arrive


@dataclass(frozen=True)
class Exhibition:
    browser: Browser
    site: Site

    def see(self, shown: Shown, **options: Any) -> Visitor:
        """Somebody who has this page before him."""
        visitor = arrive(self.browser, self.site, **options)
        if shown.login:
            visitor.come_as(shown.login)
        shown.open(visitor)
        return visitor


@contextmanager
def opened(browser: Browser, world: World, folder: Path) -> Iterator[Exhibition]:
    with served(world, folder) as site:
        ada, dirk = arrive(browser, site), arrive(browser, site)
        furnish(ada, dirk)
        ada.leave()
        dirk.leave()
        yield Exhibition(browser, site)
