"""How prospects live: into every state, and every obstacle in their way."""

from typing import Any
from uuid import UUID

from sqlalchemy import update

from peergroup.kit.time import to_wire
from peergroup.organizations.models import Organization
from peergroup.people import consumptions
from peergroup.people.models import Person
from peergroup.prospects.models import LIVE, Prospect
from tests.matrix.roles import ADMINS
from tests.matrix.stage import Stage
from tests.matrix.states import Obstructed, Subject, a_life
from tests.prospects.factories import a_funnel

CALL, VISIT = "discovery_held", "guest_attended"
_asked: list[str] = []
"""The step that is asked for next, where it is not the usual one."""


async def a_prospect(stage: Stage, state: str, *, funnel: str = "?", taken: tuple[str, ...] = ()) -> Subject:
    """Somebody in this state, in a funnel of two steps that can be skipped, or, with `funnel=""`, cannot."""
    await stage.group()
    person = await stage.person()
    async with stage.world.acting() as ctx:
        settings = {"funnel": a_funnel(CALL + funnel, VISIT + funnel)}
        organization = Organization.id == stage.world.organization_id
        await ctx.db.execute(update(Organization).where(organization).values(settings=settings))
        prospect = Prospect(
            person_id=person.person_id,
            state=state,
            step=next(reversed(taken), None),
            passed=[{"step": step, "at": to_wire(ctx.now)} for step in taken],
            note=f"{stage.mark}: a note",
            moved_at=ctx.now,
            ended_at=None if state in LIVE else ctx.now,
            created_at=ctx.now,
        )
        ctx.db.add(prospect)
        await ctx.db.flush()
    stage.ids.add(str(prospect.id))
    return Subject(prospect.id, person)


async def _walked(stage: Stage, state: str) -> Subject:
    return Subject((await a_prospect(stage, state)).id)


async def _a_group(stage: Stage) -> dict[str, Any]:
    return {"group_id": str((await stage.group()).id)}


async def _a_step(_stage: Stage) -> dict[str, Any]:
    return {"step": _asked.pop() if _asked else CALL}


prospect = a_life(
    "prospect",
    made=_walked,
    found_by=lambda _state: (*ADMINS, "moderator", "co_moderator", "service"),
    bodies={"advance": _a_step, "convert": _a_group, "decline": {"reason": "No time."}},
)


def _whose(subject: Subject) -> UUID:
    assert subject.concerned is not None
    assert subject.concerned.person_id is not None
    return subject.concerned.person_id


@prospect.obstacle("person_inactive")
async def deactivated(stage: Stage, _verb: str, state: str) -> Obstructed:
    one = await a_prospect(stage, state)
    await stage.change(Person, _whose(one), state="deactivated")
    return Obstructed(one.id, stage.moderator)


@prospect.obstacle("out_of_order")
async def behind_them(stage: Stage, _verb: str, state: str) -> Obstructed:
    return Obstructed((await a_prospect(stage, state, taken=(CALL, VISIT))).id, stage.moderator)


@prospect.obstacle("entitlement_used")
async def used_up(stage: Stage, _verb: str, state: str) -> Obstructed:
    one = await a_prospect(stage, state)
    async with stage.world.acting() as ctx:
        assert await consumptions.consume(ctx, "discovery_call", _whose(one), 1)
    return Obstructed(one.id, stage.moderator)


@prospect.obstacle("not_attended")
async def never_came(stage: Stage, _verb: str, state: str) -> Obstructed:
    _asked.append(VISIT)
    return Obstructed((await a_prospect(stage, state)).id, stage.moderator)


@prospect.obstacle("steps_missing")
async def half_way(stage: Stage, _verb: str, state: str) -> Obstructed:
    return Obstructed((await a_prospect(stage, state, funnel="")).id, stage.moderator)
