"""The groups of a season: found by name or made, and brought up to date."""

from typing import Any
from uuid import UUID

from sqlalchemy import exists, or_, select, true

from peergroup.groups import founding
from peergroup.groups.lifecycles import GROUP
from peergroup.groups.models import Covenant, Group, Membership
from peergroup.groups.policy import GUIDE
from peergroup.groups.queries import find_group
from peergroup.groups.schemas import CovenantIn, GroupIn, GroupPatch
from peergroup.groups.standing import MODERATORS
from peergroup.kit.context import Context
from peergroup.kit.lifecycle import perform
from peergroup.kit.problems import invalid
from peergroup.seasons.document import SeasonGroup
from peergroup.seasons.library import outcome
from peergroup.seasons.names import Names
from peergroup.seasons.schemas import SeasonChange
from peergroup.sessions.plan_schemas import FieldChange, as_data

_PLAIN = ("focus", "cadence", "time_zone", "capacity")


async def keep_group(ctx: Context, given: SeasonGroup, names: Names) -> tuple[Group, list[SeasonChange]]:
    """The group that is meant, as the season wants it; made where there is none."""
    known = await _known(ctx, given)
    if known is None:
        group, fields = await _found(ctx, given, names), []
    else:
        group, fields = known, await _update(ctx, known, given, names)
    if given.active and group.state == "forming":
        fields += await _activate(ctx, group)
    change = "created" if known is None else "updated" if fields else "unchanged"
    shown = [] if known is None else fields
    return group, [outcome("group", given.name, change, group.id, shown, group=given.name)]


async def _known(ctx: Context, given: SeasonGroup) -> Group | None:
    """The group of this id or name, which the actor guides; of the groups that one leads, where one is no admin.

    403 before anything is compared: what differs would tell what is there. The standing is read in any case: a
    kept answer is for whoever still has it.
    """
    group_id = given.id or await _id_by_name(ctx, given.name)
    if group_id is None:
        return None
    group, standing = await find_group(ctx, group_id)
    ctx.require(GUIDE, standing)
    return group


async def _id_by_name(ctx: Context, name: str) -> UUID | None:
    leads = exists().where(
        Membership.group_id == Group.id,
        Membership.person_id == ctx.principal.person_id,
        Membership.state == "active",
        Membership.role.in_(MODERATORS),
    )
    mine = or_(leads, true() if ctx.principal.is_admin else leads)
    query = select(Group.id).where(Group.name == name, Group.state != "archived", mine).limit(2)
    found = (await ctx.db.scalars(query)).all()
    if len(found) > 1:
        raise invalid("/name", "is the name of several groups: say which one by its id")
    return found[0] if found else None


async def _found(ctx: Context, given: SeasonGroup, names: Names) -> Group:
    moderators = [names.person(who, f"/moderators/{place}") for place, who in enumerate(given.moderators)]
    values: dict[str, Any] = {name: getattr(given, name) for name in (*_PLAIN, "covenant")}
    sent = {name: value for name, value in values.items() if value is not None}
    group = await founding.found(ctx, GroupIn(name=given.name, moderators=moderators, **sent))
    if given.agenda_template is not None:
        template_id = names.template(given.agenda_template, "/agenda_template")
        await founding.update(ctx, group.id, GroupPatch(agenda_template_id=template_id))
    return group


async def _update(ctx: Context, group: Group, given: SeasonGroup, names: Names) -> list[FieldChange]:
    wanted: dict[str, Any] = {"name": given.name} | {
        name: getattr(given, name) for name in _PLAIN if name in given.model_fields_set
    }
    if "agenda_template" in given.model_fields_set:
        wanted["agenda_template_id"] = names.template(given.agenda_template, "/agenda_template")
    differs = {
        name: value
        for name, value in wanted.items()
        if getattr(group, name) != value and (value is not None or name not in ("time_zone", "capacity"))
    }
    fields = [
        FieldChange(field=name, before=_said(names, getattr(group, name)), after=_said(names, value))
        for name, value in differs.items()
    ]
    if differs:
        await founding.update(ctx, group.id, GroupPatch(**differs))
    if given.covenant is not None and not await ctx.db.scalar(
        select(Covenant.id).where(Covenant.group_id == group.id).limit(1)
    ):
        await founding.write_covenant(ctx, group.id, CovenantIn(text=given.covenant))
        fields.append(FieldChange(field="covenant", before=None, after="the first version"))
    return fields


def _said(names: Names, value: Any) -> Any:
    return names.said.get(value, as_data(value)) if value is not None else None


async def _activate(ctx: Context, group: Group) -> list[FieldChange]:
    found, standing = await find_group(ctx, group.id, lock=True)
    await perform(ctx, GROUP, "activate", found, action=founding.activate, standing=standing)
    return [FieldChange(field="state", before="forming", after="active")]
