"""The form of a name in which look-alikes are the same: `Ada`, `ÁDA` and `Аda` with a Cyrillic А; pure."""

import unicodedata

LOOK_ALIKES = {
    # Greek and Cyrillic capitals look like other letters than their small ones do
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ": "abezhikmnoptyx",
    "АВЕЅІЈКМНОРСТУХҮԌԚԜ": "abesijkmhopctyxygqw",
    # their small letters
    "αβγεζηικμνορτυχω": "abyeznikuvoptuxw",
    "авеёіїјкӏмнорсѕтуүхһьԁԛԝґғқңө": "abeeiijklmhopcstyyxhbdqwrfkho",
    # Armenian
    "օոսհցզյ": "onuhgqj",
    # Latin letters that no decomposition makes plain
    "ıɩɨɑɐɡłɫøđðħŧʉƒȷŋĸþ": "iiiaaglloddhtufjnkp",
    "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ": "abcdefghijklmnoprstuvwyz",
    # figures and signs that stand for letters
    "01345789@$€!|": "oieastbgaseil",
    # whoever looks at l, I and 1 side by side sees one letter
    "l": "i",
}
ONE_BY_ONE = {a: b for many, plain in LOOK_ALIKES.items() for a, b in zip(many, plain, strict=True)}
TABLE = str.maketrans({**ONE_BY_ONE, "ß": "ss", "æ": "ae", "œ": "oe"})


def skeleton(name: str) -> str:
    """Letters and digits only, without case, accents or look-alikes; empty where there are none."""
    apart = unicodedata.normalize("NFKD", name).translate(TABLE)
    plain = "".join(c for c in apart if not unicodedata.combining(c)).casefold()
    # twice, since what looks like an l is then looked at again
    return "".join(c for c in plain.translate(TABLE).translate(TABLE) if c.isalnum())[:300]
