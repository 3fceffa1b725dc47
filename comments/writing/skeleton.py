"""The form of a name in which look-alikes are the same: `Ada`, `ÁDA` and `Аda` with a Cyrillic А; pure."""

import unicodedata

LOOK_ALIKES = str.maketrans(
    {
        # Cyrillic
        **dict(zip("авеёіјкмнорсѕтухԁԛԝһӏ", "abeeijkmhopcstyxdqwhl", strict=True)),
        # Greek
        **dict(zip("αβεηικνορτυχγω", "abenikvoptuxyw", strict=True)),
        # Latin and figures
        **dict(zip("ıɩɑɡłøđ013", "iiagloDoie".lower(), strict=True)),
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "|": "l",
    }
)


def skeleton(name: str) -> str:
    """Letters and digits only, without case, accents or look-alikes; empty where there are none."""
    apart = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in apart if not unicodedata.combining(c)).casefold()
    plain = plain.translate(LOOK_ALIKES)
    return "".join(c for c in plain if c.isalnum())[:300]
