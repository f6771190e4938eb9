"""Words in an envelope that only the key of an exercise opens: what is left of it anywhere says nothing without."""

import base64
import hmac
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE, _LENGTH, _SHORTEST = 12, 4, 1_024


def seal(key: bytes, words: str) -> str:
    """The words under a key, as text. All envelopes up to 1,020 bytes are of one size, longer ones double it."""
    said = words.encode()
    size = max(_SHORTEST, 1 << (len(said) + _LENGTH - 1).bit_length())
    content = (len(said).to_bytes(_LENGTH, "big") + said).ljust(size, b"\0")
    nonce = secrets.token_bytes(_NONCE)
    return base64.b64encode(nonce + _cipher(key).encrypt(nonce, content, None)).decode()


def unseal(key: bytes, envelope: str) -> str:
    """The words that `seal` put away under this key. Raises InvalidTag for another key, or a changed envelope."""
    raw = base64.b64decode(envelope)
    content = _cipher(key).decrypt(raw[:_NONCE], raw[_NONCE:], None)
    return content[_LENGTH : _LENGTH + int.from_bytes(content[:_LENGTH], "big")].decode()


def seal_once(key: bytes, words: str, about: str) -> str:
    """The same words about the same thing in the same envelope each time; `about` is bound to it, not in it.

    The nonce follows from what is sealed, as in RFC 8452: no two envelopes of one key share one.
    """
    nonce = hmac.digest(key, f"{about}/{words}".encode(), "sha256")[:_NONCE]
    return base64.b64encode(nonce + _cipher(key).encrypt(nonce, words.encode(), about.encode())).decode()


def unseal_once(key: bytes, envelope: str, about: str) -> str:
    """The words that `seal_once` put away. Raises InvalidTag for another key or thing, or a changed envelope."""
    raw = base64.b64decode(envelope)
    return _cipher(key).decrypt(raw[:_NONCE], raw[_NONCE:], about.encode()).decode()


def _cipher(key: bytes) -> AESGCM:
    # The same key makes pseudonyms: for envelopes it becomes another one.
    return AESGCM(hmac.digest(key, b"envelope", "sha256"))
