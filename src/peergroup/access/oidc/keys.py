"""The public keys that an issuer publishes (a JSON Web Key Set), as far as they may sign tokens for us."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey
from joserfc.jws import JWSRegistry

from peergroup.access.oidc.reading import KEY_ID

Key = RSAKey | ECKey
Keys = Mapping[str, Sequence[Key]]
"""By `kid`. One name may stand for a key of each kind."""
_MOST = 100
_LONGEST_NUMBER = 1_400
_SHORTEST_MODULUS = 341
"""In characters of base64; the bits are counted below."""
_BITS = range(2_048, 8_193)
_PUBLIC = {"RSA": ("n", "e"), "EC": ("crv", "x", "y")}
_KINDS: dict[str, type[Key]] = {"RSA": RSAKey, "EC": ECKey}


def keys_in(document: Any) -> Keys:
    """The usable keys of a key set; whatever is unknown, weak, secret or for something else is left out."""
    found: dict[str, list[Key]] = defaultdict(list)
    listed = document.get("keys") if isinstance(document, dict) else None
    for one in (listed if isinstance(listed, list) else [])[:_MOST]:
        key = _key(one) if isinstance(one, dict) else None
        if key is not None:
            found[one["kid"]].append(key)
    return dict(found)


def fitting(keys: Keys, key_id: str, algorithm: str) -> Key | None:
    """The one key of this name that signs with this algorithm."""
    model = JWSRegistry.algorithms[algorithm]
    found = []
    for key in keys.get(key_id, ()):
        try:
            model.check_key(key)
        except JoseError:
            continue
        found.append(key)
    return found[0] if len(found) == 1 else None


def _key(said: dict[str, Any]) -> Key | None:
    kind, key_id, operations = said.get("kty"), said.get("kid"), said.get("key_ops", ["verify"])
    names = _PUBLIC.get(kind) if isinstance(kind, str) else None
    if names is None or not isinstance(key_id, str) or not 1 <= len(key_id) <= KEY_ID:
        return None
    if said.get("use", "sig") != "sig" or not isinstance(operations, list) or "verify" not in operations:
        return None
    # Only what is public is taken, and the algorithm that the issuer means it for.
    public = {name: said.get(name) for name in names} | {"kty": kind}
    if not all(isinstance(value, str) and len(value) <= _LONGEST_NUMBER for value in public.values()):
        return None
    if isinstance(said.get("alg"), str):
        public["alg"] = said["alg"]
    return _imported(_KINDS[str(kind)], public)


def _imported(kind: type[Key], public: dict[str, Any]) -> Key | None:
    if kind is RSAKey and (len(public["e"]) > 8 or len(public["n"]) < _SHORTEST_MODULUS):
        return None  # A huge exponent makes each check slow, and a short modulus is weak.
    try:
        key = kind.import_key(public)
    except (JoseError, ValueError, KeyError):
        return None
    return None if isinstance(key, RSAKey) and key.raw_value.key_size not in _BITS else key
