"""Records that were left alone because somebody else has their address: kept until somebody settles them.

`link`: they are one human, and the reference means the one who has the address from now on. `separate`: they are
two, and the record goes without that address, now and in later runs.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from peergroup.kit.bulk import among, insert_rows
from peergroup.kit.context import Context, get
from peergroup.kit.ids import new_id
from peergroup.kit.pagination import Paging, page
from peergroup.kit.problems import Problem
from peergroup.kit.text import fold
from peergroup.kit.wire import Named, Page
from peergroup.people.lifecycles import LIVING
from peergroup.people.models import Person, PersonReference
from peergroup.people.outcomes import Outcome
from peergroup.people.policy import DIRECTORY
from peergroup.people.problems import REFERENCE_CONFLICT
from peergroup.people.upsert import Incoming, upsert
from peergroup.sync import policy
from peergroup.sync.conflict_schemas import ConflictOut, ResolvedOut
from peergroup.sync.models import Conflict, SyncRun

CHANGED = "Meanwhile somebody else has the address; run the synchronization again."
_ALONE: dict[str, Any] = {"synchronize_session": False}


async def follow(
    ctx: Context, run: SyncRun, records: Sequence[Incoming], outcomes: Sequence[Outcome]
) -> None:
    """Keep the conflicts of a batch, and forget those that are none any more."""
    keys = {record.external_id for record in records}
    await ctx.db.execute(
        delete(Conflict)
        .where(Conflict.source == run.source, among(ctx.db, Conflict.external_id, keys))
        .execution_options(**_ALONE)
    )
    rows = [
        {
            "organization_id": ctx.organization_id,
            "id": new_id(),
            "source": run.source,
            "external_id": record.external_id,
            "person_id": outcome.id,
            "candidate_id": outcome.candidate_id,
            "fields": record.values,
            "run_id": run.id,
            "created_at": ctx.now,
            "version": 1,
        }
        for record, outcome in zip(records, outcomes, strict=True)
        if outcome.status == "conflict" and outcome.candidate_id is not None
    ]
    await insert_rows(ctx.db, Conflict.__table__, rows)


async def list_open(ctx: Context, paging: Paging, source: str | None) -> Page[ConflictOut]:
    """The conflicts that wait, the oldest first. They name people: a key needs the scope for that too."""
    ctx.require(policy.SYNC, ctx.principal)
    ctx.need_scopes(DIRECTORY.scope)
    query: Any = select(Conflict, Person.name).join(Person, Person.id == Conflict.candidate_id)
    if source is not None:
        query = query.where(Conflict.source == source)
    rows, following = await page(ctx, query, paging, by=[Conflict.created_at, Conflict.id])
    return Page[ConflictOut](items=[_show(row) for row in rows], next_cursor=following)


def _show(row: Any) -> ConflictOut:
    conflict, candidate = row[0], row[1]
    return ConflictOut(
        id=conflict.id,
        source=conflict.source,
        external_id=conflict.external_id,
        fields=conflict.fields,
        person_id=conflict.person_id,
        candidate=Named(id=conflict.candidate_id, name=candidate),
        run_id=conflict.run_id,
        created_at=conflict.created_at,
        version=conflict.version,
    )


async def resolve(ctx: Context, conflict_id: UUID, decision: str) -> ResolvedOut:
    """Settle a conflict: one human, or two."""
    ctx.require(policy.SYNC, ctx.principal)
    conflict = await get(ctx, Conflict, conflict_id)
    # Held, and before the conflict: whoever is erased meanwhile must not get a name and an address again.
    candidate = await get(ctx, Person, conflict.candidate_id, lock=True)
    conflict = await get(ctx, Conflict, conflict_id, lock=True)
    ctx.expect(conflict)
    if candidate.state not in LIVING:
        raise Problem(REFERENCE_CONFLICT, CHANGED, candidate_id=str(candidate.id))
    record = Incoming(conflict.source, conflict.external_id, conflict.fields)
    if decision == "link":
        await _tie(ctx, conflict)
    else:
        record = replace(record, apart_from=fold(conflict.fields["email"]))
    await ctx.db.delete(conflict)
    await ctx.db.flush()
    (outcome,) = await upsert(ctx, [record])
    if outcome.status == "conflict" or outcome.id is None:
        raise Problem(REFERENCE_CONFLICT, CHANGED, candidate_id=str(outcome.candidate_id))
    ctx.record("sync_conflict.resolved", conflict.id, decision=decision, person_id=outcome.id)
    return ResolvedOut(status=outcome.status, id=outcome.id)


async def _tie(ctx: Context, conflict: Conflict) -> None:
    """Let the reference mean whoever has the address, whomever it meant before."""
    key = (PersonReference.source == conflict.source, PersonReference.external_id == conflict.external_id)
    tied = await ctx.db.execute(
        update(PersonReference)
        .where(*key)
        .values(person_id=conflict.candidate_id, gone_at=None)
        .returning(PersonReference.person_id)
        .execution_options(**_ALONE)
    )
    if tied.first() is None:
        ctx.db.add(
            PersonReference(
                source=conflict.source, external_id=conflict.external_id, person_id=conflict.candidate_id
            )
        )
        await ctx.db.flush()
    ctx.record("person.updated", conflict.candidate_id, changed=["references"])


async def forget(ctx: Context, person_id: UUID, _words: str) -> int:
    """Remove the conflicts that name a person: what the record says about them goes with it."""
    gone = await ctx.db.execute(
        delete(Conflict)
        .where((Conflict.candidate_id == person_id) | (Conflict.person_id == person_id))
        .returning(Conflict.id)
        .execution_options(**_ALONE)
    )
    return len(gone.all())
