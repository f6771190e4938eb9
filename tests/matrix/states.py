"""Lives: for every lifecycle, how a thing gets into each state, and what makes each guard object.

In `tests/<room>/states.py`:

    async def a_challenge(stage: Stage, state: str) -> Subject: …      # fresh, in this state, nothing in the way
    life = a_life("challenge", made=a_challenge, found_by=lambda state: ACTIVE, bodies={"submit": {…}})

    @life.obstacle("has_commitment")
    async def without_commitment(stage: Stage, verb: str, state: str) -> Obstructed | None: …

`found_by` names those of the cast (and `concerned`, the subject's own person) who find the thing in a state.
"""

import importlib
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from peergroup.app import assemble
from peergroup.kit.lifecycle import Verb
from peergroup.kit.verbs import Living, registered
from tests.matrix.examples import discover
from tests.matrix.roles import depends_on_the_subject, who_fits
from tests.matrix.stage import Stage
from tests.world import Actor

CONCERNED = "concerned"


@dataclass(frozen=True)
class Subject:
    """A thing in some state; `concerned` is whose it is, and may also fit what `like` of the cast fits."""

    id: Any
    concerned: Actor | None = None
    like: str | None = None


@dataclass(frozen=True)
class Obstructed:
    """A thing with something in the way, and somebody entitled who meets it."""

    id: Any
    by: Actor


Body = dict[str, Any] | Callable[[Stage], Awaitable[dict[str, Any]]]
Obstacle = Callable[[Stage, str, str], Awaitable[Obstructed | None]]


@dataclass
class Life:
    """What the walk needs to know of one lifecycle, beside its table."""

    made: Callable[[Stage, str], Awaitable[Subject]]
    found_by: Callable[[str], Iterable[str]]
    bodies: dict[str, Body] = field(default_factory=dict)
    lands: dict[str, str] = field(default_factory=dict)
    """Where a verb leads whose row computes it."""
    obstacles: dict[str, Obstacle] = field(default_factory=dict)
    unreachable: dict[tuple[str, str], str] = field(default_factory=dict)

    def obstacle(self, code: str) -> Callable[[Obstacle], Obstacle]:
        """How to make this guard object; None where it has nothing to say in that state."""

        def register(make: Obstacle) -> Obstacle:
            self.obstacles[code] = make
            return make

        return register

    def never(self, verb: str, code: str, *, because: str) -> None:
        """This guard cannot object to this verb from outside; say why."""
        self.unreachable[verb, code] = because

    async def body(self, stage: Stage, verb: str) -> dict[str, Any] | None:
        """What the verb takes."""
        given = self.bodies.get(verb)
        return await given(stage) if callable(given) else given


_lives: dict[str, Life] = {}


def a_life(thing: str, **what: Any) -> Life:
    """Say how a kind of thing lives."""
    _lives[thing] = Life(**what)
    return _lives[thing]


@lru_cache(maxsize=1)
def living() -> tuple[Living, ...]:
    """Every lifecycle that has routes."""
    assemble()
    discover()  # the examples say who fits a room's roles
    for file in sorted(Path(__file__).parents[1].glob("*/states.py")):
        if file.parent.name != "matrix":
            importlib.import_module(f"tests.{file.parent.name}.states")
    return tuple(registered.values())


def life_of(one: Living) -> Life:
    """How it lives; fails with what to write where nobody said so."""
    if one.thing not in _lives:
        pytest.fail(
            f"Nobody said how a {one.thing} gets into its states {one.lifecycle.states}. Write into "
            f"tests/<room>/states.py:\n\n"
            f"    from tests.matrix.states import Subject, a_life\n\n"
            f"    async def a_{one.thing}(stage: Stage, state: str) -> Subject: …\n\n"
            f"    life = a_life({one.thing!r}, made=a_{one.thing}, found_by=lambda state: IN_THE_GROUP, "
            f"bodies={{…}})\n",
            pytrace=False,
        )
    return _lives[one.thing]


def lived(one: Living) -> Life | None:
    """How it lives, None where `life_of` fails: one failure for one gap is enough."""
    return _lives.get(one.thing)


def admitted(verb: Verb, name: str, subject: Subject) -> bool:
    """Whether a row of the table is for this one of the cast, or for the person concerned."""
    roles = [role.name for role in verb.who]
    if name == CONCERNED:
        own = any(depends_on_the_subject(role) for role in roles)
        return own or (subject.like is not None and any(subject.like in who_fits(role) for role in roles))
    return any(name in who_fits(role) for role in roles)
