"""What every room holds of a person, and how it lets go of it.

A higher room registers each kind of thing it holds, with a function `remove(ctx, person_id, words)` that gives
the number of entries it removed or made nameless. `words` is `remove` or `keep_unnamed`. It runs in a
transaction of the service itself, shortly after the person was erased, together with those of all other rooms;
it may run twice. The person's name, address, references and so on are gone by then: rooms that read the name
from `person` show a former member without doing anything.

`at_once` does the same in the transaction that erases, for what could be out of reach a moment later.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from peergroup.kit.context import Context

FORMER_MEMBER = "A former member"
Remove = Callable[[Context, UUID, str], Awaitable[int]]


@dataclass(frozen=True)
class Holding:
    """One kind of thing that a room holds of people. `holds` describes it in a sentence, for the documentation."""

    what: str
    holds: str
    remove: Remove
    at_once: Remove | None = None


holdings: dict[str, Holding] = {}


def register(what: str, *, holds: str, remove: Remove, at_once: Remove | None = None) -> None:
    """Let a higher room name something it holds of a person; `what` appears on the receipt."""
    holdings[what] = Holding(what, holds, remove, at_once)
