"""Keyed hashes under the server's secret: stored secrets, directory keys, sealed numbers."""

import base64
import binascii
import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_WRAPPED = "w1."
"""Before everything that is wrapped: another way of wrapping will have another sign."""


class Vault:
    """Derives one key per purpose from the server's secret, so that no hash serves two purposes."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._keys: dict[str, bytes] = {}

    def key(self, purpose: str) -> bytes:
        """The 32-byte key of this purpose."""
        if purpose not in self._keys:
            self._keys[purpose] = hmac.digest(self._secret, b"peergroup/" + purpose.encode(), "sha256")
        return self._keys[purpose]

    def hash(self, purpose: str, value: str) -> str:
        """HMAC-SHA256 in hexadecimal: 64 characters."""
        return hmac.digest(self.key(purpose), value.encode("utf-8", "surrogatepass"), "sha256").hex()

    def matches(self, purpose: str, value: str, stored: str) -> bool:
        """Whether `stored` is the hash of `value`, compared in constant time."""
        return hmac.compare_digest(self.hash(purpose, value), stored)

    def wrap(self, purpose: str, about: str, secret: bytes) -> str:
        """A secret for keeping in the database: only who holds the server's secret opens it again.

        AES-GCM under the key of the purpose, bound to the thing it is about.
        """
        nonce = secrets.token_bytes(12)
        closed = AESGCM(self.key(purpose)).encrypt(nonce, secret, about.encode())
        return _WRAPPED + base64.urlsafe_b64encode(nonce + closed).decode()

    def unwrap(self, purpose: str, about: str, wrapped: str) -> bytes:
        """The secret that `wrap` put away for this purpose and thing; ValueError where it did not."""
        raw = base64.urlsafe_b64decode(wrapped.removeprefix(_WRAPPED))
        try:
            return AESGCM(self.key(purpose)).decrypt(raw[:12], raw[12:], about.encode())
        except InvalidTag as error:
            raise ValueError("not wrapped here, or for something else") from error

    def seal_number(self, purpose: str, tenant: str, number: int) -> str:
        """A number as an opaque token of 22 characters: not guessable, and without order."""
        raw = number.to_bytes(8, "big")
        tag = hmac.digest(self.key(purpose), tenant.encode() + raw, "sha256")[:8]
        mask = hmac.digest(self.key(purpose + "/mask"), tenant.encode() + tag, "sha256")[:8]
        body = bytes(a ^ b for a, b in zip(raw, mask, strict=True))
        return base64.urlsafe_b64encode(tag + body).decode().rstrip("=")

    def open_number(self, purpose: str, tenant: str, token: str) -> int | None:
        """The number in a sealed token; None where it was not sealed here for this tenant."""
        try:
            raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)) if len(token) == 22 else b""
        except (ValueError, binascii.Error):
            return None
        if len(raw) != 16 or base64.urlsafe_b64encode(raw).decode().rstrip("=") != token:
            return None  # The same number has one token, not several spellings of it.
        tag, body = raw[:8], raw[8:]
        mask = hmac.digest(self.key(purpose + "/mask"), tenant.encode() + tag, "sha256")[:8]
        number = bytes(a ^ b for a, b in zip(body, mask, strict=True))
        expected = hmac.digest(self.key(purpose), tenant.encode() + number, "sha256")[:8]
        return int.from_bytes(number, "big") if hmac.compare_digest(tag, expected) else None


def new_secret() -> str:
    """256 random bits, URL-safe: 43 characters."""
    return secrets.token_urlsafe(32)


def checksum(text: str) -> str:
    """Six characters that tell a mistyped token from a revoked one without asking the database."""
    return base64.b32encode(hashlib.sha256(text.encode()).digest()[:4]).decode().lower()[:6]
