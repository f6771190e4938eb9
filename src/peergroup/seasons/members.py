"""The people of a season's groups: who is missing is invited, and nobody is removed."""

from uuid import UUID

from sqlalchemy import select

from peergroup.groups import invitations
from peergroup.groups.models import LIVE, Group, Membership
from peergroup.groups.schemas import InviteIn, MembershipPatch, NewPerson
from peergroup.kit.context import Context
from peergroup.kit.text import fold
from peergroup.seasons.document import SeasonGroup, SeasonPerson
from peergroup.seasons.library import outcome
from peergroup.seasons.names import Names
from peergroup.seasons.places import at
from peergroup.seasons.schemas import SeasonChange
from peergroup.sessions.plan_schemas import FieldChange


async def keep_members(ctx: Context, group: Group, given: SeasonGroup, names: Names) -> list[SeasonChange]:
    """Invite whoever is named and has no place in the group, and make moderators of those who are to be."""
    if not given.moderators and not given.members:
        return []
    query = select(Membership).where(Membership.group_id == group.id, Membership.state.in_(LIVE))
    places = {one.person_id: one for one in await ctx.db.scalars(query)}
    changes = []
    for place, who in enumerate(given.moderators):
        person_id = names.person(who, f"/moderators/{place}")
        changes.append(await _moderator(ctx, group, who, person_id, places.get(person_id)))
        places.setdefault(person_id, Membership(person_id=person_id))
    for place, one in enumerate(given.members):
        with at(f"/members/{place}"):
            changes.append(await _member(ctx, group, one, places, names))
    return changes


async def _moderator(
    ctx: Context, group: Group, who: str, person_id: UUID, membership: Membership | None
) -> SeasonChange:
    if membership is None:
        made = await invitations.invite(ctx, group.id, InviteIn(person_id=person_id, role="moderator"))
        return outcome("member", who, "created", made.id, group=group.name, person_id=made.person.id)
    if membership.role == "moderator":
        return outcome("member", who, "unchanged", membership.id, group=group.name, person_id=person_id)
    before = membership.role
    await invitations.change(ctx, membership.id, MembershipPatch(role="moderator"))
    fields = [FieldChange(field="role", before=before, after="moderator")]
    return outcome("member", who, "updated", membership.id, fields, group=group.name, person_id=person_id)


async def _member(
    ctx: Context,
    group: Group,
    one: str | SeasonPerson,
    places: dict[UUID, Membership],
    names: Names,
) -> SeasonChange:
    if isinstance(one, SeasonPerson):
        who, known = one.email, names.people.get(fold(one.email))
        invitation = InviteIn(person=NewPerson(name=one.name, email=one.email))
    else:
        who, known = one, names.person(one, "")
        invitation = InviteIn(person_id=known)
    if known in places:
        return outcome("member", who, "unchanged", places[known].id, group=group.name, person_id=known)
    made = await invitations.invite(ctx, group.id, invitation)
    names.people[fold(who)] = made.person.id
    names.said[made.person.id] = made.person.name
    return outcome("member", who, "created", made.id, group=group.name, person_id=made.person.id)
