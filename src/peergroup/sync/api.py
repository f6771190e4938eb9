"""Routes of synchronization."""

from typing import Annotated

from fastapi import Depends, Path, Query, Request
from pydantic import BeforeValidator, Field

from peergroup.kit.entrance import Caller, Ctx, TheHouse
from peergroup.kit.exact import Switch, a_whole
from peergroup.kit.ids import ResourceId
from peergroup.kit.pagination import Paging, paging
from peergroup.kit.problems import FORBIDDEN, Problem
from peergroup.kit.rehearsal import rehearsal
from peergroup.kit.routing import Room
from peergroup.kit.text import Key
from peergroup.kit.wire import Page
from peergroup.people import merging, personal_data
from peergroup.sync import applying, conflicts, meanings, policy, queries, uploading
from peergroup.sync.conflict_schemas import ConflictOut, ResolvedOut, ResolveIn
from peergroup.sync.mapping_schemas import MappingIn, MappingOut, MappingPreviewIn, MappingPreviewOut
from peergroup.sync.models import Conflict, SyncRecord, SyncRun
from peergroup.sync.schemas import State, Status, SyncResultOut, SyncRunIn, SyncRunOut

room = Room("synchronization", "Bringing people in from other systems.")
personal_data.register(
    "sync_records",
    holds="The reference and outcome of each imported record. What waits to be applied goes at once.",
    remove=applying.forget,
    at_once=applying.forget_at_once,
)
personal_data.register(
    "sync_conflicts",
    holds="Imported records that wait because of their address. They go at once.",
    remove=conflicts.forget,
    at_once=conflicts.forget,
)
merging.register(
    "synchronization",
    follows=(SyncRun.made_by_id, SyncRecord.person_id, Conflict.person_id, Conflict.candidate_id),
)
MEDIA = ("text/csv", "application/x-ndjson", "application/octet-stream")
DryRun = Annotated[Switch, Query(description="Answer as if it were done, and do nothing.")]
Confirmed = Annotated[
    Annotated[int, Field(ge=0, le=10_000_000), BeforeValidator(a_whole)] | None,
    Query(description="How many people may be shut out, as a refusal names it.", examples=[12]),
]
Source = Annotated[Key, Path(description="The system.", examples=["hubspot"])]


@room.post("/sync-runs", policy.SYNC, location="/v1/sync-runs/{id}")
async def create_sync_run(ctx: Ctx, run: SyncRunIn) -> SyncRunOut:
    """Open a run that brings people in from another system."""
    return queries.show(await queries.open_run(ctx, run))


@room.get("/sync-runs", policy.SYNC)
async def list_sync_runs(
    ctx: Ctx,
    paging: Annotated[Paging, Depends(paging)],
    source: Annotated[Key | None, Query(description="Only of this system.", examples=["hubspot"])] = None,
    state: Annotated[State | None, Query(description="Only runs in this state.", examples=["staged"])] = None,
) -> Page[SyncRunOut]:
    """The runs of the last ninety days, the latest first, those of schedules among them."""
    return await queries.list_runs(ctx, paging, source, state)


@room.post("/sync-runs/{run_id}/records", policy.SYNC, keyed=False, max_body=None, media=MEDIA)
async def upload_sync_records(
    caller: Caller, house: TheHouse, request: Request, run_id: ResourceId
) -> SyncRunOut:
    """Upload the records of a run as CSV or NDJSON, of any size.

    The body is the file as the other system wrote it. It is read as it comes, and staged; nothing is changed
    before the run is applied.
    """
    if not policy.SYNC.allows(caller):
        raise Problem(FORBIDDEN, f"This is for: {policy.SYNC.described}.")
    upload = await uploading.begin(house, caller, run_id, request.headers.get("content-type"))
    return queries.show(await upload.receive(request.stream()))


@room.get("/sync-runs/{run_id}", policy.SYNC)
async def get_sync_run(ctx: Ctx, run_id: ResourceId) -> SyncRunOut:
    """One run with its progress."""
    return queries.show(await queries.find_run(ctx, run_id))


@room.post("/sync-runs/{run_id}/apply", policy.SYNC, errors=(409,))
async def apply_sync_run(
    ctx: Ctx, run_id: ResourceId, *, confirm_removals: Confirmed = None, dry_run: DryRun = False
) -> SyncRunOut:
    """Take over the records of a run, all in one transaction.

    Where more than a fifth of the people whom the source listed would be shut out, nothing is done until their
    exact number is confirmed.
    """
    ctx.require(policy.SYNC, ctx.principal)
    async with rehearsal(ctx, only=dry_run):
        run = await applying.apply(ctx, run_id, confirmed=confirm_removals, rehearsed=dry_run)
        shown = queries.show(run)
        if dry_run:
            shown.rehearsed = await queries.rehearsed(ctx, run_id)
        return shown


@room.get("/sync-runs/{run_id}/results", policy.SYNC)
async def list_sync_results(
    ctx: Ctx,
    run_id: ResourceId,
    paging: Annotated[Paging, Depends(paging)],
    status: Annotated[Status | None, Query(description="Only records with this outcome.")] = None,
) -> Page[SyncResultOut]:
    """What came of each record of a run."""
    return await queries.list_results(ctx, run_id, paging, status)


@room.get("/sources/{source}/mapping", policy.SYNC)
async def get_mapping(ctx: Ctx, source: Source) -> MappingOut:
    """What the columns or properties of a source mean: what was set here, and what is understood anyway."""
    return await meanings.read(ctx, source)


@room.put("/sources/{source}/mapping", policy.SYNC)
async def replace_mapping(ctx: Ctx, source: Source, mapping: MappingIn) -> MappingOut:
    """Set what the columns or properties of a source mean, for every run opened from now on."""
    return await meanings.replace(ctx, source, mapping)


@room.post("/sources/{source}/mapping/preview", policy.SYNC, keyed=False)
async def preview_mapping(ctx: Ctx, source: Source, sample: MappingPreviewIn) -> MappingPreviewOut:
    """Show how the beginning of an export would be read."""
    return await meanings.preview(ctx, source, sample)


@room.get("/conflicts", policy.SYNC)
async def list_conflicts(
    ctx: Ctx,
    paging: Annotated[Paging, Depends(paging)],
    source: Annotated[Key | None, Query(description="Only of this system.", examples=["hubspot"])] = None,
) -> Page[ConflictOut]:
    """Records that wait because somebody else has their address, the oldest first."""
    return await conflicts.list_open(ctx, paging, source)


@room.post("/conflicts/{conflict_id}/resolve", policy.SYNC, errors=(409,))
async def resolve_conflict(ctx: Ctx, conflict_id: ResourceId, decision: ResolveIn) -> ResolvedOut:
    """Settle a conflict: the record and the candidate are one human, or two."""
    return await conflicts.resolve(ctx, conflict_id, decision.decision)
