"""Keys: e-mail at rest is sealed, look-ups use keyed hashes; no key ever has a default."""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field

from cryptography.fernet import Fernet, InvalidToken


class BadKey(ValueError):
    """A key that is missing or of the wrong form; the message never holds the key."""


@dataclass(frozen=True)
class Keys:
    """`data` maps key ids to Fernet keys, newest first; `lookup` keys the hashes."""

    data: dict[str, Fernet] = field(repr=False)
    lookup: bytes = field(repr=False)

    def seal(self, text: str) -> str:
        """`id:token` under the newest key; an empty text stays empty."""
        if not text:
            return ""
        name, key = next(iter(self.data.items()))
        return f"{name}:{key.encrypt(text.encode()).decode()}"

    def open(self, sealed: str) -> str:
        """The text of a seal; raises BadKey where its key is gone or it was altered."""
        if not sealed:
            return ""
        name, _, token = sealed.partition(":")
        try:
            return self.data[name].decrypt(token.encode()).decode()
        except (KeyError, InvalidToken):
            raise BadKey(f"no key opens what was sealed under {name!r}") from None

    def digest(self, purpose: str, text: str) -> str:
        """128 bits of HMAC-SHA-256, hexadecimal; empty for an empty text."""
        return self.raw(purpose, text).hex() if text else ""

    def raw(self, purpose: str, text: str) -> bytes:
        message = f"{purpose}\0{text}".encode(errors="surrogatepass")
        return hmac.new(self.lookup, message, hashlib.sha256).digest()[:16]


def parse(data_keys: str, lookup_key: str) -> Keys:
    """Keys from the settings DATA_KEYS (`id:key,id:key`) and LOOKUP_KEY."""
    pairs = [part.partition(":") for part in data_keys.split(",") if part.strip()]
    if not pairs or not lookup_key:
        raise BadKey("DATA_KEYS and LOOKUP_KEY must both be set")
    try:
        data = {name.strip(): Fernet(key.strip()) for name, _, key in pairs}
    except ValueError:
        raise BadKey("DATA_KEYS takes id:key with keys of 32 bytes in url-safe base64") from None
    if "" in data or len(data) < len(pairs):
        raise BadKey("DATA_KEYS takes each id once, and none that is empty")
    return Keys(data, lookup_key.encode())


def fresh(random_bytes: bytes) -> str:
    """A data key from 32 random bytes, as DATA_KEYS takes it."""
    return "1:" + base64.urlsafe_b64encode(random_bytes).decode()


def address_key(email: str) -> str:
    """The form of an e-mail address in which two spellings of it are the same."""
    return email.strip().casefold()
