"""A request in parts, so that the same part can be made hostile for both databases, and its bytes."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from tests.heavy.hostile.words import Raw
from tests.matrix.examples import Call
from tests.matrix.routes import Operation

Place = tuple[str | int, ...]
_ALONE = (b"expect", b"upgrade", b"host")
"""Headers after which the connection may mean something else."""
_ENDLESS = (b"content-length", b"transfer-encoding")
"""Headers after which nobody knows where the request ends."""


@dataclass(frozen=True)
class Asked:
    """A request: `path` and `query` as they go out, everything else before it is written down."""

    method: bytes
    template: str
    path: dict[str, bytes]
    query: tuple[tuple[bytes, bytes], ...]
    headers: tuple[tuple[bytes, bytes], ...]
    body: Any = None
    content: bytes | None = None
    suffix: bytes = b""
    last: bool = False
    endless: bool = False

    def written(self) -> bytes:
        """As it goes over the wire."""
        content = self._content()
        headers = list(self.headers)
        names = {name.lower() for name, _ in headers}
        if content is not None and b"content-type" not in names:
            headers.append((b"content-type", b"application/json"))
        if (content is not None or self.method in (b"POST", b"PUT", b"PATCH")) and not names & {
            b"content-length", b"transfer-encoding",
        }:  # fmt: skip
            headers.append((b"content-length", str(len(content or b"")).encode()))
        if b"host" not in names:
            headers.append((b"host", b"peergroup.test"))
        lines = [
            b" ".join((self.method, self._target(), b"HTTP/1.1")),
            *(b": ".join(pair) for pair in headers),
        ]
        return b"\r\n".join(lines) + b"\r\n\r\n" + (content or b"")

    def _target(self) -> bytes:
        path = self.template.encode()
        for name, value in self.path.items():
            path = path.replace(f"{{{name}}}".encode(), value)
        query = b"&".join(name + b"=" + value for name, value in self.query)
        return path + self.suffix + (b"?" + query if query else b"")

    def _content(self) -> bytes | None:
        if self.content is not None or self.body is None:
            return self.content
        raws: list[bytes] = []
        written = json.dumps(_marked(self.body, raws)).encode()
        for place, said in enumerate(raws):
            written = written.replace(f'"@raw{place}@"'.encode(), said)
        return written


def _marked(value: Any, raws: list[bytes]) -> Any:
    """The value with a mark where raw bytes belong."""
    if isinstance(value, Raw):
        raws.append(value.said)
        return f"@raw{len(raws) - 1}@"
    if isinstance(value, dict):
        return {name: _marked(one, raws) for name, one in value.items()}
    return [_marked(one, raws) for one in value] if isinstance(value, list) else value


def asked(operation: Operation, call: Call) -> Asked:
    """An example's call as a request."""
    headers = [(name.lower().encode(), value.encode()) for name, value in call.headers.items()]
    if call.by is not None:
        headers.append((b"authorization", f"Bearer {call.by.token}".encode()))
    return Asked(
        operation.meta.method.encode(),
        operation.meta.path,
        {name: quote(str(call.path[name]), safe="").encode() for name in operation.parameters},
        tuple((quote(name).encode(), quote(str(value)).encode()) for name, value in call.query.items()),
        tuple(headers),
        call.body,
        call.content,
    )


@dataclass(frozen=True)
class Change:
    """One hostile part: which, where in it, and what stands there instead."""

    part: str
    place: Any
    value: Any

    def made(self, request: Asked) -> Asked:
        """The request with this part in it."""
        make: Callable[[Asked, Any, Any], Asked] = _MAKERS[self.part]
        return make(request, self.place, self.value)

    def __str__(self) -> str:
        said = repr(self.value)
        place = "/".join(str(step) for step in self.place) if isinstance(self.place, tuple) else self.place
        return f"{self.part} {place}: {said if len(said) <= 160 else f'{said[:150]}… ({len(said)})'}"


def _in_path(request: Asked, name: str, value: bytes) -> Asked:
    return replace(request, path=request.path | {name: value})


def _in_query(request: Asked, name: str, value: bytes) -> Asked:
    rest = tuple(pair for pair in request.query if pair[0] != name.encode())
    return replace(request, query=(*rest, (name.encode(), value)))


def _in_header(request: Asked, name: str, value: bytes) -> Asked:
    raw = name.encode()
    rest = tuple(pair for pair in request.headers if pair[0] != raw)
    last, endless = request.last or raw in _ALONE + _ENDLESS, request.endless or raw in _ENDLESS
    return replace(request, headers=(*rest, (raw, value)), last=last, endless=endless)


def _in_body(request: Asked, place: Place, value: Any) -> Asked:
    return replace(request, body=planted(request.body, place, value), content=None)


def planted(body: Any, place: Place, value: Any) -> Any:
    """The body with a value at this place, made on the way where it is missing."""
    if not place:
        return value
    step, rest = place[0], place[1:]
    if isinstance(step, str):
        there = body if isinstance(body, dict) else {}
        return there | {step: planted(there.get(step), rest, value)}
    listed = body if isinstance(body, list) else []
    return [planted(listed[0] if listed else None, rest, value), *listed[1:]]


_MAKERS: dict[str, Any] = {
    "path": _in_path,
    "query": _in_query,
    "header": _in_header,
    "field": _in_body,
    "body": lambda request, _place, value: replace(request, body=None, content=value),
    "suffix": lambda request, _place, value: replace(request, suffix=value, last=True),
    "method": lambda request, _place, value: replace(request, method=value, last=True),
}


def fields(schema: Any, document: dict[str, Any], depth: int = 6) -> Iterator[Place]:
    """Every place that a schema's values have, the first entry standing for all of a list."""
    while "$ref" in schema:
        found: Any = document
        for step in schema["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        schema = found
    yield ()
    if depth == 0:
        return
    for name, inner in schema.get("properties", {}).items():
        yield from ((name, *rest) for rest in fields(inner, document, depth - 1))
    further = [*schema.get("patternProperties", {}).values(), schema.get("additionalProperties")]
    for inner in [one for one in further if isinstance(one, dict)]:
        yield from (("extra", *rest) for rest in fields(inner, document, depth - 1))
    if isinstance(schema.get("items"), dict):
        yield from ((0, *rest) for rest in fields(schema["items"], document, depth - 1))
    for branch in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
        yield from (place for place in fields(branch, document, depth - 1) if place)
