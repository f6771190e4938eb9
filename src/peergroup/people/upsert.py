"""Taking over people as another system describes them: many at once, with as many statements as for one.

`upsert` is what a single `PUT …/by-reference`, a batch and a streamed import have in common. Per chunk it
reads who is known (by reference, then by address), judges the records one after the other in memory, and
writes the result in at most one insert and one update per table. Nobody is ever merged by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from peergroup.kit.bulk import planned_anew
from peergroup.kit.context import Context
from peergroup.kit.problems import BUSY, Problem
from peergroup.kit.text import fold
from peergroup.people import companies, policy
from peergroup.people.describing import WHEN_CLEARED
from peergroup.people.leaving import list_again, read_other_ties, remove
from peergroup.people.outcomes import Outcome, Warned
from peergroup.people.register import Entry, Overtaken, Register, read, write

CHUNK = 2_000
ATTEMPTS = 4


TWO_PEOPLE = Warned(
    "address_of_another",
    "email",
    "Somebody else has this address, and it was settled that they are two people.",
)
OFFICER_EMAIL_KEPT = Warned(
    "email_kept", "email", "The address of an owner or admin is changed by themselves or an owner only."
)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One person as a source describes them.

    `values` holds what the source says, by field (`name`, always; `email`, `show_email`, `company` (its name),
    `job_title`, `level`, `industry`, `time_zone`, `zone_of_genius`, `offers`, `needs`, `gaps`, `values`): what is
    left out stays as it is, None clears. The texts are stripped, within their bounds and storable; the zone
    exists.
    """

    source: str
    external_id: str
    values: dict[str, Any]
    warnings: tuple[Warned, ...] = ()
    is_listed: bool | None = None
    """Whether the source lists them: False shuts them out, True lets in whom it had shut out, None says nothing."""
    is_merged: bool = False
    """Not listed because the source knows them under another reference: that is nobody's leaving."""
    apart_from: str | None = None
    """An address (folded) that somebody else has: they are two people, and this one goes without it."""

    @property
    def key(self) -> tuple[str, str]:
        return self.source, self.external_id


async def upsert(ctx: Context, records: Sequence[Incoming], *, on_conflict: str = "report") -> list[Outcome]:
    """Take over records: one outcome for each, in their order. The caller judges who may.

    Of records with the same reference the last one stands; the first reports its outcome against the store, the
    others `updated` if the person changed. An address that somebody else has is a conflict; with `on_conflict`
    "link", a reference that is not known yet is tied to the person who has its address instead.
    """
    first: dict[tuple[str, str], int] = {}
    standing: dict[tuple[str, str], Incoming] = {}
    for place, record in enumerate(records):
        first.setdefault(record.key, place)
        standing[record.key] = record
    unique = list(standing.values())
    taken: dict[tuple[str, str], Outcome] = {}
    for start in range(0, len(unique), CHUNK):
        chunk = unique[start : start + CHUNK]
        outcomes = await _take(ctx, chunk, on_conflict)
        taken |= {record.key: outcome for record, outcome in zip(chunk, outcomes, strict=True)}
    return [
        _reported(taken[record.key], is_first=first[record.key] == place)
        for place, record in enumerate(records)
    ]


def _reported(outcome: Outcome, *, is_first: bool) -> Outcome:
    if is_first or outcome.status == "conflict":
        return outcome
    kept = outcome.status if outcome.status in ("unchanged", "removed") else "updated"
    return Outcome(kept, outcome.id)


async def _take(ctx: Context, chunk: Sequence[Incoming], on_conflict: str) -> list[Outcome]:
    """One chunk, judged anew where somebody else was there in between: then with the people locked."""
    recorded = len(ctx.facts)
    for attempt in range(ATTEMPTS):
        try:
            async with ctx.db.begin_nested():
                return await _once(ctx, chunk, on_conflict, lock=attempt > 0)
        except (IntegrityError, Overtaken):
            del ctx.facts[recorded:]
    raise Problem(BUSY, "Others are changing the same people; nothing was stored.", retry_after=1)


async def _once(ctx: Context, chunk: Sequence[Incoming], on_conflict: str, *, lock: bool) -> list[Outcome]:
    names = {name for record in chunk if (name := record.values.get("company"))}
    async with planned_anew(ctx.db):
        company_ids = await companies.named(ctx, names) if names else {}
        wanted = [_columns(record.values, company_ids) for record in chunk]
        known = await read(ctx, [record.key for record in chunk], wanted, lock=lock)
        await read_other_ties(ctx, known, [record.key for record in chunk if record.is_listed is False])
    outcomes = [
        remove(ctx, known, record.key, is_merged=record.is_merged)
        if record.is_listed is False
        else _judge(ctx, known, record, columns, on_conflict)
        for record, columns in zip(chunk, wanted, strict=True)
    ]
    await write(ctx, known)
    return outcomes


def _columns(values: dict[str, Any], company_ids: dict[str, UUID]) -> dict[str, Any]:
    """What a record says, by column."""
    columns = {
        field: WHEN_CLEARED[field] if value is None and field in WHEN_CLEARED else value
        for field, value in values.items()
    }
    if "name" in columns:
        columns["name_folded"] = fold(columns["name"])
    if "email" in columns:
        columns["email_folded"] = fold(columns["email"]) if columns["email"] else None
    if "company" in columns:
        name = columns.pop("company")
        columns["company_id"] = company_ids[fold(name)] if name else None
    return columns


def _judge(
    ctx: Context, known: Register, record: Incoming, columns: dict[str, Any], on_conflict: str
) -> Outcome:
    entry, warnings = known.by_reference.get(record.key), record.warnings
    address = columns.get("email_folded")
    if address and address in (known.apart_from(record.key), record.apart_from):
        columns, address, warnings = _without_address(columns), None, (*warnings, TWO_PEOPLE)
    holder = known.by_address.get(address) if address else None
    if entry is None and holder is None:
        return Outcome("created", known.add(record.key, columns, record.apart_from).id, None, warnings)
    if entry is None and on_conflict == "link":
        entry = holder
    if entry is None or (holder is not None and holder.id != entry.id):
        candidate = None if holder is None else holder.id
        return Outcome("conflict", None if entry is None else entry.id, candidate, warnings)
    if _is_not_theirs_to_change(ctx, entry, columns):
        columns, warnings = _without_address(columns), (*warnings, OFFICER_EMAIL_KEPT)
    known.link(record.key, entry)
    known.part(record.key, record.apart_from)
    known.change(entry, columns)
    if record.is_listed:
        warnings = (*warnings, *list_again(ctx, known, record.key))
    return Outcome("updated" if entry.changed or entry.was else "unchanged", entry.id, None, warnings)


def _without_address(columns: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in columns.items() if name not in ("email", "email_folded")}


def _is_not_theirs_to_change(ctx: Context, entry: Entry, columns: dict[str, Any]) -> bool:
    changes = "email" in columns and columns["email"] != entry.columns["email"]
    return changes and entry.role is not None and not policy.EDIT_OFFICER_EMAIL.allows(ctx.principal, entry)
