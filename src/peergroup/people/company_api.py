"""Routes of companies."""

from typing import Annotated, Any

from fastapi import Depends, Query
from sqlalchemy import select

from peergroup.kit.context import get
from peergroup.kit.entrance import Ctx
from peergroup.kit.ids import ResourceId
from peergroup.kit.pagination import Paging, page, paging
from peergroup.kit.routing import Room
from peergroup.kit.text import fold
from peergroup.kit.wire import Named, Page
from peergroup.people import companies, policy
from peergroup.people.company_schemas import CompanyIn, CompanyOut, CompanyPatch, RelationIn, RelationOut
from peergroup.people.models import Company

room = Room("companies", "Where people work, and what companies are to each other.")


@room.get("/companies", policy.READ_COMPANIES)
async def list_companies(
    ctx: Ctx,
    paging: Annotated[Paging, Depends(paging)],
    q: Annotated[
        str | None,
        Query(
            min_length=1, max_length=200, pattern=r"^[^\x00]*$", description="Part of the name, in any case."
        ),
    ] = None,
) -> Page[CompanyOut]:
    """All companies, by name."""
    ctx.require(policy.READ_COMPANIES, ctx.principal)
    query: Any = select(Company.id, Company.name, Company.created_at, Company.version)
    if q is not None:
        query = query.where(Company.name_folded.contains(fold(q), autoescape=True))
    rows, cursor = await page(ctx, query, paging, by=(Company.name_folded, Company.id))
    return Page[CompanyOut](items=[CompanyOut.model_validate(row) for row in rows], next_cursor=cursor)


@room.post("/companies", policy.KEEP_COMPANIES, location="/v1/companies/{id}")
async def create_company(ctx: Ctx, given: CompanyIn) -> CompanyOut:
    """Add a company."""
    return CompanyOut.model_validate(await companies.create(ctx, given))


@room.get("/companies/{company_id}", policy.READ_COMPANIES)
async def get_company(ctx: Ctx, company_id: ResourceId) -> CompanyOut:
    """A company."""
    ctx.require(policy.READ_COMPANIES, ctx.principal)
    return CompanyOut.model_validate(await get(ctx, Company, company_id))


@room.patch("/companies/{company_id}", policy.KEEP_COMPANIES, errors=(409,))
async def update_company(ctx: Ctx, company_id: ResourceId, patch: CompanyPatch) -> CompanyOut:
    """Give a company another name."""
    return CompanyOut.model_validate(await companies.rename(ctx, company_id, patch))


@room.get("/companies/{company_id}/relations", policy.READ_COMPANIES)
async def list_company_relations(
    ctx: Ctx, company_id: ResourceId, paging: Annotated[Paging, Depends(paging)]
) -> Page[RelationOut]:
    """What other companies are to this one, by their name."""
    ctx.require(policy.READ_COMPANIES, ctx.principal)
    company = await get(ctx, Company, company_id)
    statement: Any = companies.relations_of(company_id)
    rows: Any
    rows, cursor = await page(ctx, statement, paging, by=(Company.name_folded, Company.id))
    here = Named(id=company.id, name=company.name)
    return Page[RelationOut](
        items=[
            RelationOut(
                company=here,
                other=Named(id=row[0], name=row[1]),
                relation=companies.seen_from(company_id, (row[2], row[3])),
            )
            for row in rows
        ],
        next_cursor=cursor,
    )


@room.put("/companies/{company_id}/relations/{other_id}", policy.KEEP_COMPANIES)
async def relate_companies(
    ctx: Ctx, company_id: ResourceId, other_id: ResourceId, given: RelationIn
) -> RelationOut:
    """Say what another company is to this one; the other one then sees the counterpart."""
    one, other = await companies.relate(ctx, company_id, other_id, given.relation)
    return RelationOut(
        company=Named(id=one.id, name=one.name),
        other=Named(id=other.id, name=other.name),
        relation=given.relation,
    )
