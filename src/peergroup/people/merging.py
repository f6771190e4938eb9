"""Two entries that are one human: what stands in the way, and what moves along.

A higher room registers what it knows of a person:

- `conflicts(ctx, person_id, into_id)`: what both have and only one can have; raises a `Problem` where the two
  cannot be merged now;
- `move(ctx, person_id, into_id, resolve)`: make room for what the other one has. `resolve` says for each
  conflict key whose side stays: `this` (of the person merged) or `into` (of the survivor);
- `follows`: columns that name a person and name the survivor afterwards. Where a key of their table takes one
  row a person, and both have one, the survivor's stays.

Everything runs in one transaction, in the order of registration; both people are locked.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint, delete, exists, inspect, update
from sqlalchemy.orm import InstrumentedAttribute, aliased

from peergroup.kit.context import Context
from peergroup.kit.problems import Problem, invalid
from peergroup.people import policy
from peergroup.people.describing import TOMBSTONE
from peergroup.people.models import Person, PersonReference
from peergroup.people.problems import MERGE_CONFLICT

MERGED_NAME = "A merged person"
_UNSEEN = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something both have. `key` names it in `resolve`, for example `membership:<id>`; `detail` has no words."""

    key: str
    code: str
    detail: str


Followed = InstrumentedAttribute[UUID] | InstrumentedAttribute[UUID | None]
Conflicts = Callable[[Context, UUID, UUID], Awaitable[list[Conflict]]]
Move = Callable[[Context, UUID, UUID, Mapping[str, str]], Awaitable[None]]


@dataclass(frozen=True)
class Estate:
    """What one room knows of a person, when two become one."""

    conflicts: Conflicts
    move: Move
    follows: tuple[Followed, ...]


estates: dict[str, Estate] = {}


async def _no_conflicts(_ctx: Context, _person_id: UUID, _into_id: UUID) -> list[Conflict]:
    return []


async def _nothing_else(_ctx: Context, _person_id: UUID, _into_id: UUID, _resolve: Mapping[str, str]) -> None:
    pass


def register(
    room: str,
    *,
    conflicts: Conflicts = _no_conflicts,
    move: Move = _nothing_else,
    follows: Iterable[Followed] = (),
) -> None:
    """Let a higher room judge merges, and move what it holds."""
    estates[room] = Estate(conflicts, move, tuple(follows))


async def settle(ctx: Context, person: Person, into: Person, resolve: Mapping[str, str]) -> None:
    """Judge the conflicts, move everything to the survivor, and leave a tombstone without personal data."""
    found = [one for estate in estates.values() for one in await estate.conflicts(ctx, person.id, into.id)]
    keys = {one.key for one in found}
    if unknown := sorted(resolve.keys() - keys):
        raise invalid("/resolve", f"{len(unknown)} entries name no conflict of these two people")
    if open_ := [one for one in found if one.key not in resolve]:
        raise Problem(
            MERGE_CONFLICT,
            f"{len(open_)} conflict(s) are not settled.",
            conflicts=[asdict(one) for one in open_],
        )
    for estate in estates.values():
        await estate.move(ctx, person.id, into.id, resolve)
        for column in estate.follows:
            await _follow(ctx, column, person.id, into.id)
    await _take_over(ctx, person, into)


async def _follow(ctx: Context, column: Followed, person_id: UUID, into_id: UUID) -> None:
    """Let a column name the survivor, after rows that would be there twice are gone."""
    model: Any = column.class_
    for key in _keys_with(column):
        twin: Any = aliased(model)
        others = [getattr(twin, name) == getattr(model, name) for name in key if name != column.key]
        double = exists().where(getattr(twin, column.key) == into_id, *others)
        await ctx.db.execute(delete(model).where(column == person_id, double).execution_options(**_UNSEEN))
    moved = update(model).where(column == person_id).values({column.key: into_id})
    await ctx.db.execute(moved.execution_options(**_UNSEEN))


def _keys_with(column: Followed) -> list[list[str]]:
    """The attributes of each whole key of the table that this column is part of. Partial ones are the room's."""
    mapper: Any = inspect(column.class_)
    constraints = [
        one
        for one in mapper.local_table.constraints
        if isinstance(one, PrimaryKeyConstraint | UniqueConstraint)
    ]
    keys = [[mapper.get_property_by_column(part).key for part in one.columns] for one in constraints]
    return [key for key in keys if column.key in key]


async def _take_over(ctx: Context, person: Person, into: Person) -> None:
    had = {field: getattr(person, field) for field in TOMBSTONE}
    for field, nothing in TOMBSTONE.items():
        setattr(person, field, nothing)
    person.name, person.merged_into_id, person.updated_at = MERGED_NAME, into.id, ctx.now
    await ctx.db.flush()  # The address is free before the survivor takes it.
    if into.organization_role and not policy.EDIT_OFFICER_EMAIL.allows(ctx.principal, into):
        had["email"] = None
    changed = _fill_gaps(into, had)
    into.updated_at = ctx.now
    await ctx.db.flush()
    ctx.record("person.updated", into, changed=sorted([*changed, "references"]))


def _fill_gaps(into: Person, had: dict[str, object]) -> list[str]:
    """What the survivor lacks comes from the other entry; roles never do, they are given by an owner."""
    changed = []
    for field, value in had.items():
        if field not in ("organization_role", "show_email") and value and not getattr(into, field):
            setattr(into, field, value)
            changed.append("company" if field == "company_id" else field)
    return changed


register("people", follows=(PersonReference.person_id, Person.merged_into_id))
