"""Routes of people."""

from typing import Annotated

from fastapi import Depends, Query
from starlette.responses import Response

from peergroup.kit.answers import JSON
from peergroup.kit.context import Context
from peergroup.kit.entrance import Ctx
from peergroup.kit.ids import ResourceId
from peergroup.kit.lifecycle import perform
from peergroup.kit.pagination import Paging, paging
from peergroup.kit.problems import STALE, Problem, not_found
from peergroup.kit.routing import MEGABYTE, Room
from peergroup.kit.verbs import verbs
from peergroup.kit.wire import Page
from peergroup.people import actions, batch, policy, queries
from peergroup.people import fields as f
from peergroup.people.batch import OnConflict
from peergroup.people.lifecycles import PERSON
from peergroup.people.models import Person
from peergroup.people.problems import REFERENCE_CONFLICT
from peergroup.people.schemas import (
    BatchIn,
    BatchOut,
    EraseIn,
    ErasureOut,
    PersonIn,
    PersonOut,
    PersonPatch,
    PersonRecord,
    RoleIn,
)
from peergroup.people.upsert import upsert

room = Room(
    "people", "Everybody an organization knows, how other systems call them, and who may decide what."
)

Conflicting = Annotated[
    OnConflict,
    Query(
        description="What to do where somebody else has the address: `report` it, or `link` the reference to them."
    ),
]


async def _show(ctx: Context, person: Person, _standing: object) -> PersonOut:
    return await queries.one(ctx, person.id)


@room.get("/people", policy.DIRECTORY)
async def list_people(
    ctx: Ctx,
    paging: Annotated[Paging, Depends(paging)],
    state: Annotated[
        f.State | None,
        Query(description="Only people in this state; without it, active and deactivated ones."),
    ] = None,
    company_id: Annotated[ResourceId | None, Query(description="Only people of this company.")] = None,
    q: Annotated[
        str | None,
        Query(
            min_length=1, max_length=200, pattern=r"^[^\x00]*$", description="Part of the name, in any case."
        ),
    ] = None,
) -> Page[PersonOut]:
    """The people you may see, by name."""
    ctx.require(policy.DIRECTORY, ctx.principal)
    return await queries.directory(ctx, paging, state=state, company_id=company_id, q=q)


@room.post("/people", policy.KEEP, location="/v1/people/{id}")
async def create_person(ctx: Ctx, given: PersonIn) -> PersonOut:
    """Add a person."""
    person = await actions.create(ctx, given)
    return await queries.one(ctx, person.id)


@room.post("/people/batch", policy.KEEP, max_body=4 * MEGABYTE)
async def upsert_people(ctx: Ctx, given: BatchIn, on_conflict: Conflicting = "report") -> BatchOut:
    """Take over up to 1,000 people from another system.

    Each record is judged by itself and has its own result; nothing is ever merged.
    """
    return await batch.take(ctx, given.people, on_conflict)


@room.get("/people/by-reference/{source}/{external_id}", policy.DIRECTORY)
async def get_person_by_reference(ctx: Ctx, source: f.Source, external_id: f.ExternalId) -> PersonOut:
    """A person, by what another system calls them."""
    ctx.require(policy.DIRECTORY, ctx.principal)
    found = await queries.by_reference(ctx, source, external_id)
    if found is None:
        raise not_found()
    return found


@room.put(
    "/people/by-reference/{source}/{external_id}",
    policy.KEEP,
    errors=(409,),
    also=((201, "Nobody was known under this reference; a person was added."),),
)
async def upsert_person(
    ctx: Ctx,
    source: f.Source,
    external_id: f.ExternalId,
    record: PersonRecord,
    on_conflict: Conflicting = "report",
) -> PersonOut:
    """Take over one person from another system: added if the reference is new, else changed.

    What the record leaves out stays as it is; null clears. Somebody else with the same e-mail address is a
    conflict: nobody is merged by this.
    """
    ctx.require(policy.KEEP, ctx.principal)
    if ctx.if_match is not None:
        known = await queries.by_reference(ctx, source, external_id)
        if known is None:
            raise Problem(STALE, "Nobody is known under this reference.")
        ctx.expect(known)
    (outcome,) = await upsert(ctx, [batch.incoming(source, external_id, record)], on_conflict=on_conflict)
    if outcome.id is None or outcome.status == "conflict":
        raise Problem(REFERENCE_CONFLICT, batch.CONFLICT_DETAIL, candidate_id=str(outcome.candidate_id))
    if outcome.status == "created":
        ctx.created_at = f"/v1/people/{outcome.id}"
    return await queries.one(ctx, outcome.id)


@room.get(
    "/people/{person_id}", policy.DIRECTORY, also=((308, "They were merged: Location is the survivor."),)
)
async def get_person(ctx: Ctx, person_id: ResourceId) -> PersonOut | Response:
    """A person, as far as you may see them."""
    ctx.require(policy.DIRECTORY, ctx.principal)
    found = await queries.person_or_survivor(ctx, person_id)
    if isinstance(found, PersonOut):
        return found
    return Response(status_code=308, headers={"Location": f"/v1/people/{found}"}, media_type=JSON)


@room.patch("/people/{person_id}", policy.EDIT, errors=(409,))
async def update_person(ctx: Ctx, person_id: ResourceId, patch: PersonPatch) -> PersonOut:
    """Change a person's profile: your own, or as an admin anybody's."""
    person = await actions.update(ctx, person_id, patch)
    return await queries.one(ctx, person.id)


@room.put("/people/{person_id}/organization-role", policy.SET_ROLE)
async def set_organization_role(ctx: Ctx, person_id: ResourceId, given: RoleIn) -> PersonOut:
    """Make somebody owner or admin, or take that back; the last owner stays."""
    person = await actions.set_role(ctx, person_id, given.role)
    return await queries.one(ctx, person.id)


verbs(
    room,
    "person",
    PERSON,
    actions=actions,
    find=queries.find,
    show=_show,
    out=PersonOut,
    path="/people",
    apart=("erase",),
)


@room.post(
    "/people/{person_id}/erase",
    PERSON.policy("erase"),
    status=202,
    location="/v1/people/{person_id}/erasure",
    errors=(409, 412),
    subject="person",
    verb="erase",
)
async def erase_person(ctx: Ctx, person_id: ResourceId, taken: EraseIn) -> ErasureOut:
    """Forget somebody: their own data at once, what they left in other rooms right after; the id stays."""
    person, standing = await queries.find(ctx, person_id, lock=True)
    ctx.consulted.add(PERSON.policy("erase"))
    await perform(ctx, PERSON, "erase", person, action=actions.erase, standing=standing, taken=taken)
    return await queries.receipt(ctx, person_id)


@room.get("/people/{person_id}/erasure", policy.READ_RECEIPT)
async def get_erasure(ctx: Ctx, person_id: ResourceId) -> ErasureOut:
    """The receipt of an erasure: what was removed, and whether every room is done."""
    ctx.require(policy.READ_RECEIPT, ctx.principal)
    return await queries.receipt(ctx, person_id)
