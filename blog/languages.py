"""Which languages the site speaks, and in which of them a request is answered."""

from collections.abc import Sequence
from functools import cache, lru_cache

from babel import Locale
from flask import request
from werkzeug.http import parse_accept_header

from .discussion import Catalogue, SettingError

BRITISH = "en_GB"
"""Of the English, those who put the day before the month, as the rest of the site does."""


def spoken(first: str, everything: Sequence[Catalogue]) -> tuple[str, ...]:
    """Those in which every part has its texts, the site's own first; raises SettingError without that."""
    found = set.intersection(*(set(catalogue.languages()) for catalogue in everything))
    if first not in found:
        raise SettingError(f"WEERWOORD_LANGUAGE is {first!r}; it may be {', '.join(sorted(found))}")
    return (first, *sorted(found - {first}))


def asked(languages: tuple[str, ...], by_browser: bool) -> str:
    """That of the address; else, where the site lets him, what the reader's browser wishes; else the site's."""
    given = request.args.get("lang", "") if request else ""
    if given in languages:
        return given
    if by_browser and request:
        return wished(request.headers.get("Accept-Language", ""), languages)
    return languages[0]


@lru_cache(maxsize=500)
def wished(header: str, languages: tuple[str, ...]) -> str:
    """The first wish that can be met: `en-GB` by `en`. Browsers send a handful of different headers."""
    wishes = (wish.partition("-")[0].lower() for wish, much in parse_accept_header(header) if much)
    return next((wish for wish in wishes if wish in languages), languages[0])


@cache
def locale_of(code: str) -> Locale:
    """Read once: each request asks."""
    return Locale.parse(BRITISH if code == "en" else code)


@cache
def name_of(code: str) -> str:
    """What those who speak it call it, as it stands alone."""
    name = Locale.parse(code).get_display_name(code) or code
    return name[:1].upper() + name[1:]
