"""Dates as people read them: absolute in the page's bytes, a script makes them relative."""

from datetime import datetime
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_datetime
from babel.dates import get_timezone as named_timezone
from flask_babel import get_timezone
from markupsafe import Markup

from .texts import language

PATTERNS = {"nl": "d MMMM y 'om' HH:mm", "en": "d MMMM y 'at' HH:mm"}
"""Where we want it otherwise than the language's own custom has it."""


def when(at: datetime, prop: str = "") -> Markup:
    """`<time>` with the absolute date in the language and the time zone of the request.

    `prop` is what the date is of the thing around it, for machines: `datePublished`.
    """
    return element(at.replace(second=0, microsecond=0), language(), str(get_timezone()), prop)


@lru_cache(maxsize=10_000)
def element(at: datetime, code: str, zone: str, prop: str = "") -> Markup:
    said = format_datetime(at, pattern(code), tzinfo=named_timezone(zone), locale=code)
    mark = Markup(' itemprop="{}"').format(prop) if prop else ""
    return Markup('<time datetime="{}"{}>{}</time>').format(f"{at:%Y-%m-%dT%H:%M}Z", mark, said)


@cache
def pattern(code: str) -> str:
    """The long date and the short time of a language, put together as it does."""
    if code in PATTERNS:
        return PATTERNS[code]
    locale = Locale.parse(code)
    parts = locale.time_formats["short"].pattern, locale.date_formats["long"].pattern
    return str(locale.datetime_formats["long"]).format(*parts)
