"""Are two people connected through their companies? Asked before somebody joins a group, and again on changes."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from peergroup.kit.bulk import among
from peergroup.kit.context import Context
from peergroup.people.companies import seen_from
from peergroup.people.models import CompanyRelation, Person

SAME_COMPANY = "same_company"


async def connected(ctx: Context, person_id: UUID, others: Collection[UUID]) -> dict[UUID, str]:
    """Those of `others` who are connected with the person, with the reason, in one statement.

    Reasons: `same_company`, `competitor`, `customer` (the other's company buys from the person's), `supplier`.
    """
    if not others:
        return {}
    me, other = aliased(Person), aliased(Person)
    related = or_(
        and_(CompanyRelation.company_id == me.company_id, CompanyRelation.other_id == other.company_id),
        and_(CompanyRelation.other_id == me.company_id, CompanyRelation.company_id == other.company_id),
    )
    query = (
        select(other.id, me.company_id, other.company_id, CompanyRelation.company_id, CompanyRelation.kind)
        .select_from(me)
        .join(other, and_(among(ctx.db, other.id, others), other.id != me.id))
        .outerjoin(CompanyRelation, related)
        .where(
            me.id == person_id,
            or_(other.company_id == me.company_id, CompanyRelation.company_id.is_not(None)),
        )
    )
    rows: Any = await ctx.db.execute(query)
    return {
        found: SAME_COMPANY if mine == theirs else seen_from(mine, (stored_from, kind))
        for found, mine, theirs, stored_from, kind in rows
    }
