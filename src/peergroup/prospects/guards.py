"""What may stand in a prospect's way. Each judge says what is wrong, or None."""

from typing import Any

from peergroup.kit.context import Context
from peergroup.organizations import actions as organizations
from peergroup.organizations.schemas import FunnelStep, Settings
from peergroup.people import consumptions
from peergroup.people.models import Person
from peergroup.prospects import steps
from peergroup.sessions import guests


async def settings_of(ctx: Context) -> Settings:
    """The organization's settings, read once in a transaction."""
    if Settings not in ctx.memory:
        ctx.memory[Settings] = Settings.model_validate((await organizations.get(ctx)).settings)
    found: Settings = ctx.memory[Settings]
    return found


async def spent(ctx: Context, prospect: Any) -> list[str]:
    """The entitlements of which nothing is left for this person, whatever the spelling of their address."""
    settings = await settings_of(ctx)
    used_by_steps = dict.fromkeys(step.uses for step in settings.funnel if step.uses is not None)
    return [
        name
        for name in used_by_steps
        if await consumptions.used(ctx, name, prospect.person_id) >= getattr(settings.entitlements, name)
    ]


async def step_of(ctx: Context, taken: Any) -> FunnelStep | None:
    """The step of the settings that is to be taken."""
    return None if taken is None else steps.named((await settings_of(ctx)).funnel, taken.step)


async def person_is_active(ctx: Context, prospect: Any, _taken: Any) -> str | None:
    """Nobody goes on who was deactivated."""
    state = ctx.memory[Person, prospect.person_id]  # `find_prospect` read it
    return None if state == "active" else "The person is deactivated; reactivate them first."


async def step_may_follow(ctx: Context, prospect: Any, taken: Any) -> str | None:
    """Steps are taken in order, and only optional ones are skipped."""
    funnel = (await settings_of(ctx)).funnel
    open_ = steps.following(funnel, prospect.taken)
    if taken is not None and taken.step not in open_:
        open_ = steps.following(funnel, prospect.taken, await spent(ctx, prospect))
    if not open_:
        return "Every step of the funnel is behind them."
    if taken is None or taken.step in open_:
        return None
    return f"What may follow now: {', '.join(open_)}."


async def entitlement_is_left(ctx: Context, prospect: Any, taken: Any) -> str | None:
    """What is free is free so many times for a person, and never again."""
    step = await step_of(ctx, taken)
    if step is None or step.uses is None:
        return None
    name = step.uses
    allowed = getattr((await settings_of(ctx)).entitlements, name)
    if await consumptions.used(ctx, name, prospect.person_id) < allowed:
        return None
    return used_up(name)


def used_up(name: str) -> str:
    """What is said of an entitlement that is used up."""
    return f"Their free {name.replace('_', ' ')} is used up; the step can be skipped."


async def came_as_a_guest(ctx: Context, prospect: Any, taken: Any) -> str | None:
    """Whether somebody came is known from the session's attendance, and from nowhere else."""
    step = await step_of(ctx, taken)
    if step is None or not step.needs_visit:
        return None
    if await guests.came_as_a_guest(ctx, prospect.person_id):
        return None
    return "No session marks them present as a guest."


async def way_is_finished(ctx: Context, prospect: Any, _taken: Any) -> str | None:
    """Whoever joins through the funnel went through it; others are invited."""
    funnel = (await settings_of(ctx)).funnel
    if not steps.missing(funnel, prospect.taken):
        return None
    left = steps.missing(funnel, prospect.taken, await spent(ctx, prospect))
    return f"Still to come: {', '.join(left)}." if left else None
