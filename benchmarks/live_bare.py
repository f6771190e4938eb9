"""The floor of a stream: it keeps whoever listens to a group, and hands everybody the bytes it is told to."""

from collections import defaultdict
from typing import Any

_START = {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]}
_DONE = {"type": "http.response.start", "status": 204, "headers": []}
_listening: dict[str, list[Any]] = defaultdict(list)


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """`GET /<group>` listens, `POST /<times>?<group>,<group>…` sends its body that often to who listens there."""
    if scope["type"] != "http":
        return
    where = scope["path"][1:]
    if scope["method"] == "POST":
        await _say(int(where), scope["query_string"].decode().split(","), await _whole(receive))
        await send(_DONE)
        await send({"type": "http.response.body", "body": b""})
        return
    await send(_START)
    await send({"type": "http.response.body", "body": b": listening\n\n", "more_body": True})
    _listening[where].append(send)
    while (await receive())["type"] != "http.disconnect":
        pass
    _listening[where].remove(send)


async def _say(times: int, groups: list[str], body: bytes) -> None:
    chunk = {"type": "http.response.body", "body": body, "more_body": True}
    for group in groups:
        for _ in range(times):
            for send in _listening[group]:
                await send(chunk)


async def _whole(receive: Any) -> bytes:
    message = await receive()
    body: bytes = message["body"]
    while message["more_body"]:
        message = await receive()
        body += message["body"]
    return body
