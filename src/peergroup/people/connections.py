"""How people are connected through their companies: what an admission looks at."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from peergroup.kit.context import Context
from peergroup.people.models import CompanyRelation, Person


async def connected(ctx: Context, person_id: UUID, others: Sequence[UUID]) -> dict[UUID, str]:
    """Those of `others` whose company is the person's own (`same_company`) or related to it, with the reason."""
    if not others:
        return {}
    one, other = aliased(Person), aliased(Person)
    related = or_(
        and_(CompanyRelation.company_id == one.company_id, CompanyRelation.other_id == other.company_id),
        and_(CompanyRelation.other_id == one.company_id, CompanyRelation.company_id == other.company_id),
    )
    query = (
        select(other.id, one.company_id == other.company_id, CompanyRelation.kind)
        .select_from(one)
        .join(other, other.id.in_(others))
        .outerjoin(CompanyRelation, related)
        .where(one.id == person_id, one.company_id.is_not(None), other.company_id.is_not(None))
    )
    rows = (await ctx.db.execute(query)).all()
    return {row[0]: "same_company" if row[1] else row[2] for row in rows if row[1] or row[2]}
