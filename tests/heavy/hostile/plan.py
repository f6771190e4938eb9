"""Which hostile inputs a route gets: every value in every place once, then as many mixtures as are wanted."""

import random
from collections.abc import Iterator
from typing import Any
from zlib import crc32

from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Query

from tests.heavy.hostile.asking import Change, fields
from tests.heavy.hostile.words import (
    ADDRESSED,
    BODIES,
    CURSORS,
    HEADED,
    HEADERS,
    METHODS,
    STRINGS,
    SUFFIXES,
    VALUES,
    Raw,
)
from tests.matrix.routes import Operation

_OPAQUE = ("cursor", "after")
_OF_EACH_HEADER = 6


def changes(operation: Operation, contract: dict[str, Any]) -> list[Change]:
    """Every single change that this route is tried with."""
    return [*_of_the_address(operation), *_of_the_head(operation), *_of_the_body(operation, contract)]


def _of_the_address(operation: Operation) -> Iterator[Change]:
    for name in operation.parameters:
        yield from (Change("path", name, value) for value in ADDRESSED)
    flat = get_flat_params(operation.route.dependant)
    for name in [one.alias for one in flat if isinstance(one.field_info, Query)]:
        yield from (Change("query", name, value) for value in ADDRESSED)
        yield from (Change("query", name, value) for value in CURSORS if name in _OPAQUE)
    yield from (Change("query", "unknown", value) for value in ADDRESSED[:4])
    yield from (Change("suffix", "", value) for value in SUFFIXES)


def _of_the_head(operation: Operation) -> Iterator[Change]:
    yield from (Change("method", "", value) for value in METHODS)
    # The kit reads headers alike on every route: each route takes its turn with some of the values.
    first = crc32(operation.name.encode())
    for place, name in enumerate(HEADERS):
        for turn in range(_OF_EACH_HEADER):
            yield Change("header", name, HEADED[(first + place * 5 + turn) % len(HEADED)])
    if "last_event_id" in str(operation.route.dependant.header_params):
        yield from (Change("header", "last-event-id", value) for value in CURSORS)


def _of_the_body(operation: Operation, contract: dict[str, Any]) -> Iterator[Change]:
    if operation.meta.method not in ("POST", "PUT", "PATCH"):
        return
    yield from (Change("body", "", value) for value in BODIES)
    for place in places(operation, contract):
        yield from (Change("field", place, value) for value in VALUES)
    yield Change("field", ("unknown",), 1)


def places(operation: Operation, contract: dict[str, Any]) -> list[tuple[str | int, ...]]:
    """Every field of the route's body, at any depth."""
    said = contract["paths"].get(operation.meta.path, {}).get(operation.meta.method.lower(), {})
    content = said.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema")
    return [] if schema is None else sorted({place for place in fields(schema, contract) if place}, key=str)


class Mixer:
    """Mixtures of one to three changes with values that nobody wrote down; the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def some(self, single: list[Change], *, share: float) -> list[Change]:
        """A share of the changes, each as likely as the others; all of them where it is the whole."""
        if share >= 1:
            return single
        return self._random.sample(single, max(1, round(share * len(single))))

    def mixed(self, single: list[Change]) -> tuple[Change, ...]:
        """One to three changes, each with its own value or one made up."""
        chosen = self._random.choices(single, k=self._random.choice((1, 1, 2, 3)))
        return tuple(self._varied(one) for one in chosen)

    def _varied(self, change: Change) -> Change:
        if self._random.random() < 0.3:
            return change
        if change.part == "field":
            return Change(change.part, change.place, self._value())
        if change.part in ("path", "query", "header"):
            return Change(change.part, change.place, self._bytes())
        if change.part == "body":
            return Change(change.part, change.place, self._spoiled(change.value))
        return change

    def _value(self) -> Any:
        kind = self._random.random()
        if kind < 0.6:
            return self._text()
        if kind < 0.8:
            return self._random.choice(VALUES)
        return Raw(self._spoiled(b'{"a": [1, "b", null, 1.5e3, true]}'))

    def _text(self) -> str:
        length = self._random.choice((1, 3, 20, 199, 200, 201, 300, 2_000))
        ranges = (
            (0, 0x7F),
            (0x80, 0x24F),
            (0x300, 0x36F),
            (0x590, 0x6FF),
            (0x2000, 0x206F),
            (0xD800, 0xDFFF),
        )
        low, high = self._random.choice((*ranges, (0xFF00, 0xFFEF), (0x1F300, 0x1F6FF), (0xE0000, 0xE007F)))
        seasoned = self._random.choice(STRINGS[:60])[:50]
        drawn = "".join(chr(self._random.randint(low, high)) for _ in range(length))
        return drawn if self._random.random() < 0.7 else drawn + seasoned

    def _bytes(self) -> bytes:
        drawn = bytes(
            self._random.randint(0x21, 0xFF) for _ in range(self._random.choice((1, 4, 22, 36, 300)))
        )
        return drawn if self._random.random() < 0.5 else "".join(f"%{byte:02x}" for byte in drawn).encode()

    def _spoiled(self, said: bytes) -> bytes:
        spoiled = bytearray(said[:5_000])
        for _ in range(self._random.randint(1, 4)):
            place = self._random.randint(0, len(spoiled))
            spoiled[place : place + self._random.randint(0, 2)] = bytes([self._random.randint(0, 255)])
        return bytes(spoiled)
