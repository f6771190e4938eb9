"""Those among the people whom a set of records may concern: read as a set, changed in memory, written as a set."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select, update

from peergroup.kit.bulk import among, insert_rows, update_rows
from peergroup.kit.context import Context
from peergroup.kit.ids import new_id
from peergroup.people.models import Person, PersonReference
from peergroup.people.readdressing import note_address

ReferenceKey = tuple[str, str]
_DERIVED = {"name_folded", "email_folded"}
_STANDING = ("state", "organization_role", "deactivated_by")
"""What is read and written of everybody, beside what the records speak of."""
_NEW: dict[str, Any] = {
    "state": "active",
    "organization_role": None,
    "deactivated_by": None,
    "email": None,
    "email_folded": None,
    "show_email": False,
    "company_id": None,
    "job_title": None,
    "level": None,
    "industry": None,
    "time_zone": None,
    "zone_of_genius": None,
    "offers": [],
    "needs": [],
    "gaps": [],
    "values": [],
    "version": 1,
}


class Overtaken(Exception):
    """Somebody else changed one of these people after they were read."""


@dataclass(slots=True, eq=False)
class Entry:
    """A person in the register: their columns as far as the records speak of them."""

    id: UUID
    version: int
    columns: dict[str, Any]
    is_new: bool = False
    changed: set[str] = field(default_factory=set)
    address: str | None = None
    """Where they were reached before."""
    was: str | None = None
    """The state they had before a record moved them."""

    @property
    def role(self) -> str | None:
        """Their role in the organization."""
        role: str | None = self.columns["organization_role"]
        return role

    def move(self, state: str, by: str | None) -> None:
        """Shut them out in the name of a source, or let them in again. A role does not survive that."""
        self.was = self.columns["state"]
        role = None if state == "deactivated" else self.role
        self.columns |= {"state": state, "deactivated_by": by, "organization_role": role}


@dataclass(slots=True)
class Tie:
    """A reference as it is kept: whether its source still lists the person, and whom they are apart from."""

    gone_at: dt.datetime | None = None
    apart_from: str | None = None
    is_changed: bool = False

    def set_gone(self, gone_at: dt.datetime | None) -> bool:
        """Note whether the source lists them; gives whether that is news."""
        if (self.gone_at is None) == (gone_at is None):
            return False
        self.gone_at, self.is_changed = gone_at, True
        return True


@dataclass(slots=True)
class Register:
    """Who is known under which reference and address. An address given up stays taken until all is written."""

    by_reference: dict[ReferenceKey, Entry] = field(default_factory=dict)
    ties: dict[ReferenceKey, Tie] = field(default_factory=dict)
    by_address: dict[str, Entry] = field(default_factory=dict)
    entries: dict[UUID, Entry] = field(default_factory=dict)
    new_references: dict[ReferenceKey, UUID] = field(default_factory=dict)
    ties_of: dict[UUID, dict[ReferenceKey, Tie]] = field(default_factory=dict)
    """All references of those who may have to go."""
    apart: dict[ReferenceKey, str] = field(default_factory=dict)
    """The addresses that new references leave to somebody else."""

    def apart_from(self, key: ReferenceKey) -> str | None:
        """The address that a reference leaves to somebody else."""
        tie = self.ties.get(key)
        return None if tie is None else tie.apart_from

    def part(self, key: ReferenceKey, address: str | None) -> None:
        """Settle that a reference leaves an address to somebody else."""
        if address is None:
            return
        if (tie := self.ties.get(key)) is None:
            self.apart[key] = address
        elif tie.apart_from != address:
            tie.apart_from, tie.is_changed = address, True

    def add(self, key: ReferenceKey, columns: dict[str, Any], apart_from: str | None) -> Entry:
        """A new person under a new reference."""
        self.part(key, apart_from)
        entry = Entry(new_id(), 1, _NEW | columns, is_new=True)
        entry.changed.add("references")
        self.entries[entry.id] = entry
        self.by_reference[key] = entry
        self.new_references[key] = entry.id
        self._note_address(entry)
        return entry

    def link(self, key: ReferenceKey, entry: Entry) -> None:
        """Tie a reference to somebody, unless it is."""
        if key not in self.by_reference:
            self.by_reference[key] = entry
            self.new_references[key] = entry.id
            entry.changed.add("references")

    def change(self, entry: Entry, columns: dict[str, Any]) -> None:
        """Set what is new, and note which fields that were."""
        for name, value in columns.items():
            if entry.columns[name] != value:
                entry.columns[name] = value
                if name not in _DERIVED:
                    entry.changed.add("company" if name == "company_id" else name)
        self._note_address(entry)

    def _note_address(self, entry: Entry) -> None:
        if address := entry.columns.get("email_folded"):
            self.by_address[address] = entry


async def read(
    ctx: Context, keys: Sequence[ReferenceKey], wanted: Sequence[dict[str, Any]], *, lock: bool
) -> Register:
    """Everybody known under one of the references, or having one of the addresses. Two statements at most."""
    names = sorted({*_STANDING, *(name for columns in wanted for name in columns)})
    register = Register()
    sources = {source for source, _ in keys}
    query = (
        select(
            PersonReference.source,
            PersonReference.external_id,
            PersonReference.gone_at,
            PersonReference.apart_from,
            *_selected(names),
        )
        .join(Person, Person.id == PersonReference.person_id)
        .where(
            PersonReference.source == sources.pop()
            if len(sources) == 1
            else among(ctx.db, PersonReference.source, sources),
            among(ctx.db, PersonReference.external_id, {external_id for _, external_id in keys}),
        )
    )
    for source, external_id, gone_at, apart_from, *rest in (await ctx.db.execute(_locked(query, lock))).all():
        register.by_reference[source, external_id] = _entry(register, names, rest)
        register.ties[source, external_id] = Tie(gone_at, apart_from)
    asked = {address for columns in wanted if (address := columns.get("email_folded"))}
    if others := asked - register.by_address.keys():
        query = select(*_selected(names)).where(
            Person.email_folded.is_not(None), among(ctx.db, Person.email_folded, others)
        )
        for row in (await ctx.db.execute(_locked(query, lock))).all():
            _entry(register, names, row)
    return register


def _locked(query: Select[Any], lock: bool) -> Select[Any]:
    return query.order_by(Person.id).with_for_update(of=Person) if lock else query


def _selected(names: Sequence[str]) -> list[Any]:
    return [Person.id, Person.version, *(getattr(Person, name) for name in names)]


def _entry(register: Register, names: Sequence[str], row: Sequence[Any]) -> Entry:
    person_id, version, *values = row
    entry = register.entries.get(person_id)
    if entry is None:
        entry = Entry(person_id, version, dict(zip(names, values, strict=True)))
        entry.address = entry.columns.get("email")
        register.entries[person_id] = entry
        if address := entry.columns.get("email_folded"):
            register.by_address[address] = entry
    return entry


async def write(ctx: Context, register: Register) -> None:
    """Insert the new, change the changed, tie the references, record what happened. Three statements at most."""
    tenant = {"organization_id": ctx.organization_id}
    # In one order everywhere, so that two imports wait for each other instead of locking each other out.
    new = sorted(
        (e for e in register.entries.values() if e.is_new), key=lambda e: e.columns["email_folded"] or ""
    )
    changed = sorted(
        (e for e in register.entries.values() if (e.changed or e.was) and not e.is_new), key=lambda e: e.id
    )
    made = {"created_at": ctx.now, "updated_at": ctx.now}
    await insert_rows(ctx.db, Person.__table__, [tenant | {"id": e.id} | e.columns | made for e in new])
    rows = [
        tenant | {"id": e.id, "version": e.version} | e.columns | {"updated_at": ctx.now} for e in changed
    ]
    if await update_rows(ctx.db, Person.__table__, rows) != len(rows):
        raise Overtaken
    ties = sorted(register.new_references.items())
    await insert_rows(
        ctx.db,
        PersonReference.__table__,
        [
            tenant
            | {"source": source, "external_id": external_id, "person_id": person_id}
            | {"gone_at": None, "apart_from": register.apart.get((source, external_id))}
            for (source, external_id), person_id in ties
        ],
    )
    await _write_ties(ctx, {key: tie for key, tie in register.ties.items() if tie.is_changed})
    for entry in register.entries.values():
        _record(ctx, entry)


def _record(ctx: Context, entry: Entry) -> None:
    if entry.is_new:
        ctx.record("person.created", entry.id)
        return
    if entry.changed:
        ctx.record("person.updated", entry.id, changed=sorted(entry.changed))
        note_address(ctx, entry.id, entry.address, entry.columns.get("email"))
    if entry.was:
        state = entry.columns["state"]
        kind = "person.deactivated" if state == "deactivated" else "person.reactivated"
        ctx.record(kind, entry.id, moved=(entry.was, state), by="sync")


async def _write_ties(ctx: Context, ties: dict[ReferenceKey, Tie]) -> None:
    """Change what is kept of references: one text, prepared once for all of them."""
    if not ties:
        return
    table: Any = PersonReference.__table__
    statement = (
        update(table)
        .where(
            table.c.organization_id == ctx.organization_id,
            table.c.source == bindparam("of"),
            table.c.external_id == bindparam("called"),
        )
        .values(gone_at=bindparam("gone"), apart_from=bindparam("apart"))
    )
    rows = [
        {"of": source, "called": called, "gone": tie.gone_at, "apart": tie.apart_from}
        for (source, called), tie in sorted(ties.items())
    ]
    await (await ctx.db.connection()).execute(statement, rows)
