"""Examples: for every route one valid request by somebody entitled, made in a few lines.

In `tests/<room>/examples.py`, a function with the name of the route's operation id:

    @example
    async def accept_membership(stage: Stage) -> Call:
        guest = await stage.somebody("invited")
        return call(guest, membership_id=guest.membership_id, concerned=guest)

It is called for every request anew, on a stage that has a group with every role in it; the request by `by`
has to succeed. Where a body can be sent in several ways, further functions show them, each
`@example_of("invite_member")`.
"""

import importlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from tests.matrix.routes import Operation
from tests.matrix.stage import Stage
from tests.world import Actor


@dataclass(frozen=True)
class Call:
    """A request, and who may say it."""

    by: Actor | None
    """Somebody entitled: the request succeeds in their name. None: nobody has to sign in."""
    body: Any = None
    path: dict[str, Any] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    content: bytes | None = None
    concerned: Actor | None = None
    """Whom the subject belongs to, where the policy has a role for that: "the person concerned"."""
    found_by: tuple[str, ...] | None = None
    """Who of the cast finds the subject; needed where the policy admits everybody and the lookup decides."""
    open_to: tuple[str, ...] = ()
    """Who gets an answer although they are no part of it: `outsider`, `removed` or `service`."""


Example = Callable[[Stage], Awaitable[Call]]
_examples: dict[str, list[Example]] = {}
_without: dict[str, dict[str, str]] = {}


def call(by: Actor | None, body: Any = None, **path_and_more: Any) -> Call:
    """A request; names that are no members of `Call` are the values in its path."""
    more = {name: path_and_more.pop(name) for name in list(path_and_more) if name in Call.__annotations__}
    return Call(by, body, path={k: str(v) for k, v in path_and_more.items()}, **more)


def example(make: Example) -> Example:
    """The example of the route whose operation id is the function's name."""
    return example_of(make.__name__)(make)


def example_of(operation: str) -> Callable[[Example], Example]:
    """A further example of a route."""

    def register(make: Example) -> Example:
        _examples.setdefault(operation, []).append(make)
        return make

    return register


def leaves_out(operation: str, name: str, *, because: str) -> None:
    """No example of this route sends the identifier `name`; say why that hides nothing."""
    _without.setdefault(operation, {})[name] = because


@lru_cache(maxsize=1)
def discover() -> None:
    """Import every room's examples."""
    for file in sorted(Path(__file__).parents[1].glob("*/examples.py")):
        if file.parent.name != "matrix":
            importlib.import_module(f"tests.{file.parent.name}.examples")


def examples_of(operation: Operation) -> list[Example]:
    """The examples of a route; fails with what to write where there is none."""
    discover()
    if operation.name not in _examples:
        path = "".join(f", {name}=…" for name in operation.parameters)
        body = ", {…}" if operation.body is not None else ""
        pytest.fail(
            f"No example for {operation.said}. Write one into tests/<room>/examples.py:\n\n"
            f"    from tests.matrix.examples import Call, call, example\n"
            f"    from tests.matrix.stage import Stage\n\n"
            f"    @example\n"
            f"    async def {operation.name}(stage: Stage) -> Call:\n"
            f"        group = await stage.group()\n"
            f"        return call(stage.moderator{body}{path})\n",
            pytrace=False,
        )
    return _examples[operation.name]


def made_for(operation: Operation) -> list[Example]:
    """The examples of a route; none where `test_every_route_has_an_example` fails: once is enough."""
    discover()
    return _examples.get(operation.name, [])


def left_out(operation: Operation) -> set[str]:
    """The identifiers that no example of this route sends, with a reason given."""
    return set(_without.get(operation.name, {}))


def known() -> set[str]:
    """The operation ids that have an example."""
    discover()
    return set(_examples)
