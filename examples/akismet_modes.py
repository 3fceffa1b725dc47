"""The ways in which a spam service can fail, each as an answer to what was asked; no network."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from .akismet_rules import Form, Memory, Said, one, respond

CHECK, USAGE = "1.1/comment-check", "1.2/usage-limit"
PAGE = "<!doctype html><title>Maintenance</title><p>Back in a minute."
EXPIRED, OVERUSED, OVER_LIMIT = "10001", "10009", "10508"


@dataclass(frozen=True)
class Asked:
    """One call; only what answers in good health remembers and counts it."""

    endpoint: str
    form: Form
    memory: Memory

    def healthy(self) -> Said:
        return respond(self.endpoint, self.form, self.memory)


def broken(asked: Asked) -> Said:
    return Said("Internal Server Error", 500)


def rate_limited(asked: Asked) -> Said:
    return Said("Too Many Requests", 429, {"Retry-After": "30"})


def garbage(asked: Asked) -> Said:
    return Said(PAGE, headers={"Content-Type": "text/html"})


def invalid_key(asked: Asked) -> Said:
    return Said("invalid", headers={"X-akismet-debug-help": "Invalid key"})


def suspended(asked: Asked) -> Said:
    """The worst of all: a key without power, whose verdict looks as good as any."""
    said = Said("false") if asked.endpoint == CHECK else asked.healthy()
    return with_alert(said, OVERUSED, "Your key is suspended for overuse.")


def with_alert(said: Said, code: str, message: str, **more: str) -> Said:
    headers = {"X-akismet-alert-code": code, "X-akismet-alert-msg": message, **more}
    return replace(said, headers={**said.headers, **headers})


def over_quota(asked: Asked) -> Said:
    said = asked.healthy()
    if asked.endpoint == USAGE and said.body != "invalid":
        used = {"usage": 12000, "percentage": "120.00", "throttled": True}
        said = replace(said, body=json.dumps(json.loads(said.body) | used))
    counts = {"X-akismet-alert-api-calls": "12000", "X-akismet-alert-usage-limit": "10000"}
    return with_alert(said, OVER_LIMIT, "You are over your plan's limit again.", **counts)


def recheck(asked: Asked) -> Said:
    if asked.endpoint != CHECK:
        return asked.healthy()
    return Said("false", headers={"X-akismet-recheck-after": "120"})


def discard(asked: Asked) -> Said:
    if asked.endpoint != CHECK:
        return asked.healthy()
    return Said("true", headers={"X-akismet-pro-tip": "discard"})


def unsure(asked: Asked) -> Said:
    said = asked.healthy()
    return replace(said, headers={**said.headers, "X-akismet-error": "Could not judge"})


def redirect(asked: Asked) -> Said:
    return Said("", 302, {"Location": f"/elsewhere/{asked.endpoint}"})


def newline(asked: Asked) -> Said:
    said = asked.healthy()
    return replace(said, body=said.body + "\n")


def odd_headers(asked: Asked) -> Said:
    """Claims a coding that nobody asked for, and wants to know the caller again."""
    said = asked.healthy()
    odd = {"Content-Encoding": "gzip", "Set-Cookie": "known=1; Path=/"}
    return replace(said, headers={**said.headers, **odd})


def flood(asked: Asked) -> Said:
    return Said(PAGE * 50_000, headers={"X-akismet-debug-help": "help " * 2000})


def indiscreet(asked: Asked) -> Said:
    """Repeats the key wherever it can, as helps for debugging do."""
    key = one(asked.form, "api_key") or one(asked.form, "key")
    headers = {"X-akismet-debug-help": f"Invalid key {key}", "X-akismet-guid": key}
    return with_alert(Said(f"No such key: {key}", headers=headers), EXPIRED, f"{key} is expired")


MODES: Mapping[str, Callable[[Asked], Said]] = {
    "normal": Asked.healthy,
    "500": broken,
    "429": rate_limited,
    "garbage": garbage,
    "invalid_key": invalid_key,
    "suspended": suspended,
    "over_quota": over_quota,
    "recheck": recheck,
    "discard": discard,
    "unsure": unsure,
    "redirect": redirect,
    "newline": newline,
    "odd_headers": odd_headers,
    "flood": flood,
    "indiscreet": indiscreet,
}
