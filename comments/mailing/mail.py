"""The road on which letters leave: a mail server, or a folder where there is none; decides nothing.

What goes wrong is told by its kind and code alone: a server's words hold people's addresses.
"""

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from ..outbox import Later
from .letter import BadAddress, Letter, Sender, Write, as_message, sender_of
from .settings import MailSettings, Server, server_at

OURS = frozenset({530, 534, 535, 538})
"""What a server says to us rather than of the letter: somebody must mend the settings."""
POLICY = b"5.7."
"""So does what it says of whom it trusts (RFC 3463): it is no word on this reader."""


class Refused(Exception):
    """This letter will never arrive: nobody is at that address, or the server does not take it."""


class Post(Protocol):
    """`send` raises Refused, or `outbox.Later` where it may go better another time."""

    @property
    def sender(self) -> Sender: ...

    def send(self, letter: Letter, now: datetime) -> None: ...

    def look(self) -> str:
        """Whether letters could leave, sending none: what is there, in a line; raises Later."""


@dataclass(frozen=True)
class PostRoom:
    """What a site with mail has: the road on which letters leave, and who writes them."""

    road: Post
    write: Write


@dataclass(frozen=True)
class SmtpPost:
    """A connection for each letter. `seconds` bounds each step, so that all of them fit a lease."""

    server: Server
    sender: Sender
    seconds: float = 10.0
    trusted: ssl.SSLContext | None = field(default=None, repr=False)

    def send(self, letter: Letter, now: datetime) -> None:
        message = message_of(letter, self.sender, now)
        with told_apart(), self.connected() as smtp:
            try:
                smtp.send_message(message, self.sender.address, str(message["To"]))
            except smtplib.SMTPNotSupportedError:
                raise Refused("the mail server takes no such address") from None

    def look(self) -> str:
        with told_apart(), self.connected() as smtp:
            code, _ = smtp.noop()
        if code >= 400:
            raise Later(f"the mail server says {code}")
        return f"{self.server.host}:{self.server.port} answers ({self.server.tls})"

    @contextmanager
    def connected(self) -> Iterator[smtplib.SMTP]:
        """Greeted, behind TLS and signed in, as the settings say; what was sent stands, however it ends."""
        smtp = self.opened()
        try:
            smtp.ehlo_or_helo_if_needed()
            if self.server.tls == "starttls":
                smtp.starttls(context=self.context)
                smtp.ehlo()
            if self.server.user:
                smtp.login(self.server.user, self.server.password)
            yield smtp
            with suppress(smtplib.SMTPException, OSError):
                smtp.quit()
        finally:
            smtp.close()

    def opened(self) -> smtplib.SMTP:
        server, name = self.server, self.sender.domain
        if server.tls == "tls":
            return smtplib.SMTP_SSL(
                server.host, server.port, name, timeout=self.seconds, context=self.context
            )
        return smtplib.SMTP(server.host, server.port, name, timeout=self.seconds)

    @cached_property
    def context(self) -> ssl.SSLContext:
        return self.trusted or ssl.create_default_context()


def message_of(letter: Letter, sender: Sender, now: datetime) -> EmailMessage:
    try:
        return as_message(letter, sender, now)
    except BadAddress as error:
        raise Refused(str(error)) from None


@contextmanager
def told_apart() -> Iterator[None]:
    """What is final of a letter, and what may go better another time."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        raise refusal(*next(iter(error.recipients.values()))) from None
    except smtplib.SMTPDataError as error:
        raise refusal(error.smtp_code, error.smtp_error) from None
    except smtplib.SMTPResponseException as error:
        raise Later(f"the mail server says {error.smtp_code}") from None
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise Later(f"the mail server cannot be used ({type(error).__name__})") from None


def refusal(code: int, said: bytes | str) -> Exception:
    words = said.encode() if isinstance(said, str) else said
    final = 500 <= code < 600 and code not in OURS and not words.startswith(POLICY)
    return (Refused if final else Later)(f"the mail server says {code}")


@dataclass(frozen=True)
class FolderPost:
    """Writes each letter into a file that only we may read, for whoever sets a site up."""

    folder: Path
    sender: Sender

    def send(self, letter: Letter, now: datetime) -> None:
        message = message_of(letter, self.sender, now)
        self.keep(self.name(letter, now), message.as_bytes())

    def look(self) -> str:
        self.keep(".look", b"")
        (self.folder / ".look").unlink(missing_ok=True)
        return f"letters are written to {self.folder} and reach nobody: no MAIL_URL is set"

    def name(self, letter: Letter, now: datetime) -> str:
        mark = sha256(letter.message_id.encode(errors="replace")).hexdigest()[:12]
        return f"{now.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}-{mark}.eml"

    def keep(self, name: str, content: bytes) -> None:
        """Whoever looks finds the whole letter or none."""
        part = self.folder / f".{name}.{os.getpid()}"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            part.unlink(missing_ok=True)
            write_for_us_alone(part, content)
            part.replace(self.folder / name)
        except OSError as error:
            why = f"letters cannot be written to {self.folder} ({type(error).__name__})"
            raise Later(why) from None


def write_for_us_alone(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)


def post_for(settings: MailSettings, folder: Path) -> Post:
    """The road that the settings name, `folder` where they name none; raises SettingError."""
    sender = sender_of(settings.sender)
    if settings.url:
        return SmtpPost(server_at(settings.url), sender)
    return FolderPost(settings.folder or folder, sender)
