"""Words in an envelope that only the key of an exercise opens: what is left of it anywhere says nothing without."""

import base64
import hashlib
import secrets

_NONCE, _LENGTH, _SHORTEST = 16, 4, 1_024


def seal(key: bytes, words: str) -> str:
    """The words under a key, as text. All envelopes up to 1,020 bytes are of one size, longer ones double it."""
    said = words.encode()
    size = max(_SHORTEST, 1 << (len(said) + _LENGTH - 1).bit_length())
    content = (len(said).to_bytes(_LENGTH, "big") + said).ljust(size, b"\0")
    nonce = secrets.token_bytes(_NONCE)
    return base64.b64encode(nonce + _covered(key, nonce, content)).decode()


def unseal(key: bytes, envelope: str) -> str:
    """The words that `seal` put away under this key."""
    raw = base64.b64decode(envelope)
    content = _covered(key, raw[:_NONCE], raw[_NONCE:])
    return content[_LENGTH : _LENGTH + int.from_bytes(content[:_LENGTH], "big")].decode()


def _covered(key: bytes, nonce: bytes, content: bytes) -> bytes:
    # The nonce is new each time, so that no two contents are ever covered by the same bytes.
    size = len(content)
    cover = hashlib.shake_256(b"envelope/" + key + nonce).digest(size)
    return (int.from_bytes(content, "big") ^ int.from_bytes(cover, "big")).to_bytes(size, "big")
