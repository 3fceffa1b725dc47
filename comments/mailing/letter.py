"""A letter and the message that it becomes; whatever stands in it, it stays one message to one person."""

import re
import unicodedata
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any, Protocol
from urllib.parse import quote

from email_validator import EmailNotValidError, validate_email

from ..settings import SettingError

HOST = re.compile(r"(?!-)[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
ATOM = r"[^\s\x00-\x20\x7f-\x9f\ud800-\udfff()<>\[\]:;@\\,\".]+"
LOCAL = re.compile(rf"{ATOM}(\.{ATOM})*")
LOCAL_LIMIT, DOMAIN_LIMIT = 64, 253
TURNS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Invisible characters that turn the direction of a line."""
SUBJECT_LIMIT, NAME_LIMIT = 200, 80
WORD = 9
"""Characters that fit into one encoded word, whatever they are: it has at most 75, its line 76."""
ID = re.compile(r"[^A-Za-z0-9.@_-]")
IN_URL = "%/:?#[]@!$&'()*+,;=~"


class BadAddress(ValueError):
    """Nobody can be reached there; the message never holds the address."""


@dataclass(frozen=True)
class Sender:
    """Whom letters come from."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


@dataclass(frozen=True)
class Letter:
    """One letter to one person. `message_id` and `references` are `name@host`, without brackets.

    `list_unsubscribe` is the address that ends these letters by one POST, or nothing.
    """

    to: str
    subject: str
    text: str
    html: str
    message_id: str
    language: str = ""
    references: tuple[str, ...] = ()
    list_id: str = ""
    list_unsubscribe: str = ""


@dataclass(frozen=True)
class Written:
    """What a template made, and the language that it is in."""

    subject: str
    text: str
    html: str
    language: str


class Write(Protocol):
    def __call__(self, name: str, language: str, values: Mapping[str, object]) -> Written:
        """The letter `templates/mail/<name>` in a language; the site's own where that is not there."""


class AsItStands(EmailPolicy):
    """Leaves the lines of the head as they were made here.

    The library would fold or encode a long address or id, which no reader's program finds again,
    and puts a space before a long subject.
    """

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        return super().header_store_parse(name, value) if name in OF_CONTENT else (name, value)


OF_CONTENT = frozenset({"Content-Type", "Content-Transfer-Encoding", "MIME-Version"})
POLICY = AsItStands(linesep="\r\n", refold_source="none")


def as_message(letter: Letter, sender: Sender, now: datetime) -> EmailMessage:
    """Raises BadAddress where the letter can reach nobody."""
    to = address(letter.to)
    message = EmailMessage(POLICY if to.isascii() else POLICY.clone(utf8=True))
    message["From"] = from_line(sender)
    message["To"] = to
    message["Subject"] = words(one_line(letter.subject, SUBJECT_LIMIT))
    message["Date"] = format_datetime(now)
    message["Message-ID"] = bracketed(letter.message_id)
    message.set_content(body(letter.text), cte="quoted-printable")
    message.add_alternative(body(letter.html), subtype="html", cte="quoted-printable")
    for name, value in more_headers(letter).items():  # last: parts take what is of the content
        message[name] = value
    return message


def more_headers(letter: Letter) -> dict[str, str]:
    """Those that not every letter has, and those that keep other people's machines from answering."""
    found = {"Auto-Submitted": "auto-generated"}
    if letter.language:
        found["Content-Language"] = ID.sub("", letter.language)
    if letter.references:
        found["In-Reply-To"] = bracketed(letter.references[-1])
        found["References"] = " ".join(map(bracketed, letter.references))
    if letter.list_id:
        found["List-Id"] = bracketed(letter.list_id)
    if letter.list_unsubscribe:
        found["List-Unsubscribe"] = f"<{quote(letter.list_unsubscribe, IN_URL, errors='replace')}>"
        found["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return found


def address(text: str) -> str:
    """An address as it travels: its domain in ASCII, nothing quoted; raises BadAddress."""
    local, _, domain = text.strip().rpartition("@")
    if not LOCAL.fullmatch(local) or len(local.encode()) > LOCAL_LIMIT:
        raise BadAddress("this is no address that a letter can go to")
    return f"{local}@{ascii_domain(domain)}"


def ascii_domain(domain: str) -> str:
    """Names of the own network are as good as those of the whole world."""
    if HOST.fullmatch(domain) and len(domain) <= DOMAIN_LIMIT:
        return domain.lower()
    try:
        return validate_email(f"x@{domain}", check_deliverability=False).ascii_domain
    except EmailNotValidError:
        raise BadAddress("this is no domain that a letter can go to") from None


def from_line(sender: Sender) -> str:
    name = one_line(sender.name, NAME_LIMIT).replace("\\", "").replace('"', "’")
    said = words(name)
    if not name:
        return sender.address
    return f'"{said}" <{sender.address}>' if said == name else f"{said} <{sender.address}>"


def words(text: str) -> str:
    """Plain ASCII as it is, all else as words of RFC 2047, each on a line of its own."""
    if text.isascii() and "=?" not in text:
        return text
    parts = (text[start : start + WORD] for start in range(0, len(text), WORD))
    return "\r\n ".join(f"=?utf-8?b?{b64encode(part.encode()).decode()}?=" for part in parts)


def one_line(text: str, limit: int) -> str:
    """What a header may hold: no line breaks, nothing invisible that misleads, not too long."""
    plain = "".join(" " if misleads(sign) else sign for sign in text[: 2 * limit])
    line = " ".join(plain.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def misleads(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") or sign in TURNS


def bracketed(name: str) -> str:
    return f"<{ID.sub('', name)}>"


def body(text: str) -> str:
    """Lone surrogates cannot travel; neither can control characters beside tabs and line ends."""
    lines = text.encode(errors="replace").decode().splitlines()
    return "\n".join("".join(map(visible, line)) for line in lines) + "\n"


def visible(sign: str) -> str:
    return sign if sign == "\t" or unicodedata.category(sign) != "Cc" else " "


def sender_of(text: str) -> Sender:
    """`Name <address>` or an address alone; raises SettingError."""
    name, bracket, rest = text.strip().rpartition("<")
    bare = rest.removesuffix(">") if bracket else rest
    try:
        found = address(bare)
    except BadAddress:
        found = ""
    if not found.isascii() or not found or bool(bracket) != rest.endswith(">"):
        raise SettingError("WEERWOORD_MAIL_FROM takes an address or `Name <address>`")
    return Sender(one_line(name.strip().strip('"'), NAME_LIMIT), found)
