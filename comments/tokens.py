"""Signed tokens without state: the form's, and a reader's receipt for his own comment."""

from dataclasses import dataclass
from datetime import datetime

from itsdangerous import BadSignature, URLSafeSerializer

HOUR = 3600
FORM_HOURS = 24


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

    def signer(self, purpose: str) -> URLSafeSerializer:
        return URLSafeSerializer(self.secret, salt=f"weerwoord.{purpose}")
