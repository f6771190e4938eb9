"""How many statements one request takes, transaction control not counted; measured inside this process."""

from typing import Any

import httpx
from sqlalchemy import event
from sqlalchemy.engine import Engine

from benchmarks import naive
from benchmarks.naive_challenges import app as naive_app
from peergroup.app import build_house, create_app
from peergroup.kit.settings import Settings


class Counter:
    """Counts what any engine of this process sends while it is open, and the short way of hot reads."""

    def __init__(self) -> None:
        self.count = 0

    def note(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        """One statement; beginning and entering a transaction are none."""
        self.count += not (statement.startswith("BEGIN") or "set_config" in statement)

    def watch(self, reads: Any) -> None:
        """Count the statements of hot reads too."""
        fetch = reads.fetch

        async def counting(*given: Any) -> Any:
            self.count += 1
            return await fetch(*given)

        reads.fetch = counting


async def statements(raw: list[bytes]) -> dict[str, int]:
    """Statements of the second request, ours and naive: the first one warms up what is kept."""
    house = build_house(Settings())
    apps = {"ours": create_app(house=house), "naive": naive_app}
    counter, found = Counter(), {}
    counter.watch(house.database.reads)
    event.listen(Engine, "before_cursor_execute", counter.note)
    for name, app in apps.items():
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://127.0.0.1"
        ) as client:
            for one in raw:
                counter.count = 0
                answer = await client.send(_parsed(client, one))
                assert answer.status_code < 300, answer.text
        found[name] = counter.count
    event.remove(Engine, "before_cursor_execute", counter.note)
    await house.database.close()
    await naive.engine.dispose()
    return found


def _parsed(client: httpx.AsyncClient, raw: bytes) -> httpx.Request:
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    method, path, _ = first.split(" ")
    headers = dict(line.split(": ", 1) for line in lines)
    return client.build_request(method, path, headers=headers, content=body)
