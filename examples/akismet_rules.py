"""What the demo server thinks of a comment and what it remembers; no network, nothing on disk."""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Form = Mapping[str, list[str]]

THANKS = "Thanks for making the web a better place."
SPAM_NAMES = frozenset({"akismet-guaranteed-spam", "viagra-test-123"})
SPAM_ADDRESS = "akismet-guaranteed-spam@example.com"
SPAM_WORDS = re.compile(
    r"\b(casino|jackpot|replica|viagra|cialis|payday loans?|backlinks?|seo services?"
    r"|gokken|snel geld verdienen|goedkope horloges)\b",
    re.IGNORECASE,
)
LINK = re.compile(r"https?://|\[url|<a\s", re.IGNORECASE)
SPAM_LINKS, BLATANT_LINKS = 3, 10
REMEMBERED = 10_000
MONTHLY_LIMIT = 10_000


@dataclass(frozen=True)
class Said:
    """One HTTP answer."""

    body: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class Memory:
    """Corrections by text and counts by site; `key` empty lets any key in, `month` is YYYY-MM."""

    def __init__(self, key: str, month: str) -> None:
        self.key, self.month = key, month
        self.corrections: dict[str, bool] = {}
        self.counts: Counter[tuple[str, str]] = Counter()

    def correct(self, form: Form, *, spam: bool) -> None:
        while len(self.corrections) >= REMEMBERED:
            del self.corrections[next(iter(self.corrections))]
        self.corrections[folded(form)] = spam

    def count(self, form: Form, what: str) -> None:
        if one(form, "is_test") not in {"1", "true"}:
            self.counts[one(form, "blog"), what] += 1

    def total(self, what: str) -> int:
        return sum(n for (_, counted), n in self.counts.items() if counted == what)


def one(form: Form, name: str) -> str:
    return form.get(name, [""])[0]


def folded(form: Form) -> str:
    return " ".join(one(form, "comment_content").split()).casefold()


def respond(endpoint: str, form: Form, memory: Memory) -> Said:
    """The answer of a service in good health to a call such as `1.1/comment-check`."""
    if endpoint not in ENDPOINTS:
        return Said("Not found", 404)
    required, answer = ENDPOINTS[endpoint]
    for name in required:
        if not one(form, name):
            return invalid(f'Empty "{name}" value')
    if memory.key not in {"", one(form, required[0])}:
        return invalid("Invalid key")
    return answer(form, memory)


def invalid(help: str) -> Said:
    return Said("invalid", headers={"X-akismet-debug-help": help})


def verify_key(form: Form, memory: Memory) -> Said:
    return Said("valid")


def comment_check(form: Form, memory: Memory) -> Said:
    spam = is_spam(form, memory)
    memory.count(form, "spam" if spam else "ham")
    tip = {"X-akismet-pro-tip": "discard"} if spam and blatant(form) else {}
    return Said("true" if spam else "false", headers=tip)


def is_spam(form: Form, memory: Memory) -> bool:
    if one(form, "user_role") == "administrator":
        return False
    if guaranteed(form):
        return True
    known = memory.corrections.get(folded(form))
    return suspicious(form) if known is None else known


def guaranteed(form: Form) -> bool:
    """The values that the protocol keeps for trying it out."""
    named = any(name in written(form) for name in SPAM_NAMES)
    return named or one(form, "comment_author_email") == SPAM_ADDRESS


def suspicious(form: Form) -> bool:
    trap = one(form, "honeypot_field_name")
    return bool(
        links(form) >= SPAM_LINKS or SPAM_WORDS.search(written(form)) or (trap and one(form, trap))
    )


def links(form: Form) -> int:
    return len(LINK.findall(one(form, "comment_content")))


def written(form: Form) -> str:
    return f"{one(form, 'comment_author')} {one(form, 'comment_content')}"


def blatant(form: Form) -> bool:
    """Many links, or both links and the words that go with them."""
    many = links(form)
    return many >= BLATANT_LINKS or (many >= SPAM_LINKS and bool(SPAM_WORDS.search(written(form))))


def submit_spam(form: Form, memory: Memory) -> Said:
    return corrected(form, memory, spam=True)


def submit_ham(form: Form, memory: Memory) -> Said:
    return corrected(form, memory, spam=False)


def corrected(form: Form, memory: Memory, *, spam: bool) -> Said:
    memory.correct(form, spam=spam)
    memory.count(form, "missed_spam" if spam else "false_positives")
    return Said(THANKS)


def usage_limit(form: Form, memory: Memory) -> Said:
    used = memory.total("spam") + memory.total("ham")
    share = f"{100 * used / MONTHLY_LIMIT:.2f}"
    return document(limit=MONTHLY_LIMIT, usage=used, percentage=share, throttled=False)


def document(**values: object) -> Said:
    return Said(json.dumps(values), headers={"Content-Type": "application/json"})


def key_sites(form: Form, memory: Memory) -> Said:
    sites = [site(blog, memory) for blog in sorted({blog for blog, _ in memory.counts})]
    if one(form, "format") == "csv":
        return Said(table(sites, memory.month), headers={"Content-Type": "text/csv"})
    paging = {"limit": 500, "offset": 0, "total": len(sites)}
    return document(**{memory.month: sites}, **paging)


def site(blog: str, memory: Memory) -> dict[str, object]:
    found = {what: memory.counts[blog, what] for what in COUNTED}
    calls = found["spam"] + found["ham"]
    return {"site": blog, "api_calls": calls, **found, "is_revoked": False}


def table(sites: list[dict[str, object]], month: str) -> str:
    head = f"Active sites during {month} (limit:500, offset: 0, total: {len(sites)})"
    names = "Site,Total API Calls,Spam,Ham,Missed Spam,False Positives,Is Revoked"
    rows = [",".join(str(value).lower() for value in row.values()) for row in sites]
    return "\n".join([head, names, *rows])


def get_stats(form: Form, memory: Memory) -> Said:
    found = {what: memory.total(what) for what in COUNTED}
    wrong = found["missed_spam"] + found["false_positives"]
    asked = found["spam"] + found["ham"]
    accuracy = f"{100 * max(0, asked - wrong) / asked:.2f}" if asked else "0"
    return document(**found, accuracy=accuracy, time_saved=0, breakdown={})


COUNTED = ("spam", "ham", "missed_spam", "false_positives")
COMMENT = ("api_key", "blog", "user_ip")
ENDPOINTS: Mapping[str, tuple[tuple[str, ...], Callable[[Form, Memory], Said]]] = {
    "1.1/verify-key": (("key", "blog"), verify_key),
    "1.1/comment-check": (COMMENT, comment_check),
    "1.1/submit-spam": (COMMENT, submit_spam),
    "1.1/submit-ham": (COMMENT, submit_ham),
    "1.1/get-stats": (("key", "blog"), get_stats),
    "1.2/usage-limit": (("api_key",), usage_limit),
    "1.2/key-sites": (("api_key",), key_sites),
}
