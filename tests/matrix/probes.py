"""Probes: the same request in the name of somebody else, or about somebody else's thing."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import httpx

from peergroup.kit.policy import EVERYBODY
from tests.matrix.examples import Call
from tests.matrix.routes import Operation
from tests.matrix.stage import Stage
from tests.world import Actor

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
REFUSED = (401, 403, 404)
MOMENT = 0.2
INSIDERS = ("outsider", "removed", "service")


@dataclass(frozen=True)
class Intruder:
    """Somebody who is no part of it."""

    name: str
    actor: Actor | None


async def send(
    client: httpx.AsyncClient, operation: Operation, call: Call, by: Actor | None
) -> httpx.Response:
    """Make the call in somebody's name; None: without signing in."""
    headers = dict(call.headers)
    if by is not None:
        headers["Authorization"] = f"Bearer {by.token}"
    given: dict[str, Any] = {"headers": headers, "params": call.query}
    if call.content is not None:
        given["content"] = call.content
    elif call.body is not None:
        given["json"] = call.body
    request = client.build_request(operation.meta.method, address(operation, call), **given)
    if "text/event-stream" in operation.meta.answers_with:
        return await overheard(client, request)
    return await client.send(request)


async def overheard(client: httpx.AsyncClient, request: httpx.Request) -> httpx.Response:
    """What a stream says within a moment, after which the listener hangs up."""
    path, _, query = request.url.raw_path.partition(b"?")
    scope = {
        "type": "http",
        "method": request.method,
        "path": path.decode(),
        "raw_path": path,
        "http_version": "1.1",
        "query_string": query,
        "scheme": "http",
        "server": ("peergroup.test", 80),
        "client": ("127.0.0.1", 1),
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "root_path": "",
    }
    said: list[Any] = []
    waiting = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Any:
        if not waiting:
            await asyncio.sleep(MOMENT)
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        said.append(message)

    await client._transport.app(scope, receive, send)  # type: ignore[attr-defined]  # httpx hides it
    body = b"".join(message.get("body", b"") for message in said[1:])
    return httpx.Response(said[0]["status"], headers=said[0]["headers"], content=body)


def address(operation: Operation, call: Call) -> str:
    """The path with its values in it."""
    missing = set(operation.parameters) - set(call.path)
    assert not missing, f"the example of {operation.said} leaves out {missing} of its path"
    return operation.meta.path.format(**call.path)


def intruders(operation: Operation, call: Call, stage: Stage) -> list[Intruder]:
    """Everybody who must not get this request answered with content."""
    everybody = [Intruder("nobody signed in", None), Intruder("stranger", stage.elsewhere.owner)]
    roles = {role.name for role in operation.meta.policy.roles}
    if roles == {role.name for role in EVERYBODY.roles} and not operation.parameters:
        roles.add("service key")
    for name in INSIDERS:
        admitted = name == "service" and "service key" in roles
        found = call.found_by is not None and name in call.found_by
        if not admitted and not found and name not in call.open_to:
            everybody.append(Intruder(name, stage.cast[name]))
    return everybody


def leaks(answer: httpx.Response, intruder: Intruder, stage: Stage) -> list[str]:
    """What of this stage an answer gives away to somebody who is no part of it."""
    found = set(UUID.findall(answer.text)) & stage.ids
    if intruder.name == "stranger":
        named = [stage.mark] if stage.mark in answer.text else []
        return [*sorted(found), *named] if answer.is_success else named
    own = {str(stage.world.organization_id), str(getattr(intruder.actor, "person_id", ""))}
    return sorted(found - own) if answer.is_success else []


def swapped(call: Call, foreign: Call) -> Iterator[tuple[str, Call, Call]]:
    """The call with one identifier at a time replaced by the foreign one, and by one that nobody has."""
    for part in ("path", "query", "body"):
        ours, theirs = getattr(call, part), getattr(foreign, part)
        for place in _id_places(ours):
            there = _at(theirs, place)
            if isinstance(there, str) and UUID.fullmatch(there) and there != _at(ours, place):
                name = "/".join(str(step) for step in (part, *place))
                unknown = replace(call, **{part: _with(ours, place, str(uuid4()))})
                yield name, replace(call, **{part: _with(ours, place, there)}), unknown


def sent_ids(call: Call) -> set[str]:
    """The names under which the call sends identifiers in its body and query."""
    places = [*_id_places(call.body), *_id_places(call.query)]
    return {next(str(step) for step in reversed(place) if isinstance(step, str)) for place in places}


def _id_places(value: Any) -> list[tuple[Any, ...]]:
    if isinstance(value, str):
        return [()] if UUID.fullmatch(value) else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(key, *rest) for key, inner in items for rest in _id_places(inner)]


def _at(value: Any, place: tuple[Any, ...]) -> Any:
    for step in place:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _with(value: Any, place: tuple[Any, ...], new: str) -> Any:
    if not place:
        return new
    step, rest = place[0], place[1:]
    if isinstance(value, dict):
        return value | {step: _with(value[step], rest, new)}
    return [_with(one, rest, new) if here == step else one for here, one in enumerate(value)]


def names_something(call: Call) -> bool:
    """Whether the address names a thing by its identifier."""
    return any(UUID.fullmatch(value) for value in call.path.values())


def alike(one: httpx.Response, other: httpx.Response) -> bool:
    """Whether two answers are the same: nobody can tell what is unknown from what belongs to others."""
    ours, theirs = _plain(one), _plain(other)
    return one.status_code == other.status_code and ours == theirs


def _plain(answer: httpx.Response) -> Any:
    if "json" not in answer.headers.get("content-type", ""):
        return answer.text
    body = answer.json()
    kept = {name: value for name, value in body.items() if name not in ("request_id", "instance")}
    return UUID.sub("…", repr(kept))
