"""Takes pictures of every page: `python -m tests.browser.shots FOLDER`; with `--readme` that of the README."""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import ViewportSize, sync_playwright

from . import chromium
from .exhibition import Exhibition, opened
from .gallery import GALLERY, LONG, Shown, at
from .site import make_world

WIDTHS = (390, 1280)
HEIGHT = 900
README = Path(__file__).parents[2] / "docs" / "images" / "article.png"
README_SIZE = ViewportSize(width=1280, height=1500)
SHORTEN = "text => { for (const part of [...text.children].slice(2)) part.hidden = true; }"
COLOURS = 128


def main() -> None:
    given = parser().parse_args()
    with exhibition() as house:
        if given.readme:
            picture_for_readme(house)
        if given.folder:
            given.folder.mkdir(parents=True, exist_ok=True)
            for shown in GALLERY:
                if given.only in shown.name:
                    pictures(house, shown, given.folder)


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="python -m tests.browser.shots", description=__doc__)
    found.add_argument("folder", nargs="?", type=Path, help="where the pictures go")
    found.add_argument("--only", default="", help="part of the name of the pages wanted")
    found.add_argument("--readme", action="store_true", help=f"writes {README.name} into the docs")
    return found


@contextmanager
def exhibition() -> Iterator[Exhibition]:
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium.options())
        with opened(browser, make_world(Path(name)), Path(name)) as house:
            yield house
        browser.close()


def pictures(house: Exhibition, shown: Shown, folder: Path) -> None:
    """The whole page in light and dark, on a telephone and on a desk."""
    visitor = house.see(shown)
    for width in WIDTHS:
        visitor.page.set_viewport_size(ViewportSize(width=width, height=HEIGHT))
        for scheme in ("light", "dark"):
            visitor.page.emulate_media(color_scheme=scheme)
            take(visitor.page, folder / f"{shown.name}-{width}-{scheme}.png", full_page=True)
    visitor.leave()


def take(page: Any, file: Path, **options: Any) -> None:
    page.screenshot(path=file, animations="disabled", caret="hide", **options)


def picture_for_readme(house: Exhibition) -> None:
    """The top of an article and the beginning of its discussion; of the text between, two paragraphs."""
    README.parent.mkdir(parents=True, exist_ok=True)
    visitor = house.see(Shown("article", at(LONG)), viewport=README_SIZE)
    visitor.page.locator(".prose").evaluate(SHORTEN)
    take(visitor.page, README)
    visitor.leave()
    with Image.open(README) as picture:
        picture.convert("RGB").quantize(COLOURS).save(README, optimize=True)


if __name__ == "__main__":
    main()
