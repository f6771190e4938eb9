"""Two entries that are one human: what stands in the way, and what moves along.

A higher room registers what it knows of a person:

- `conflicts(ctx, person_id, into_id)`: what both have and only one can have;
- `move(ctx, person_id, into_id, resolve)`: give the survivor what the other one has. `resolve` says for each
  conflict key whose side stays: `this` (of the person merged) or `into` (of the survivor).

Everything runs in one transaction, in the order of registration; both people are locked.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import update

from peergroup.kit.context import Context
from peergroup.kit.problems import Problem, invalid
from peergroup.people import policy
from peergroup.people.describing import TOMBSTONE
from peergroup.people.models import Person, PersonReference
from peergroup.people.problems import MERGE_CONFLICT

MERGED_NAME = "A merged person"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something both have. `key` names it in `resolve`, for example `membership:<id>`; `detail` has no words."""

    key: str
    code: str
    detail: str


Conflicts = Callable[[Context, UUID, UUID], Awaitable[list[Conflict]]]
Move = Callable[[Context, UUID, UUID, Mapping[str, str]], Awaitable[None]]


@dataclass(frozen=True)
class Estate:
    """What one room knows of a person, when two become one."""

    conflicts: Conflicts
    move: Move


estates: dict[str, Estate] = {}


def register(room: str, *, conflicts: Conflicts, move: Move) -> None:
    """Let a higher room judge merges, and move what it holds."""
    estates[room] = Estate(conflicts, move)


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
    await _move_own(ctx, person, into)


async def _move_own(ctx: Context, person: Person, into: Person) -> None:
    for column, model in ((PersonReference.person_id, PersonReference), (Person.merged_into_id, Person)):
        await ctx.db.execute(
            update(model)
            .where(column == person.id)
            .values({column.key: into.id})
            .execution_options(synchronize_session=False)
        )
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
