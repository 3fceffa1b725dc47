"""Asks axe-core what is wrong with a page for people who cannot see, point or tell colours apart."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RUN = """(options) => axe.run(document, { resultTypes: ["violations"], ...options }).then(
  (found) => found.violations.flatMap(({ id, nodes }) => nodes.map(
    ({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`)))"""
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}


def faults(page: Page, options: dict[str, Any] | None = None) -> list[str]:
    """One line for each element with a fault. Needs a page with scripts: axe-core is one."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"{AXE_SCRIPT};undefined")
    found: list[str] = page.evaluate(RUN, options or {})
    return found
