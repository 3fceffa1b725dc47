"""The rules that people set, and whether a draft meets one; pure, typed, without regular expressions of theirs."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_network
from urllib.parse import urlsplit

from comments.draft import Draft
from comments.network import network as kept_network
from comments.network import parsed

LINK = re.compile(r"""https?://[^\s<>"'\])]+""", re.IGNORECASE)
LABEL = re.compile(r"[a-z0-9_-]{1,63}", re.ASCII)
LONGEST_HOST, LONGEST_PATTERN = 253, 200


@dataclass(frozen=True)
class Rule:
    """`kind` is one of KINDS, `outcome` hold or spam."""

    id: int
    kind: str
    pattern: str
    outcome: str


class BadPattern(ValueError):
    """The pattern does not fit its kind; the message says what does."""


def phrase(pattern: str, draft: Draft) -> str | None:
    """The words as they stand in the name or the text, whole words only, accents and case folded."""
    found = phrase_pattern(pattern).search(folded(f"{draft.name}\n{draft.text}"))
    return found[0] if found else None


@lru_cache(maxsize=2000)
def phrase_pattern(pattern: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in folded(pattern).split())
    return re.compile(rf"(?<!\w){words}(?!\w)")


@lru_cache(maxsize=100)
def folded(text: str) -> str:
    """Case and accents taken off, compatibility forms made plain, zero-width characters gone."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain if unicodedata.category(c) not in ("Mn", "Me", "Cf"))


def link_host(pattern: str, draft: Draft) -> str | None:
    """A link to this host or below it, compared by whole labels after IDNA."""
    wanted = ascii_host(pattern)
    return next((h for h in hosts(draft) if h == wanted or h.endswith(f".{wanted}")), None)


def hosts(draft: Draft) -> Iterable[str]:
    """Of every address as it was typed, and as it leads somewhere from the finished comment."""
    for url in (*LINK.findall(f"{draft.text} {draft.html}"), draft.url):
        try:
            host = urlsplit(url).hostname or ""
        except ValueError:
            continue
        if 0 < len(host) <= LONGEST_HOST:
            yield ascii_host(host)


@lru_cache(maxsize=2000)
def ascii_host(host: str) -> str:
    """One spelling of a host, however it was written: capitals, punycode, a dot at its end."""
    plain = host.strip().strip(".").lower()
    try:
        return ".".join(map(readable, plain.split("."))).encode("idna").decode().lower()
    except UnicodeError:
        return plain


def readable(label: str) -> str:
    """Out of punycode, since older and newer rules disagree on how to get into it."""
    return label[4:].encode().decode("punycode") if label.startswith("xn--") else label


def links_over(pattern: str, draft: Draft) -> str | None:
    return str(draft.links) if draft.links > int(pattern) else None


def network(pattern: str, draft: Draft) -> str | None:
    """The sender's address lies in this network. Told is only the part of it that may be kept."""
    address = parsed(draft.origin.address)
    if address is None:
        return None
    wanted = ip_network(pattern, strict=False)
    met = address.version == wanted.version and address in wanted
    return kept_network(draft.origin.address) if met else None


def email_domain(pattern: str, draft: Draft) -> str | None:
    """The address is at this domain or below it."""
    domain = ascii_host(draft.email.rpartition("@")[2])
    wanted = ascii_host(pattern)
    return domain if domain == wanted or domain.endswith(f".{wanted}") else None


Matcher = Callable[[str, Draft], str | None]
KINDS: Mapping[str, Matcher] = {
    "phrase": phrase,
    "link_host": link_host,
    "links_over": links_over,
    "network": network,
    "email_domain": email_domain,
}


def match(rule: Rule, draft: Draft) -> str | None:
    """What in the draft meets the rule, in its own words; None where nothing does."""
    return KINDS[rule.kind](rule.pattern, draft)


def checked(kind: str, pattern: str) -> str:
    """The pattern, tidied; raises BadPattern where it does not fit its kind."""
    tidy = " ".join(pattern.split())
    if not tidy or (kind == "phrase" and not folded(tidy).strip()):
        raise BadPattern("the pattern is empty")
    if len(tidy) > LONGEST_PATTERN:
        raise BadPattern(f"a pattern has at most {LONGEST_PATTERN} characters")
    if kind == "links_over" and not (tidy.isascii() and tidy.isdigit()):
        raise BadPattern("links_over takes a number")
    if kind == "network":
        return network_text(tidy)
    if kind in ("link_host", "email_domain") and not is_domain(tidy):
        raise BadPattern(f"{kind} takes a domain, like example.com")
    return tidy


def is_domain(text: str) -> bool:
    return "." in text and all(LABEL.fullmatch(label) for label in ascii_host(text).split("."))


def network_text(text: str) -> str:
    try:
        return str(ip_network(text, strict=False))
    except ValueError:
        raise BadPattern("network takes an address or a network, like 192.0.2.0/24") from None
