"""Who is in a group."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import aliased

from peergroup.groups.models import Membership
from peergroup.groups.schemas import RosterEntry
from peergroup.groups.standing import MODERATORS, Standing
from peergroup.kit.context import Context
from peergroup.kit.wire import Named
from peergroup.people.models import Person

_Entry, _Somebody = aliased(Membership), aliased(Person)
SHOWN = ("invited", "provisional", "active", "on_leave", "suspended")


async def active_moderators(ctx: Context, group_id: UUID) -> list[UUID]:
    """The people who lead a group at present."""
    query = select(Membership.person_id).where(
        Membership.group_id == group_id, Membership.role.in_(MODERATORS), Membership.state == "active"
    )
    return list((await ctx.db.scalars(query)).all())


def people_of(group_id: Any, standing: Standing) -> Select[Any, Any, Any, Any, Any]:
    """SQL: the people of a group as a reader may see them, in the form of `RosterEntry`, at most 200.

    Newcomers-to-be see who leads it, and themselves. The standing may be one over columns (`kit.reads`).
    """
    everybody: Any = standing.reads_roster
    return (
        select(
            _Entry.id.label("membership_id"),
            _Entry.person_id,
            _Somebody.name,
            _Entry.role.label("role"),
            _Entry.state.label("state"),
        )
        .join(_Somebody, _Somebody.id == _Entry.person_id)
        .where(
            _Entry.group_id == group_id,
            _Entry.state.in_(SHOWN),
            or_(
                everybody,
                _Entry.person_id == standing.person_id,
                and_(_Entry.role.in_(MODERATORS), _Entry.state == "active"),
            ),
        )
        .order_by(_Somebody.name, _Entry.id)
        .limit(200)
        .correlate_except(_Entry, _Somebody)
    )


async def roster(ctx: Context, standing: Standing) -> list[RosterEntry]:
    """The people of a group as this reader may see them."""
    rows = (await ctx.db.execute(people_of(standing.group_id, standing))).all()
    return [
        RosterEntry(
            membership_id=row.membership_id,
            person=Named(id=row.person_id, name=row.name),
            role=row.role,
            state=row.state,
        )
        for row in rows
    ]
