"""Founding groups as a directory has them, and seeing to it that those are in them whom it names."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from scim2_models import InvalidValueException
from sqlalchemy import select

from peergroup.groups import actions as memberships
from peergroup.groups import founding, invitations
from peergroup.groups.lifecycles import GROUP
from peergroup.groups.models import LIVE, Membership
from peergroup.groups.models import Group as PeerGroup
from peergroup.groups.schemas import GroupIn, GroupPatch
from peergroup.kit.bulk import among
from peergroup.kit.context import Context
from peergroup.kit.lifecycle import perform
from peergroup.kit.problems import CONFLICT, Problem
from peergroup.kit.text import fold
from peergroup.people.models import Person
from peergroup.scim import profiles
from peergroup.scim.groups import Known, find
from peergroup.scim.models import ScimGroup, ScimUser
from peergroup.scim.resources import Group

MOST_MEMBERS = 200
TAKEN_OUT = "Taken out of the group by the organization's directory."
"""What the person reads as the reason."""


async def create(ctx: Context, group: Group) -> Known:
    """Found a group, still forming, and invite whoever is named in it."""
    founded = await founding.found(ctx, GroupIn(name=_name(group)))
    link = ScimGroup(
        group_id=founded.id,
        name_folded=fold(founded.name),
        external_id=profiles.line("externalId", group.external_id),
        created_at=ctx.now,
        updated_at=ctx.now,
    )
    ctx.db.add(link)
    await ctx.db.flush()
    await _invite(ctx, founded, _named(group))
    return await find(ctx, str(founded.id))


async def change(ctx: Context, known: Known, group: Group) -> Known:
    """Change a group to what the directory says: its name, its own id for it, and who is in it."""
    link, name = known.link, _name(group)
    wanted = profiles.line("externalId", group.external_id)
    if name != known.group.name:
        await founding.update(ctx, known.group.id, GroupPatch(name=name))
        link.name_folded, link.updated_at = fold(name), ctx.now
    if wanted != link.external_id:
        link.external_id, link.updated_at = wanted, ctx.now
    await ctx.db.flush()
    here, named = {str(member.value) for member in known.members}, _named(group)
    await _take_out(ctx, known.group, here - named)
    await _invite(ctx, known.group, named - here)
    return await find(ctx, str(known.group.id))


async def drop(ctx: Context, known: Known) -> None:
    """Close a group for good; the directory knows it no longer. What was said in it stays readable."""
    if known.group.state != "archived":
        await perform(ctx, GROUP, "archive", known.group, action=founding.archive)
    await ctx.db.delete(known.link)
    await ctx.db.flush()


def _name(group: Group) -> str:
    name = profiles.line("displayName", group.display_name)
    if name is None:
        raise profiles.refuse("displayName")
    return name


def _named(group: Group) -> set[str]:
    """The ids of everybody whom the directory wants to be in a group."""
    named = {str(member.value or "").strip().lower() for member in group.members or ()}
    if len(named) > MOST_MEMBERS:
        raise InvalidValueException(detail=f"A group has at most {MOST_MEMBERS} members")
    return named


async def _take_out(ctx: Context, group: PeerGroup, people: Collection[str]) -> None:
    """Remove people from a group, its last moderator included."""
    if not people:
        return
    ids = [UUID(person_id) for person_id in people]
    query = select(Membership).where(
        Membership.group_id == group.id,
        Membership.state.in_(LIVE),
        among(ctx.db, Membership.person_id, ids),
    )
    for membership in (
        await ctx.db.scalars(query.order_by(Membership.id).with_for_update(key_share=True))
    ).all():
        membership.reason = TAKEN_OUT
        await memberships.remove_by_rule(ctx, membership, "scim")


async def _invite(ctx: Context, group: PeerGroup, people: Collection[str]) -> None:
    """Invite people into a group; all of them are users whom the directory brought in, and active."""
    if not people:
        return
    if group.state == "archived":
        raise Problem(CONFLICT, "The group is archived.")
    for person_id in await _active_users(ctx, people):
        await invitations.open_invitation(ctx, group.id, person_id, "member")


async def _active_users(ctx: Context, people: Collection[str]) -> list[UUID]:
    try:
        ids = [UUID(person_id) for person_id in people]
    except ValueError:
        raise _nobody() from None
    known = (ScimUser.person_id == Person.id) & ScimUser.dropped_at.is_(None)
    query = select(Person.id, Person.state).join(ScimUser, known).where(among(ctx.db, Person.id, ids))
    found: dict[Any, str] = {row.id: row.state for row in (await ctx.db.execute(query)).all()}
    if set(ids) - found.keys():
        raise _nobody()
    if set(found.values()) - {"active"}:
        raise Problem(CONFLICT, "Somebody among the new members is deactivated; reactivate them first.")
    return sorted(ids)


def _nobody() -> InvalidValueException:
    return InvalidValueException(attribute="members", detail="members: somebody is no user here")
