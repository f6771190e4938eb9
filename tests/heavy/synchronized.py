"""Everything that synchronization has made in an organization, row by row, with names in place of ids and instants."""

from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select

from peergroup.kit.context import Context
from peergroup.kit.events import Event
from peergroup.kit.jobs import Job
from peergroup.people.models import Company, Person, PersonReference
from peergroup.sync.models import Conflict, Connection, SyncRecord, SyncRun

Rows = dict[Any, Any]
_LEFT_OUT = {"id", "organization_id", "created_at", "updated_at", "occurred_at", "staged_at", "applied_at"}
_OF_A_RUN = {"version", "upload_id"}
"""How often it was begun anew."""


async def known_of(ctx: Context) -> dict[str, Rows]:
    """By table: what is there, under keys that mean the same in a twin of the organization."""
    names = await _names(ctx)
    people = {names[one["id"]]: one for one in await _all(ctx, Person) if one["organization_role"] != "owner"}
    events = await _all(ctx, Event, Event.sequence)
    assert [one["sequence"] for one in events] == list(range(1, len(events) + 1)), "no number is missing"
    jobs = await ctx.db.execute(select(Job.kind).where(Job.organization_id == ctx.organization_id))
    return {
        "people": {key: _plain(one, names) for key, one in people.items()},
        "companies": dict(Counter(one["name"] for one in await _all(ctx, Company))),
        "references": {
            (one["source"], one["external_id"]): _plain(one | {"gone_at": one["gone_at"] is not None}, names)
            for one in await _all(ctx, PersonReference)
        },
        "runs": {names[one["id"]]: _plain(one, names, _OF_A_RUN) for one in await _all(ctx, SyncRun)},
        "results": {
            (names[one["run_id"]], one["number"]): _plain(one, names) for one in await _all(ctx, SyncRecord)
        },
        "conflicts": {
            (one["source"], one["external_id"]): _plain(one, names) for one in await _all(ctx, Conflict)
        },
        "events": dict(Counter(_fact(one, names) for one in events)),
        "jobs": dict(Counter(jobs.scalars())),
    }


def differences(one: dict[str, Rows], other: dict[str, Rows]) -> list[str]:
    """What the one has otherwise than the other, a line for each row."""
    return [
        f"{table} {key}: {one[table].get(key)} / {other[table].get(key)}"
        for table in one
        for key in one[table].keys() | other[table].keys()
        if one[table].get(key) != other[table].get(key)
    ]


async def _names(ctx: Context) -> dict[Any, str]:
    """What to call whatever has an id, also where that is written as text."""
    names: dict[Any, str] = {one["id"]: one["name"] for one in await _all(ctx, Person)}
    references = await _all(ctx, PersonReference, PersonReference.source, PersonReference.external_id)
    for one in reversed(references):
        names[one["person_id"]] = f"{one['source']}/{one['external_id']}"
    names |= {one["id"]: f"company {one['name']}" for one in await _all(ctx, Company)}
    names |= {one["id"]: f"connection {one['source']}" for one in await _all(ctx, Connection)}
    runs = await _all(ctx, SyncRun, SyncRun.created_at)
    names |= {one["id"]: f"run {number}" for number, one in enumerate(runs)}
    names[ctx.organization_id] = "the organization"
    return names | {str(id_): name for id_, name in names.items()}


async def _all(ctx: Context, model: Any, *order: Any) -> list[dict[str, Any]]:
    query = select(*model.__table__.c).where(model.organization_id == ctx.organization_id).order_by(*order)
    return [dict(row) for row in (await ctx.db.execute(query)).mappings()]


def _plain(row: dict[str, Any], names: dict[Any, str], left_out: Iterable[str] = ()) -> dict[str, Any]:
    kept = row.keys() - _LEFT_OUT - set(left_out)
    return {name: _named(row[name], names) for name in sorted(kept)}


def _named(value: Any, names: dict[Any, str]) -> Any:
    """The value with names for the ids in it."""
    if isinstance(value, dict):
        return {key: _named(inner, names) for key, inner in value.items()}
    if isinstance(value, list):
        return [_named(inner, names) for inner in value]
    return names.get(value, "an id") if isinstance(value, UUID) else names.get(value, value)


def _fact(event: dict[str, Any], names: dict[Any, str]) -> tuple[str, ...]:
    told = (_named(event[name], names) for name in ("type", "subject_id", "actor_id", "only_for", "facts"))
    return tuple(map(repr, told))
