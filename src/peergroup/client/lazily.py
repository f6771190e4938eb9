"""Rooms that are loaded when they are first used, and where a method is that somebody looks for by its operation."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar


class Lazily:
    """What holds the rooms of a client."""

    _prefix: ClassVar[str]
    _methods: ClassVar[dict[str, str]]
    _rooms: dict[str, Any]

    def _room(self, module: str, name: str) -> Any:
        if module not in self._rooms:
            kind = getattr(import_module(f"peergroup.client.rooms.{module}"), self._prefix + name)
            self._rooms[module] = kind(self)
        return self._rooms[module]

    if not TYPE_CHECKING:  # otherwise every name would be an attribute for a type checker

        def __getattr__(self, name: str) -> Any:
            found = self._methods.get(name)
            hint = f": that is client.{found}" if found else ""
            raise AttributeError(f"{type(self).__name__} has no {name!r}{hint}")
