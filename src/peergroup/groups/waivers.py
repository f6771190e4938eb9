"""What was waived in a group, for those who lead it."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from peergroup.groups import policy
from peergroup.groups.models import Waiver
from peergroup.groups.queries import find_group
from peergroup.groups.schemas import WaiverOut
from peergroup.kit.context import Context
from peergroup.kit.pagination import Paging, page
from peergroup.kit.wire import Named, Page
from peergroup.people.models import Person

_Maker = aliased(Person)


async def list_waivers(ctx: Context, group_id: UUID, paging: Paging) -> Page[WaiverOut]:
    """What was waived in a group, the newest first."""
    _, standing = await find_group(ctx, group_id)
    ctx.require(policy.READ_WAIVERS, standing)
    statement = _waivers().where(Waiver.group_id == group_id)
    rows, following = await page(ctx, statement, paging, by=[Waiver.created_at, Waiver.id], descending=True)
    return Page[WaiverOut](items=[_out(row) for row in rows], next_cursor=following)


async def show_waiver(ctx: Context, waiver: Waiver) -> WaiverOut:
    """One waiver on the wire."""
    return _out((await ctx.db.execute(_waivers().where(Waiver.id == waiver.id))).one())


def _waivers() -> Any:
    return (
        select(Waiver, Person.name, _Maker.name.label("maker"))
        .join(Person, Person.id == Waiver.person_id)
        .outerjoin(_Maker, _Maker.id == Waiver.made_by_id)
    )


def _out(row: Any) -> WaiverOut:
    waiver: Waiver = row.Waiver
    made_by = None
    if waiver.made_by_id is not None:
        made_by = Named(id=waiver.made_by_id, name=row.maker)
    return WaiverOut(
        id=waiver.id,
        person_id=waiver.person_id,
        person=Named(id=waiver.person_id, name=row.name),
        made_by=made_by,
        finding=waiver.finding,
        reason=waiver.reason,
        created_at=waiver.created_at,
    )
