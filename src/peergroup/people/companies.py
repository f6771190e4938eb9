"""What happens to companies, and what they are to each other."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Select, case, delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from peergroup.kit.bulk import among
from peergroup.kit.context import Context, get
from peergroup.kit.ids import new_id
from peergroup.kit.problems import Problem, invalid, problem_type
from peergroup.kit.text import fold
from peergroup.people import policy
from peergroup.people.company_schemas import CompanyIn, CompanyPatch
from peergroup.people.models import Company, CompanyRelation

COMPANY_KNOWN = problem_type(
    "company_known",
    409,
    "There is a company of that name",
    "Use the company named in 'candidate_id', or another name; case makes no difference.",
)
_SEEN_FROM_THERE = {"competitor": "competitor", "customer": "supplier", "supplier": "customer"}


async def create(ctx: Context, given: CompanyIn) -> Company:
    """Add a company."""
    ctx.require(policy.KEEP_COMPANIES, ctx.principal)
    company = Company(name=given.name, created_at=ctx.now)
    await _refuse_known(ctx, company)
    ctx.db.add(company)
    await _store(ctx, company)
    ctx.record("company.created", company)
    return company


async def rename(ctx: Context, company_id: UUID, patch: CompanyPatch) -> Company:
    """Give a company another name."""
    ctx.require(policy.KEEP_COMPANIES, ctx.principal)
    company = await get(ctx, Company, company_id, lock=True)
    ctx.expect(company)
    if patch.name is None or patch.name == company.name:
        return company
    company.name = patch.name
    with ctx.db.no_autoflush:
        await _refuse_known(ctx, company)
    await _store(ctx, company)
    ctx.record("company.updated", company, changed=["name"])
    return company


async def _refuse_known(ctx: Context, company: Company) -> None:
    query = select(Company.id).where(Company.name_folded == company.name_folded, Company.id != company.id)
    if company.id is None:
        query = select(Company.id).where(Company.name_folded == company.name_folded)
    if (known := await ctx.db.scalar(query)) is not None:
        raise Problem(COMPANY_KNOWN, "Another company has this name.", candidate_id=str(known))


async def _store(ctx: Context, company: Company) -> None:
    try:
        await ctx.db.flush()
    except IntegrityError as error:
        raise Problem(COMPANY_KNOWN, "Another company got this name at the same time.") from error


async def named(ctx: Context, names: Collection[str]) -> dict[str, UUID]:
    """The companies of these names, by folded name; those not known yet are added. At most four statements."""
    wanted = {fold(name): name for name in names}
    found = await _by_name(ctx, wanted)
    if missing := {folded: name for folded, name in wanted.items() if folded not in found}:
        made = await _add(ctx, missing)
        for company_id in made.values():
            ctx.record("company.created", company_id)
        found |= made
        if rivals := missing.keys() - made.keys():
            found |= await _by_name(ctx, rivals)
    return found


async def _by_name(ctx: Context, folded: Collection[str]) -> dict[str, UUID]:
    if not folded:
        return {}
    query = select(Company.name_folded, Company.id).where(among(ctx.db, Company.name_folded, folded))
    return {row[0]: row[1] for row in await ctx.db.execute(query)}


async def _add(ctx: Context, missing: dict[str, str]) -> dict[str, UUID]:
    dialect = sqlite if ctx.house.database.is_sqlite else postgresql
    # Sorted, so that two who add the same names wait for each other instead of locking each other out.
    rows = [
        {
            "organization_id": ctx.organization_id,
            "id": new_id(),
            "name": missing[folded],
            "name_folded": folded,
            "version": 1,
            "created_at": ctx.now,
        }
        for folded in sorted(missing)
    ]
    statement = dialect.insert(Company).on_conflict_do_nothing().returning(Company.name_folded, Company.id)
    return {row[0]: row[1] for row in await ctx.db.execute(statement, rows)}


async def relate(ctx: Context, company_id: UUID, other_id: UUID, kind: str) -> tuple[Company, Company]:
    """Say what another company is to this one: `competitor`, `customer`, `supplier` or `none`."""
    ctx.require(policy.KEEP_COMPANIES, ctx.principal)
    if company_id == other_id:
        raise invalid("other_id", "is this company itself")
    low, high = sorted((company_id, other_id))
    both = {key: await get(ctx, Company, key, lock=True) for key in (low, high)}
    stored = kind if company_id == low else _SEEN_FROM_THERE.get(kind, "none")
    pair = (CompanyRelation.company_id == low, CompanyRelation.other_id == high)
    before = await ctx.db.scalar(select(CompanyRelation.kind).where(*pair))
    if (before or "none") != stored:
        await ctx.db.execute(
            delete(CompanyRelation).where(*pair).execution_options(synchronize_session=False)
        )
        if stored != "none":
            ctx.db.add(CompanyRelation(company_id=low, other_id=high, kind=stored))
            await ctx.db.flush()
        ctx.record("company.relation_changed", company_id, other_id=other_id, relation=kind)
    return both[company_id], both[other_id]


def relations_of(company_id: UUID) -> Select[UUID, str, UUID, str]:
    """Id and name of each related company, with the relation as it is stored."""
    other = case(
        (CompanyRelation.company_id == company_id, CompanyRelation.other_id), else_=CompanyRelation.company_id
    )
    here = or_(CompanyRelation.company_id == company_id, CompanyRelation.other_id == company_id)
    return (
        select(Company.id, Company.name, CompanyRelation.company_id, CompanyRelation.kind)
        .join(CompanyRelation, Company.id == other)
        .where(here)
    )


def seen_from(company_id: UUID, relation: tuple[UUID, str]) -> str:
    """A stored relation `(company_id, kind)` as it reads from one of its two companies."""
    stored_from, kind = relation
    return kind if stored_from == company_id else _SEEN_FROM_THERE[kind]
