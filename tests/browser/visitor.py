"""Somebody with a browser of his own, and the watch over it: whatever a page must never do is noted."""

from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    expect,
)

from .site import PASSWORD, Site

PATIENCE = 15_000
"""Milliseconds that a page may take on a busy machine."""
TELL_VIOLATIONS = """addEventListener("securitypolicyviolation", (event) => console.error(
  `policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile} ${event.sample}`));"""
OWN_SCHEMES = {"data", "blob", "about"}
STATUS_NOTE = "Failed to load resource"
"""Chromium's line about a status; `answered` judges those by what was asked for."""


@dataclass
class Watch:
    """What went wrong in one browser."""

    site: Site
    faults: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        context.add_init_script(TELL_VIOLATIONS)
        context.on("console", self.said)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("request", self.asked)
        context.on("response", self.answered)

    def said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(STATUS_NOTE):
            self.faults.append(f"console: {message.text}")

    def asked(self, request: Request) -> None:
        own = request.url.startswith(f"{self.site.url}/")
        if not own and urlsplit(request.url).scheme not in OWN_SCHEMES:
            self.faults.append(f"asked elsewhere: {request.url}")

    def answered(self, response: Response) -> None:
        limit = 500 if response.request.is_navigation_request() else 400
        if response.status >= limit:
            self.faults.append(f"{response.status} for {response.url}")


@dataclass
class Visitor:
    context: BrowserContext
    page: Page
    site: Site
    watch: Watch

    def go(self, path: str) -> Response:
        answer = self.page.goto(self.site.url + path)
        assert answer
        return answer

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name, exact=True)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def sign_in(self, login: str) -> None:
        """From wherever he is, by the link at the foot of the page."""
        self.link("Inloggen").click()
        self.give_password(login)

    def come_as(self, login: str) -> None:
        """Is signed in, by the session that he has from before if there is one."""
        sessions = self.site.world.sessions
        if login in sessions:
            self.context.add_cookies(sessions[login])
            return
        self.go("/")
        self.sign_in(login)
        expect(self.button("Uitloggen")).to_be_visible()
        sessions[login] = self.context.cookies()

    def give_password(self, login: str) -> None:
        self.page.get_by_label("E-mailadres").fill(f"{login}@weerwoord.example")
        self.page.get_by_label("Wachtwoord").fill(PASSWORD)
        self.button("Inloggen").click()

    def sees(self, words: str, role: Literal["status", "alert"] = "status") -> None:
        """The page that comes says so, and its scripts are at work."""
        expect(self.page.get_by_role(role).first).to_contain_text(words)
        self.page.wait_for_load_state()

    def headed(self, words: str) -> None:
        """The page that comes has this at its head, and its scripts are at work."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(words)
        self.page.wait_for_load_state()

    def leave(self) -> None:
        """Closes the browser; whatever went wrong in it fails the test."""
        self.context.close()
        assert self.watch.faults == [], self.watch.faults


def arrive(browser: Browser, site: Site, *, scripts: bool = True, **options: Any) -> Visitor:
    """Somebody from here who wants no movement, unless `options` say otherwise."""
    usual = {"locale": "nl-NL", "timezone_id": "Europe/Amsterdam", "reduced_motion": "reduce"}
    context = browser.new_context(java_script_enabled=scripts, **{**usual, **options})
    context.set_default_timeout(PATIENCE)
    watch = Watch(site)
    watch.over(context)
    return Visitor(context, context.new_page(), site, watch)
