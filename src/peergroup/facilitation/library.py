"""The methods that ship with Peergroup: read from the package on first use, and validated once."""

from functools import cache
from importlib.resources import files

from peergroup.facilitation.document import read
from peergroup.facilitation.protocol import Protocol

_SHELF = files("peergroup.facilitation") / "protocols"


@cache
def builtin_keys() -> tuple[str, ...]:
    """The keys of the built-in methods, in alphabetical order; reads no document."""
    return tuple(sorted(entry.name[:-5] for entry in _SHELF.iterdir() if entry.name.endswith(".yaml")))


@cache
def builtin(key: str) -> Protocol:
    """The built-in method of that key.

    Raises KeyError if there is none, and InvalidProtocol with line and column if the package is broken.
    """
    if key not in builtin_keys():
        raise KeyError(key)
    protocol = read((_SHELF / f"{key}.yaml").read_text(encoding="utf-8"), source=f"{key}.yaml")
    if protocol.key != key:
        raise ValueError(f"{key}.yaml describes another method")
    return protocol


def builtins() -> tuple[Protocol, ...]:
    """All built-in methods, in the order of their keys."""
    return tuple(builtin(key) for key in builtin_keys())
