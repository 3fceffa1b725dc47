"""What Akismet's replies mean, and how far they may be trusted; pure, asks nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Literal

Verdict = Literal["ham", "spam", "discard", "unknown"]
Problem = Literal[
    "off",
    "down",
    "timeout",
    "rate_limited",
    "invalid_key",
    "invalid_request",
    "refused",
    "redirect",
    "server_error",
    "garbage",
    "suspended",
]

# Notices about use and plan, beside which a verdict still counts. Every other alert, a new one
# as well, takes the verdict's power: a comment held for nothing costs a person one look, a
# worthless verdict publishes spam or hides a reader.
NOTICES = frozenset({10011, 30001, 10501, 10502, 10504, 10508, 10516})

RECHECK_SECONDS = 120  # what Akismet asks today, for a header that can't be read
LONGEST_WAIT = 86_400


@dataclass(frozen=True)
class Reply:
    """What came over the wire: headers in small letters, the text cut to its beginning."""

    status: int
    headers: Mapping[str, str]
    text: str


@dataclass(frozen=True)
class Alert:
    """Trouble with the key or the plan; code 0 stands for one that is no number."""

    code: int
    message: str

    @property
    def suspends(self) -> bool:
        return self.code not in NOTICES


@dataclass(frozen=True)
class Answer:
    """What was said (`verdict`) and what may be acted on (`trusted`); waits are in seconds."""

    verdict: Verdict = "unknown"
    problem: Problem | None = None
    guid: str = ""
    alert: Alert | None = None
    recheck_after: int | None = None
    retry_after: int | None = None
    debug_help: str = ""

    @property
    def provisional(self) -> bool:
        return self.recheck_after is not None

    @property
    def trusted(self) -> Verdict:
        """`unknown` where the verdict is provisional, or comes with trouble of any kind."""
        suspended = self.alert is not None and self.alert.suspends
        return "unknown" if self.problem or suspended or self.provisional else self.verdict


@dataclass(frozen=True)
class Usage:
    """This month's calls; `limit` None is unlimited, or unknown where there is a problem."""

    limit: int | None = None
    used: int = 0
    percentage: float = 0.0
    throttled: bool = False
    problem: Problem | None = None


def answer(reply: Reply, problem: Problem | None = None) -> Answer:
    """The reply's headers, read; `problem` is what the caller already knows to be wrong."""
    alert = alerted(reply)
    return Answer(
        problem=problem or unreliable(reply, alert),
        guid=reply.headers.get("x-akismet-guid", ""),
        alert=alert,
        recheck_after=recheck(reply),
        retry_after=wait(reply),
        debug_help=helped(reply),
    )


def alerted(reply: Reply) -> Alert | None:
    code = reply.headers.get("x-akismet-alert-code", "")
    message = reply.headers.get("x-akismet-alert-msg", "")
    return Alert(whole(code) or 0, message) if code or message else None


def whole(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None


def unreliable(reply: Reply, alert: Alert | None) -> Problem | None:
    """What is wrong with a reply that reads like a verdict."""
    if alert and alert.suspends:
        return "suspended"
    return "server_error" if "x-akismet-error" in reply.headers else None


def recheck(reply: Reply) -> int | None:
    text = reply.headers.get("x-akismet-recheck-after")
    if text is None:
        return None
    seconds = whole(text)
    return RECHECK_SECONDS if seconds is None else bounded(seconds)


def bounded(seconds: int) -> int:
    return min(max(seconds, 0), LONGEST_WAIT)


def wait(reply: Reply) -> int | None:
    """Retry-After in both its forms; a date is measured by the server's own clock."""
    text = reply.headers.get("retry-after", "")
    seconds = whole(text)
    if seconds is not None:
        return bounded(seconds)
    try:
        later = parsedate_to_datetime(text) - parsedate_to_datetime(reply.headers.get("date", ""))
    except (TypeError, ValueError):
        return None
    return bounded(int(later.total_seconds()))


def helped(reply: Reply) -> str:
    headers = reply.headers
    return headers.get("x-akismet-debug-help", "") or headers.get("x-akismet-error", "")


def trouble(reply: Reply) -> Problem:
    """The name of what is wrong with a reply that is no verdict and no thanks."""
    if reply.status == 429:
        return "rate_limited"
    if reply.status >= 500:
        return "server_error"
    if reply.status >= 400:
        return "refused"
    if reply.status >= 300:
        return "redirect"
    return invalid(reply) if reply.text == "invalid" else "garbage"


def invalid(reply: Reply) -> Problem:
    """Akismet says `invalid` for a bad key and for a missing field; only its help tells which."""
    said = reply.headers.get("x-akismet-debug-help", "").lower()
    return "invalid_request" if said and "key" not in said else "invalid_key"


def usage(said: object, problem: Problem | None) -> Usage:
    """The usage-limit document, in which numbers may be texts and no limit is `none`."""
    if problem or not isinstance(said, dict):
        return Usage(problem=problem or "garbage")
    return Usage(
        limit=whole(str(said.get("limit"))),
        used=whole(str(said.get("usage"))) or 0,
        percentage=number(said.get("percentage")),
        throttled=said.get("throttled") in (True, "true", "1", 1),
    )


def number(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        return 0.0
