"""Dates as people read them: absolute in the page's bytes, a script makes them relative."""

from datetime import datetime
from functools import lru_cache

from babel.dates import format_datetime
from babel.dates import get_timezone as named_timezone
from flask_babel import get_timezone
from markupsafe import Markup

from .texts import language

PATTERNS = {"nl": "d MMMM y 'om' HH:mm", "en": "d MMMM y 'at' HH:mm"}


def when(at: datetime) -> Markup:
    """`<time>` with the absolute date in the language and the time zone of the request."""
    return element(at.replace(second=0, microsecond=0), language(), str(get_timezone()))


@lru_cache(maxsize=10_000)
def element(at: datetime, code: str, zone: str) -> Markup:
    pattern = PATTERNS.get(code, "d MMMM y HH:mm")
    said = format_datetime(at, pattern, tzinfo=named_timezone(zone), locale=code)
    return Markup('<time datetime="{}">{}</time>').format(f"{at:%Y-%m-%dT%H:%M}Z", said)
