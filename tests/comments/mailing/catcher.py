"""A real mail server on loopback that keeps what it is given, and can be made to behave badly."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from ssl import SSLContext
from threading import Condition
from typing import Any, Literal

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

Mode = Literal[
    "well", "refuses", "later", "refuses_us", "distrusts_us", "refuses_text", "drops", "slow"
]
USER, PASSWORD = "brievenbus", "geheim/van#de:bus @e"
PATIENCE = 10.0
LATE = 3.0


class Catcher:
    """`letters` are those that it took, `envelopes` (from, to) theirs; `mode` may change at any time.

    With `refuses` the recipient is refused for good, with `later` for now, with `refuses_us` because of
    who sends, as with `distrusts_us`; `refuses_text` refuses the letter itself, `drops` hangs up, `slow`
    answers when nobody waits any more.
    """

    def __init__(self) -> None:
        self.mode: Mode = "well"
        self.raw: list[bytes] = []
        self.envelopes: list[tuple[str, str]] = []
        self.signed_in: list[str] = []
        self.arrival = Condition()
        self.port = 0

    @property
    def url(self) -> str:
        """As MAIL_URL takes it."""
        return f"smtp://127.0.0.1:{self.port}?tls=none"

    @property
    def letters(self) -> list[EmailMessage]:
        return [as_read(raw) for raw in self.raw]

    def wait_for(self, count: int) -> list[EmailMessage]:
        """All letters, once there are so many; fails after ten seconds."""
        with self.arrival:
            arrived = self.arrival.wait_for(lambda: len(self.raw) >= count, PATIENCE)
        assert arrived, f"{len(self.raw)} of {count} letters came"
        return self.letters

    def to(self, address: str) -> list[EmailMessage]:
        """The letters to one person, oldest first."""
        return [letter for letter in self.letters if letter["To"] == address]

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, to: str, options: list[str]
    ) -> str:
        if self.mode == "refuses":
            return f"550 5.1.1 <{to}> is unknown here"
        if self.mode == "refuses_us":
            return "530 5.7.0 sign in first"
        if self.mode == "distrusts_us":
            return "550 5.7.1 your network is on a list"
        if self.mode == "later":
            return f"451 4.2.0 <{to}> has no room just now"
        if self.mode == "drops" and server.transport:
            server.transport.close()
        if self.mode == "slow":
            await asyncio.sleep(LATE)
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.mode == "refuses_text":
            return "554 5.6.0 this is not taken here"
        assert isinstance(envelope.content, bytes)
        with self.arrival:
            self.raw.append(envelope.content)
            self.envelopes.append((envelope.mail_from or "", ", ".join(envelope.rcpt_tos)))
            self.arrival.notify_all()
        return "250 OK"

    def let_in(
        self, server: SMTP, session: Session, envelope: Envelope, how: str, who: Any
    ) -> AuthResult:
        fits = isinstance(who, LoginPassword) and (who.login, who.password) == (
            USER.encode(),
            PASSWORD.encode(),
        )
        if fits:
            self.signed_in.append(how)
        return AuthResult(success=fits, handled=False)


class Door(Controller):
    """The server behind a door of its own choice."""

    def _trigger_server(self) -> None:
        """The port is known once the door is open; then somebody knocks, as is usual here."""
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def catching(
    tls: SSLContext | None = None, implicit: bool = False, **options: Any
) -> Iterator[Catcher]:
    """A catcher that listens; with `tls` it asks for STARTTLS, or speaks TLS from the first byte."""
    catcher = Catcher()
    secured: dict[str, Any] = {"ssl_context": tls} if implicit else {"tls_context": tls}
    door = Door(
        catcher,
        hostname="127.0.0.1",
        port=0,
        authenticator=catcher.let_in,
        auth_require_tls=False,
        **{"enable_SMTPUTF8": True, **secured, **options},
    )
    door.start()
    catcher.port = door.port
    try:
        yield catcher
    finally:
        door.stop()


def as_read(raw: bytes) -> EmailMessage:
    found = message_from_bytes(raw, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def text_of(letter: EmailMessage) -> str:
    return part_of(letter, "plain")


def html_of(letter: EmailMessage) -> str:
    return part_of(letter, "html")


def part_of(letter: EmailMessage, kind: str) -> str:
    part = letter.get_body((kind,))
    assert part is not None, f"the letter has no {kind} part"
    return str(part.get_content()).replace("\r\n", "\n")
