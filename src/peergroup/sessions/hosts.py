"""Who has everybody in, and whose a segment is: somebody of the group, as long as they take part."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import exists, or_, select

from peergroup.groups.models import TAKING_PART, Membership
from peergroup.kit.context import LOCK, Context
from peergroup.kit.problems import invalid
from peergroup.people.models import Person
from peergroup.sessions.models import Segment, Session


async def names_in(ctx: Context, group_id: UUID, wanted: Mapping[str, UUID | None]) -> dict[UUID, str]:
    """The names of people who take part in a group, in one statement; none where nobody is wanted.

    `wanted` says for each JSON pointer who is named there. 422 at the pointer of whoever is nobody of the group.
    """
    ids = {person_id for person_id in wanted.values() if person_id is not None}
    if not ids:
        return {}
    query = (
        select(Person.id, Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.group_id == group_id,
            Membership.state.in_(TAKING_PART),
            Membership.role != "guest",
            Person.id.in_(ids),
        )
    )
    found: dict[UUID, str] = dict((await ctx.db.execute(query)).all())
    for pointer, person_id in wanted.items():
        if person_id is not None and person_id not in found:
            raise invalid(pointer, "is nobody who takes part in this group")
    return found


async def give_up(ctx: Context, group_id: UUID, person_id: UUID) -> None:
    """Somebody takes no part any more: what lay ahead of them in sessions is nobody's again."""
    named = exists().where(Segment.session_id == Session.id, Segment.person_id == person_id)
    query: Any = (
        select(Session)
        .where(
            Session.group_id == group_id,
            Session.state.in_(("draft", "scheduled")),
            or_(Session.host_id == person_id, named),
        )
        .order_by(Session.id)
        .with_for_update(of=Session, **LOCK)
    )
    for session in (await ctx.db.scalars(query)).all():
        if session.host_id == person_id:
            session.host_id = None
        session.updated_at = ctx.now
        ctx.record("session.given_up", session)  # guests hear it, too: not who
        mine = select(Segment).where(Segment.session_id == session.id, Segment.person_id == person_id)
        for segment in (await ctx.db.scalars(mine)).all():
            segment.person_id = None
    await ctx.db.flush()
