"""Who is shut out because their source does not list them any more, and the fuse before too many of them.

A run of mode `full` holds everybody whom its source knows: who is missing has gone. A person whom another source
still lists stays, and so do owners. Records that say themselves that somebody is gone count alike in both modes.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.orm import aliased

from peergroup.kit.bulk import among, insert_rows
from peergroup.kit.context import Context
from peergroup.kit.problems import GUARD_FAILED, Problem
from peergroup.people.models import Person, PersonReference
from peergroup.sync.models import SyncRecord, SyncRun

SHARE = 0.2
"""A run shuts out at most this share of the people its source lists, unless the exact number is confirmed."""
FEW = 5
"""So many may always go at once of whom records say themselves that they are gone: access ends when a CRM says so,
in small organizations too."""
AT_ONCE = 2_000


async def count_listed(ctx: Context, source: str) -> int:
    """How many active people a source lists before a run."""
    listed = (
        select(PersonReference.person_id)
        .where(PersonReference.source == source, PersonReference.gone_at.is_(None))
        .distinct()
        .subquery()
    )
    query = select(func.count()).where(Person.id.in_(select(listed.c.person_id)), Person.state == "active")
    return int(await ctx.db.scalar(query) or 0)


async def remove_missing(ctx: Context, run: SyncRun) -> int:
    """Shut out whom the run does not mention, with a result for each of them after those of the records.

    Gives how many those are.
    """
    number = run.received
    while missing := await _missing(ctx, run):
        keys = [external_id for external_id, _, _ in missing]
        await _mark_gone(ctx, run.source, keys)
        gone = {person_id: external_id for external_id, person_id, leaves in missing if leaves}
        await _shut_out(ctx, run.source, sorted(gone))
        rows = [
            _result(run, number + place, external_id, person_id)
            for place, (person_id, external_id) in enumerate(sorted(gone.items(), key=lambda one: one[1]))
        ]
        await insert_rows(ctx.db, SyncRecord.__table__, rows)
        number += len(rows)
    return number - run.received


def _is_missing(run: SyncRun, reference: Any) -> ColumnElement[bool]:
    mentioned = select(SyncRecord.number).where(
        SyncRecord.run_id == run.id, SyncRecord.external_id == reference.external_id
    )
    return and_(reference.source == run.source, reference.gone_at.is_(None), ~mentioned.exists())


async def _missing(ctx: Context, run: SyncRun) -> list[tuple[str, UUID, bool]]:
    """The next references that the run does not mention: with their person, and whether that person leaves."""
    other = aliased(PersonReference)
    is_held = (
        select(other.person_id)
        .where(
            other.person_id == PersonReference.person_id, other.gone_at.is_(None), ~_is_missing(run, other)
        )
        .exists()
    )
    leaves = (Person.state == "active") & Person.organization_role.is_distinct_from("owner") & ~is_held
    query = (
        select(PersonReference.external_id, PersonReference.person_id, leaves)
        .join(Person, Person.id == PersonReference.person_id)
        # Whoever came here after the run was opened may not have been there yet when its list was made.
        .where(_is_missing(run, PersonReference), Person.created_at <= run.created_at)
        .order_by(PersonReference.external_id)
        .limit(AT_ONCE)
    )
    rows = (await ctx.db.execute(query)).all()
    return [(row[0], row[1], bool(row[2])) for row in rows]


async def _mark_gone(ctx: Context, source: str, external_ids: list[str]) -> None:
    await ctx.db.execute(
        update(PersonReference)
        .where(PersonReference.source == source, among(ctx.db, PersonReference.external_id, external_ids))
        .values(gone_at=ctx.now)
        .execution_options(synchronize_session=False)
    )


async def _shut_out(ctx: Context, source: str, people: list[UUID]) -> None:
    """Deactivate people in one statement; what that ends elsewhere, the reactions to it do."""
    if not people:
        return
    moved = await ctx.db.execute(
        update(Person)
        .where(among(ctx.db, Person.id, people), Person.state == "active")
        .values(
            state="deactivated",
            organization_role=None,
            deactivated_by=source,
            version=Person.version + 1,
            updated_at=ctx.now,
        )
        .returning(Person.id)
        .execution_options(synchronize_session=False)
    )
    for person_id in sorted(moved.scalars()):
        ctx.record("person.deactivated", person_id, moved=("active", "deactivated"), by="sync")


def _result(run: SyncRun, number: int, external_id: str, person_id: UUID) -> dict[str, Any]:
    return {
        "organization_id": run.organization_id,
        "run_id": run.id,
        "number": number,
        "row": None,
        "external_id": external_id,
        "merged_into": None,
        "fields": None,
        "warnings": [],
        "status": "removed",
        "person_id": person_id,
        "problem": None,
    }


def weigh(run: SyncRun, listed: int, removed: int, missing: int) -> dict[str, Any]:
    """How many would be shut out of how many, and whether that has to be confirmed.

    `missing` are those among them whom the run does not mention.
    """
    is_blind = missing > 0 and run.unreadable > 0
    is_much = removed > SHARE * listed and (missing > 0 or removed > FEW)
    return {
        "people": removed,
        "of": listed,
        "unreadable": run.unreadable,
        "must_confirm": is_blind or is_much,
    }


def refuse_unasked(run: SyncRun, confirmed: int | None) -> None:
    """The fuse: nobody is shut out by an export that was cut off, or filtered by mistake."""
    weighed = run.removals or {}
    if confirmed is not None and confirmed != weighed["people"]:
        detail = (
            f"{weighed['people']} people would be shut out, not {confirmed}; look again before you confirm."
        )
        raise Problem(GUARD_FAILED, detail, guards=[{"code": "removals_differ", "detail": detail}])
    if confirmed is None and weighed["must_confirm"]:
        why = (
            f" Records without a readable reference: {weighed['unreadable']}, so who is missing is not sure."
            if weighed["unreadable"] and run.mode == "full"
            else ""
        )
        detail = (
            f"{weighed['people']} of {weighed['of']} people would be shut out.{why}"
            f" If that is meant, repeat with confirm_removals={weighed['people']}"
            f" (on the command line: --confirm-removals {weighed['people']})."
        )
        raise Problem(GUARD_FAILED, detail, guards=[{"code": "too_many_removals", "detail": detail}])
