"""What is read of people, each with the directory's visibility applied."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, exists, null, select
from sqlalchemy.orm import aliased

from peergroup.kit.bulk import among
from peergroup.kit.context import Context
from peergroup.kit.pagination import Paging, page
from peergroup.kit.problems import not_found
from peergroup.kit.text import fold
from peergroup.kit.wire import Named, Page
from peergroup.people.lifecycles import PERSON
from peergroup.people.models import TOMBSTONES, Company, ErasureReceipt, Person, PersonReference
from peergroup.people.schemas import ErasureOut, PersonOut, Reference, Removed
from peergroup.people.visibility import reads_all, sees, sees_email

_PLAIN = (
    "id",
    "state",
    "name",
    "show_email",
    "organization_role",
    "job_title",
    "level",
    "industry",
    "time_zone",
    "zone_of_genius",
    "offers",
    "needs",
    "gaps",
    "values",
    "created_at",
    "updated_at",
    "version",
)


async def find(ctx: Context, person_id: UUID, *, lock: bool = False) -> tuple[Person, Any]:
    """A person the actor finds, locked against other changes if `lock`, and the actor's standing; 404 else."""
    query = select(Person).where(Person.id == person_id, sees(ctx)).execution_options(populate_existing=True)
    person = await ctx.db.scalar(query.with_for_update(of=Person) if lock else query)
    if person is None:
        raise not_found()
    return person, ctx.principal


def _visible(ctx: Context) -> Select[Any]:
    columns = [getattr(Person, name) for name in _PLAIN]
    email = case((sees_email(ctx), Person.email), else_=null()).label("email")
    return (
        select(*columns, email, Person.merged_into_id, Person.company_id, Company.name.label("company_name"))
        .outerjoin(Company, Company.id == Person.company_id)
        .where(sees(ctx))
    )


async def directory(
    ctx: Context, paging: Paging, *, state: str | None, company_id: UUID | None, q: str | None
) -> Page[PersonOut]:
    """People by name. Without a `state`, those who are still there."""
    query = _visible(ctx)
    query = query.where(Person.state == state) if state else query.where(Person.state.not_in(TOMBSTONES))
    if company_id is not None:
        query = query.where(Person.company_id == company_id)
    if q is not None:
        query = query.where(Person.name_folded.contains(fold(q), autoescape=True))
    rows, cursor = await page(ctx, query, paging, by=(Person.name_folded, Person.id))
    references = await _references(ctx, [row.id for row in rows])
    return Page[PersonOut](items=[_out(ctx, row, references) for row in rows], next_cursor=cursor)


async def one(ctx: Context, person_id: UUID) -> PersonOut:
    """One person as this reader sees them; 404 where they do not."""
    row = (await ctx.db.execute(_visible(ctx).where(Person.id == person_id))).one_or_none()
    if row is None:
        raise not_found()
    return _out(ctx, row, await _references(ctx, [person_id]))


async def person_or_survivor(ctx: Context, person_id: UUID) -> PersonOut | UUID:
    """One person; where they were merged, the id of the survivor, if the reader finds that one."""
    row = (await ctx.db.execute(_visible(ctx).where(Person.id == person_id))).one_or_none()
    if row is not None and row.merged_into_id is None:
        return _out(ctx, row, await _references(ctx, [person_id]))
    tombstone = aliased(Person)
    merged = exists().where(tombstone.id == person_id, tombstone.merged_into_id == Person.id)
    survivor = await ctx.db.scalar(select(Person.id).where(merged, sees(ctx)))
    if survivor is None:
        raise not_found()
    return survivor


async def by_reference(ctx: Context, source: str, external_id: str) -> PersonOut | None:
    """The person whom another system calls so, if there is one and the reader finds them."""
    query = _visible(ctx).join(PersonReference, PersonReference.person_id == Person.id)
    key = (PersonReference.source == source, PersonReference.external_id == external_id)
    row = (await ctx.db.execute(query.where(*key))).one_or_none()
    return None if row is None else _out(ctx, row, await _references(ctx, [row.id]))


async def _references(ctx: Context, people: Collection[UUID]) -> dict[UUID, list[Reference]]:
    if not people or not reads_all(ctx):
        return {}
    columns = (PersonReference.person_id, PersonReference.source, PersonReference.external_id)
    query = select(*columns).where(among(ctx.db, PersonReference.person_id, people)).order_by(*columns)
    found: dict[UUID, list[Reference]] = {}
    for person_id, source, external_id in await ctx.db.execute(query):
        found.setdefault(person_id, []).append(Reference(source=source, external_id=external_id))
    return found


def _out(ctx: Context, row: Any, references: dict[UUID, list[Reference]]) -> PersonOut:
    values = row._mapping
    company = None if row.company_id is None else Named(id=row.company_id, name=row.company_name)
    return PersonOut(
        **{name: values[name] for name in _PLAIN},
        email=row.email,
        company=company,
        merged_into=row.merged_into_id,
        references=references.get(row.id, []),
        allowed_actions=PERSON.allowed(ctx.principal, row),
    )


async def receipt(ctx: Context, person_id: UUID) -> ErasureOut:
    """The receipt of a person's erasure; 404 where they were not erased."""
    found = await ctx.db.scalar(select(ErasureReceipt).where(ErasureReceipt.person_id == person_id))
    if found is None:
        raise not_found()
    return ErasureOut(
        id=found.id,
        person_id=found.person_id,
        state="running" if found.finished_at is None else "finished",
        words=found.words,
        removed=[Removed(what=what, count=count) for what, count in sorted(found.removed.items())],
        created_at=found.created_at,
        finished_at=found.finished_at,
    )
