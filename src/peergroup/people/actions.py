"""What happens to people, in the order in which it happens in life."""

from typing import Any
from uuid import UUID

from peergroup.kit.context import Context, get
from peergroup.kit.problems import GUARD_FAILED, INVALID_TRANSITION, Problem, invalid
from peergroup.people import erasure, merging, policy
from peergroup.people.describing import describe, store
from peergroup.people.guards import another_owner_stays
from peergroup.people.lifecycles import LIVING, PERSON
from peergroup.people.models import TOMBSTONES, Person
from peergroup.people.queries import find
from peergroup.people.readdressing import note_address
from peergroup.people.schemas import EraseIn, MergeIn, PersonIn, PersonPatch


async def create(ctx: Context, given: PersonIn) -> Person:
    """Add a person to the organization."""
    ctx.require(policy.KEEP, ctx.principal)
    person = Person(name=given.name, created_at=ctx.now, updated_at=ctx.now)
    await describe(ctx, person, given.model_dump(exclude_unset=True))
    ctx.db.add(person)
    await store(ctx, person)
    ctx.record("person.created", person)
    return person


async def update(ctx: Context, person_id: UUID, patch: PersonPatch) -> Person:
    """Change a person's profile."""
    person, standing = await find(ctx, person_id, lock=True)
    ctx.require(policy.EDIT, standing, person)
    ctx.expect(person)
    if person.state in TOMBSTONES:
        raise Problem(INVALID_TRANSITION, f"This person was {person.state}.", state=person.state, allowed=[])
    sent, address = patch.model_dump(exclude_unset=True), person.email
    if sent.keys() & {"email", "company", "company_id", "level"}:
        ctx.require(policy.EDIT_IDENTITY, standing, person)
    changed = await describe(ctx, person, sent)
    if "email" in changed and person.organization_role is not None:
        ctx.require(policy.EDIT_OFFICER_EMAIL, standing, person)
    if changed:
        person.updated_at = ctx.now
        await store(ctx, person)
        ctx.record("person.updated", person, changed=changed)
        note_address(ctx, person.id, address, person.email)
    return person


async def set_role(ctx: Context, person_id: UUID, role: str | None) -> Person:
    """Make somebody owner or admin of the organization, or take that back."""
    person, standing = await find(ctx, person_id, lock=True)
    ctx.require(policy.SET_ROLE, standing)
    ctx.expect(person)
    if role is not None and person.state != "active":
        raise _stands_in_the_way("not_active", "Only an active person can hold a role.")
    if role != "owner" and (last := await another_owner_stays(ctx, person, None)):
        raise _stands_in_the_way("last_owner", last)
    if role != person.organization_role:
        person.organization_role, person.updated_at = role, ctx.now
        ctx.record("person.updated", person, changed=["organization_role"])
        await ctx.db.flush()
    return person


def _stands_in_the_way(code: str, detail: str) -> Problem:
    return Problem(GUARD_FAILED, detail, guards=[{"code": code, "detail": detail}])


async def deactivate(ctx: Context, person: Person, _taken: Any) -> None:
    """Shut somebody out at once: credentials, feeds and streams end, memberships are suspended."""
    # A role is given by an owner; who merely reactivates somebody must not give it back.
    person.organization_role, person.deactivated_by = None, None
    person.updated_at = ctx.now


async def reactivate(ctx: Context, person: Person, _taken: Any) -> None:
    """Let somebody in again; memberships and credentials do not come back by themselves."""
    person.deactivated_by, person.updated_at = None, ctx.now


async def merge(ctx: Context, person: Person, taken: MergeIn) -> dict[str, Any]:
    """Two entries are one human: everything moves to the survivor, and this entry points there."""
    if taken.into == person.id:
        raise invalid("/into", "is this person")
    into = await get(ctx, Person, taken.into, lock=True)
    if into.state not in LIVING:
        raise Problem(
            INVALID_TRANSITION,
            f"The survivor was {into.state}.",
            state=into.state,
            allowed=PERSON.allowed(ctx.principal, into),
        )
    await merging.settle(ctx, person, into, {one.conflict: one.keep for one in taken.resolve})
    return {"into": into.id}


async def erase(ctx: Context, person: Person, taken: EraseIn) -> dict[str, Any]:
    """Forget somebody: their own data at once, what they left in other rooms right after; the id stays."""
    receipt = await erasure.begin(ctx, person, taken.words)
    return {"receipt_id": receipt.id, "words": taken.words}
