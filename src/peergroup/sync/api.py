"""Routes of synchronization."""

from typing import Annotated

from fastapi import Depends, Query, Request

from peergroup.kit.entrance import Caller, Ctx, TheHouse
from peergroup.kit.exact import Switch
from peergroup.kit.ids import ResourceId
from peergroup.kit.pagination import Paging, paging
from peergroup.kit.problems import FORBIDDEN, Problem
from peergroup.kit.rehearsal import rehearsal
from peergroup.kit.routing import Room
from peergroup.kit.wire import Page
from peergroup.people import merging, personal_data
from peergroup.sync import applying, policy, queries, uploading
from peergroup.sync.models import SyncRecord, SyncRun
from peergroup.sync.schemas import Status, SyncResultOut, SyncRunIn, SyncRunOut

room = Room("synchronization", "Bringing people in from other systems.")
personal_data.register(
    "sync_records", holds="The reference and outcome of each imported record.", remove=applying.forget
)
merging.register("synchronization", follows=(SyncRun.made_by_id, SyncRecord.person_id))
MEDIA = ("text/csv", "application/x-ndjson", "application/octet-stream")
DryRun = Annotated[Switch, Query(description="Answer as if it were done, and do nothing.")]


@room.post("/sync-runs", policy.SYNC, location="/v1/sync-runs/{id}")
async def create_sync_run(ctx: Ctx, run: SyncRunIn) -> SyncRunOut:
    """Open a run that brings people in from another system."""
    return queries.show(await queries.open_run(ctx, run))


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
    await upload.receive(request.stream())
    async with house.acting(caller) as ctx:
        return queries.show(await queries.find_run(ctx, run_id))


@room.get("/sync-runs/{run_id}", policy.SYNC)
async def get_sync_run(ctx: Ctx, run_id: ResourceId) -> SyncRunOut:
    """One run with its progress."""
    return queries.show(await queries.find_run(ctx, run_id))


@room.post("/sync-runs/{run_id}/apply", policy.SYNC)
async def apply_sync_run(ctx: Ctx, run_id: ResourceId, *, dry_run: DryRun = False) -> SyncRunOut:
    """Take over the records of a run, all in one transaction."""
    ctx.require(policy.SYNC, ctx.principal)
    async with rehearsal(ctx, only=dry_run):
        shown = queries.show(await applying.apply(ctx, run_id))
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
