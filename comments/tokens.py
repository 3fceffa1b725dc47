"""Signed tokens without state: the form's, a reader's receipt for his own comment, and mailed links."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

from itsdangerous import BadSignature, URLSafeSerializer

HOUR = 3600
FORM_HOURS = 24
CONFIRM_DAYS = 7


@dataclass(frozen=True)
class Confirmation:
    """What a mailed link confirms: an address, with it a comment (0: none) and a wish to follow.

    The address is sealed in the link itself: before it is confirmed nobody else may keep it.
    """

    email_sealed: str
    comment_id: int = 0
    thread_key: str = ""
    scope: str = ""
    language: str = ""


@dataclass(frozen=True)
class Stop:
    """What a link in a letter ends: that a mailbox follows one thread, or all that it hears daily (0)."""

    email_hash: str
    thread_id: int = 0
    scope: str = ""


Again = tuple[int, str, str]
"""Thread, scope and rhythm of what was followed before, and may be once more."""


@dataclass(frozen=True)
class Tokens:
    """`now` is given to each call, so that the same hour makes the same bytes for every reader."""

    secret: str

    def form(self, key: str, now: datetime) -> str:
        return self.signer("form").dumps([key, int(now.timestamp()) // HOUR])

    def form_holds(self, token: str, key: str, now: datetime) -> bool:
        """Signed by us, for this thread, at most a day ago; an hour ahead is a clock's skew."""
        try:
            signed_key, hour = self.signer("form").loads(token)
        except (BadSignature, ValueError, TypeError):
            return False
        age = int(now.timestamp()) // HOUR - hour
        return bool(signed_key == key and -1 <= age <= FORM_HOURS)

    def receipt(self, comment_id: int, now: datetime) -> str:
        return self.signer("receipt").dumps([comment_id, int(now.timestamp())])

    def receipt_of(self, token: str, now: datetime, days: int) -> int | None:
        """The comment that this receipt is for; None where it is forged or too old."""
        try:
            comment_id, at = self.signer("receipt").loads(token)
        except (BadSignature, ValueError, TypeError):
            return None
        fresh = int(now.timestamp()) - at <= days * 24 * HOUR
        return comment_id if fresh and isinstance(comment_id, int) else None

    def confirm(self, asked: Confirmation, now: datetime) -> str:
        return self.signer("confirm").dumps([*astuple(asked), int(now.timestamp())])

    def confirm_of(self, token: str, now: datetime) -> Confirmation | None:
        """What this link confirms; None where it is forged or older than a week."""
        try:
            *asked, at = self.signer("confirm").loads(token)
            found, age = Confirmation(*asked), aged(at, now)
        except (BadSignature, ValueError, TypeError):
            return None
        return found if age <= CONFIRM_DAYS * 24 * HOUR else None

    def me(self, email_sealed: str, now: datetime) -> str:
        return self.signer("me").dumps([email_sealed, int(now.timestamp())])

    def me_of(self, token: str, now: datetime, hours: int) -> str | None:
        """The sealed address whose own page this link opens; None where it is forged or too old."""
        try:
            email_sealed, at = self.signer("me").loads(token)
            age = aged(at, now)
        except (BadSignature, ValueError, TypeError):
            return None
        return str(email_sealed) if age <= hours * HOUR else None

    def move(self, old_sealed: str, new_sealed: str, now: datetime) -> str:
        return self.signer("move").dumps([old_sealed, new_sealed, int(now.timestamp())])

    def move_of(self, token: str, now: datetime, hours: int) -> tuple[str, str] | None:
        """The sealed addresses, old and new, of somebody who moves; None where it is forged or too old."""
        try:
            old, new, at = self.signer("move").loads(token)
            age = aged(at, now)
        except (BadSignature, ValueError, TypeError):
            return None
        return (str(old), str(new)) if age <= hours * HOUR else None

    def stop(self, what: Stop) -> str:
        """Holds for ever, as letters are kept."""
        return self.signer("stop").dumps(astuple(what))

    def stop_of(self, token: str) -> Stop | None:
        try:
            return Stop(*self.signer("stop").loads(token))
        except (BadSignature, ValueError, TypeError):
            return None

    def again(self, email_hash: str, before: Sequence[Again]) -> str:
        return self.signer("again").dumps([email_hash, before])

    def again_of(self, token: str, email_hash: str) -> Sequence[Again]:
        """What this mailbox followed before; nothing where it is forged or another's."""
        try:
            signed_hash, before = self.signer("again").loads(token)
        except (BadSignature, ValueError, TypeError):
            return ()
        return [tuple(one) for one in before] if signed_hash == email_hash else ()

    def signer(self, purpose: str) -> URLSafeSerializer:
        return URLSafeSerializer(self.secret, salt=f"weerwoord.{purpose}")


def aged(at: int, now: datetime) -> int:
    """Seconds since a token was signed."""
    return int(now.timestamp()) - at
