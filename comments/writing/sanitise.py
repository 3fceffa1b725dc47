"""Cleans HTML with bleach and lets nh3 judge the result; it stores and logs nothing."""

import re
import threading
from collections.abc import Iterator
from functools import partial
from html import unescape

import nh3
from bleach.html5lib_shim import HTML_TAGS
from bleach.sanitizer import Cleaner

from .body import Body, judged
from .policy import Policy

Outline = list[tuple[str, list[tuple[str, str]]]]

TAG = re.compile(r'<(/?[a-z][a-z0-9]*)((?: [a-z]+="[^"]*")*)>|<')
_INVENTED = re.compile(r"<(?=/?([a-zA-Z][^\s/<>]*))")
_KNOWN = HTML_TAGS | {"big", "center", "font", "nobr"}
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_VALUES = {
    "start": re.compile(r"\d{1,9}", re.ASCII),
    "width": re.compile(r"\d{1,4}", re.ASCII),
    "height": re.compile(r"\d{1,4}", re.ASCII),
    "colspan": re.compile(r"[1-9]\d?", re.ASCII),
    "rowspan": re.compile(r"[1-9]\d?", re.ASCII),
    "scope": re.compile(r"(?:row|col)(?:group)?"),
}


def clean(html: str, policy: Policy) -> tuple[str, bool]:
    """The HTML that the policy allows, and whether nh3 would leave it as it is."""
    cleaner, witness = _tools(policy)
    if policy.unwraps:
        html = witness.clean(_INVENTED.sub(_escaped, html))
    cleaned = cleaner.clean(html)
    return cleaned, _agreed(cleaned, witness.clean(cleaned))


def _escaped(tag: re.Match[str]) -> str:
    """`vul <naam> in` is no tag of any HTML: it stays readable."""
    return "<" if tag[1].lower() in _KNOWN else "&lt;"


class _PerThread(threading.local):
    """A bleach cleaner keeps state while it works: threads that share one get each other's text."""

    def __init__(self) -> None:
        self.tools: dict[Policy, tuple[Cleaner, nh3.Cleaner]] = {}


_per_thread = _PerThread()


def _tools(policy: Policy) -> tuple[Cleaner, nh3.Cleaner]:
    if policy not in _per_thread.tools:
        _per_thread.tools[policy] = (_cleaner(policy), _witness(policy))
    return _per_thread.tools[policy]


def _cleaner(policy: Policy) -> Cleaner:
    cleaner = Cleaner(
        tags=policy.tags,
        attributes=partial(_allowed, policy),
        protocols={"http", "https", "mailto"},
        filters=[partial(Body, policy=policy)],
    )
    # with single quotes around a value bleach's serializer forgets to undo its escaping
    cleaner.serializer.use_best_quote_char = False
    return cleaner


def _witness(policy: Policy) -> nh3.Cleaner:
    attributes: dict[str, set[str]] = {tag: set(names) for tag, names in policy.attributes.items()}
    return nh3.Cleaner(
        tags=set(policy.tags),
        attributes={**attributes, "*": set()},
        url_schemes={"http", "https", "mailto"},
        url_relative="pass_through" if policy.local else "deny",
        link_rel=None,
    )


def _allowed(policy: Policy, tag: str, name: str, value: str) -> bool:
    if name not in policy.attributes.get(tag, ()):
        return False
    if name in ("href", "src"):
        return judged(name, value, policy) is not None
    return name not in _VALUES or _VALUES[name].fullmatch(value) is not None


def _agreed(cleaned: str, witnessed: str) -> bool:
    """Both hold the same tags with the same attributes, and nothing else that begins a tag."""
    outline = _outline(cleaned)
    return outline is not None and outline == _outline(witnessed)


def _outline(html: str) -> Outline | None:
    tags = [(tag[1], tag[2]) for tag in TAG.finditer(html)]
    if any(name is None for name, _ in tags):
        return None
    return [(name, sorted(_pairs(attributes))) for name, attributes in tags]


def _pairs(attributes: str) -> Iterator[tuple[str, str]]:
    return ((name, unescape(value)) for name, value in _ATTRIBUTE.findall(attributes))
