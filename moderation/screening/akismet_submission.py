"""What Akismet is told of a comment, and what it is not told; pure, sends nothing itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from comments.network import network
from comments.settings import SettingError

from .akismet_answer import Verdict

Kind = Literal["comment", "reply", "pingback", "trackback"]
Fields = dict[str, str | list[str]]

FIELDS: Mapping[str, str] = {
    "user_ip": "user_ip",
    "user_agent": "user_agent",
    "referrer": "referrer",
    "permalink": "permalink",
    "comment_type": "kind",
    "comment_author": "author",
    "comment_author_email": "author_email",
    "comment_author_url": "author_url",
    "comment_content": "content",
    "comment_date_gmt": "created_at",
    "comment_post_modified_gmt": "article_modified_at",
    "blog_lang": "language",
    "blog_charset": "charset",
    "user_role": "user_role",
    "comment_context": "context",
    "honeypot_field_name": "honeypot_name",
    "recheck_reason": "recheck_reason",
    "is_test": "is_test",
}
FEEDBACK = frozenset({"reporter", "comment_check_response"})
ALWAYS_TOLD = frozenset({"comment_content"})
MINIMISED = frozenset({"user_ip", "comment_author_email"})

NO_ADDRESS = "0.0.0.0"  # noqa: S104 - nothing is bound: the protocol demands an address, and this says "none"
CHECK_RESPONSE: Mapping[Verdict, str] = {"ham": "false", "spam": "true", "discard": "true"}


@dataclass(frozen=True)
class Submission:
    """A comment as it was sent in; times without a zone are UTC, empty values are not sent."""

    content: str
    user_ip: str = ""
    user_agent: str = ""
    referrer: str = ""
    permalink: str = ""
    kind: Kind = "comment"
    author: str = ""
    author_email: str = ""
    author_url: str = ""
    created_at: datetime | None = None
    article_modified_at: datetime | None = None
    language: str = ""
    charset: str = "UTF-8"
    user_role: str = ""
    context: tuple[str, ...] = ()
    honeypot_name: str = ""
    honeypot_value: str = ""
    recheck_reason: str = ""
    is_test: bool = False


def checked(minimise: frozenset[str]) -> frozenset[str]:
    """The same names; raises SettingError on one that would silently leave nothing out."""
    if unknown := minimise - FIELDS.keys() - FEEDBACK:
        raise SettingError(f"Akismet has no field {', '.join(sorted(unknown))}")
    if needed := minimise & ALWAYS_TOLD:
        raise SettingError(f"Akismet cannot judge without {', '.join(sorted(needed))}")
    return minimise


def fields(submission: Submission, minimise: frozenset[str] = MINIMISED) -> Fields:
    """The form as it is sent, but for key and site; `user_ip` in `minimise` sends its network."""
    told = {name: wire(getattr(submission, own)) for name, own in FIELDS.items()}
    told["user_ip"] = address(submission.user_ip, whole="user_ip" not in minimise)
    left_out = minimise - ALWAYS_TOLD - {"user_ip"}
    kept = {
        name: value
        for name, value in told.items()
        if name not in left_out and (value or name in ALWAYS_TOLD)
    }
    return honeypot(submission) | kept if "honeypot_field_name" in kept else kept


def wire(value: object) -> str | list[str]:
    """One value in the protocol's spelling; what UTF-8 cannot say becomes a question mark."""
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, tuple):
        return [utf8(str(part)) for part in value]
    return utf8(str(value or ""))


def moment(value: datetime) -> str:
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="seconds")


def utf8(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def address(text: str, *, whole: bool) -> str:
    """The address, or the network in its place; never a text that is no address."""
    known = network(text)
    return (text.strip() if whole and known else known) or NO_ADDRESS


def honeypot(submission: Submission) -> Fields:
    return {utf8(submission.honeypot_name): utf8(submission.honeypot_value)}


def feedback(
    submission: Submission,
    reporter: str,
    first_verdict: Verdict,
    minimise: frozenset[str] = MINIMISED,
) -> Fields:
    """The original submission, with who corrects which verdict."""
    said = {
        "reporter": utf8(reporter),
        "comment_check_response": CHECK_RESPONSE.get(first_verdict, ""),
    }
    told = {name: value for name, value in said.items() if value and name not in minimise}
    return fields(submission, minimise) | told
