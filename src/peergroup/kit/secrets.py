"""Keyed hashes under the server's secret: stored secrets, directory keys, sealed numbers."""

import base64
import binascii
import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


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
        """A secret of 32 bytes for keeping in the database: only who holds the server's secret opens it again."""
        nonce = secrets.token_bytes(16)
        body = _xor(secret, self._pad(purpose, about, nonce))
        tag = hmac.digest(self.key(purpose + "/tag"), about.encode() + nonce + body, "sha256")[:16]
        return base64.urlsafe_b64encode(nonce + body + tag).decode()

    def unwrap(self, purpose: str, about: str, wrapped: str) -> bytes:
        """The secret that `wrap` put away for this purpose and thing; ValueError where it did not."""
        raw = base64.urlsafe_b64decode(wrapped)
        nonce, body, tag = raw[:16], raw[16:-16], raw[-16:]
        expected = hmac.digest(self.key(purpose + "/tag"), about.encode() + nonce + body, "sha256")[:16]
        if len(body) != 32 or not hmac.compare_digest(tag, expected):
            raise ValueError("not wrapped here, or for something else")
        return _xor(body, self._pad(purpose, about, nonce))

    def _pad(self, purpose: str, about: str, nonce: bytes) -> bytes:
        # The nonce is new each time, so that no two secrets are ever covered by the same 32 bytes.
        return hmac.digest(self.key(purpose + "/pad"), about.encode() + nonce, "sha256")

    def lock(self, purpose: str, about: str, text: str) -> str:
        """A text of any length for keeping in the database, as `wrap` does it for a secret of 32 bytes."""
        nonce = secrets.token_bytes(12)
        return base64.urlsafe_b64encode(
            nonce + AESGCM(self.key(purpose)).encrypt(nonce, text.encode(), about.encode())
        ).decode()

    def unlock(self, purpose: str, about: str, locked: str) -> str:
        """The text that `lock` put away for this purpose and thing; ValueError where it did not."""
        raw = base64.urlsafe_b64decode(locked)
        try:
            return AESGCM(self.key(purpose)).decrypt(raw[:12], raw[12:], about.encode()).decode()
        except InvalidTag as error:
            raise ValueError("not locked here, or for something else") from error

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


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))


def new_secret() -> str:
    """256 random bits, URL-safe: 43 characters."""
    return secrets.token_urlsafe(32)


def checksum(text: str) -> str:
    """Six characters that tell a mistyped token from a revoked one without asking the database."""
    return base64.b32encode(hashlib.sha256(text.encode()).digest()[:4]).decode().lower()[:6]
