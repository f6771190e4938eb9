"""Calls that succeed, made while a run goes on: each from a room's example, with things of its own.

`tests/<room>/examples.py` knows for every route how somebody entitled makes a successful request. Here those
examples are played, as often as asked for, in the very database that the served process works on.
"""

import asyncio
import threading
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from peergroup.app import build_house
from peergroup.kit.settings import Settings
from tests.matrix.examples import Call, discover, made_for
from tests.matrix.routes import Operation, operations
from tests.matrix.stage import Stage, a_stage
from tests.world import Actor

FORM = "application/x-www-form-urlencoded"
_ADMINS = ("owner", "admin", "moderator", "co_moderator")
_SPEAKERS = {"admin": "moderator", "member": "member", "service": "service"}


@dataclass(frozen=True)
class Rehearsed:
    """One call: the values of its parts, and the token of whoever asks."""

    path: dict[str, str]
    query: dict[str, str]
    headers: dict[str, str]
    body: Any
    token: str | None
    entitled: bool
    """Whether the one who asks is the one whom the example names."""


@dataclass
class Rehearsal:
    """A stage on a database that is served by somebody else, and its own loop beside theirs."""

    url: str
    secret: str
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _turns: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        discover()
        self._operations = {one.name: one for one in operations()}
        self._stage: Stage = self._wait(self._open())

    def _wait(self, awaited: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(awaited, self._loop).result(60)

    async def _open(self) -> Stage:
        settings = Settings(database_url=self.url, secret=self.secret, rate_limit="off", sign_in_limit="off")
        return await a_stage(build_house(settings))

    def call(self, operation: str, who: str) -> Rehearsed | None:
        """A call of this operation that is about to succeed; None where there is no example."""
        known = self._operations.get(operation)
        examples = [] if known is None else made_for(known)
        if known is None or not examples:
            return None
        turn = self._turns[operation] = self._turns.get(operation, -1) + 1
        made: Call = self._wait(examples[turn % len(examples)](self._stage))
        return self._spoken(known, made, who)

    def _spoken(self, operation: Operation, made: Call, who: str) -> Rehearsed:
        entitled = made.by is None or self.kind(made.by) == who
        speaker = made.by if entitled else self._stage.cast[_SPEAKERS[who]]
        return Rehearsed(
            path={name: str(made.path[name]) for name in operation.parameters},
            query={name: str(value) for name, value in made.query.items()},
            headers=dict(made.headers),
            body=_body(made),
            token=None if speaker is None else speaker.token,
            entitled=entitled,
        )

    def kind(self, actor: Actor) -> str:
        """Which of the three identities somebody counts to: those who run things, everybody else, services."""
        named = next((name for name, one in self._stage.cast.items() if one is actor), "")
        if named == "service":
            return "service"
        return "admin" if named in _ADMINS else "member"


def _body(made: Call) -> Any:
    if made.content is None:
        return made.body
    if made.headers.get("Content-Type") == FORM:
        return dict(parse_qsl(made.content.decode()))
    return made.content.decode()
