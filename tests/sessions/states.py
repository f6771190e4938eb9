"""How sessions live: into every state, and every obstacle in their way."""

from uuid import UUID

from sqlalchemy import update

from peergroup.groups.models import Group
from peergroup.sessions.models import Rsvp, Segment, Session, SessionTouch
from tests.matrix.roles import ACTIVE, ADMINS
from tests.matrix.stage import Stage
from tests.matrix.states import CONCERNED, Obstructed, Subject, a_life
from tests.sessions.staged import a_session, an_exercise


async def lived(stage: Stage, state: str) -> Subject:
    one = await a_session(stage, state)
    return Subject(one.id, one.claimant, like="member")


session = a_life(
    "session",
    made=lived,
    found_by=lambda _state: (*ADMINS, *ACTIVE, "on_leave", "provisional", "service", CONCERNED),
    bodies={"extend": {"minutes": 5}, "cancel": {"reason": "Another day."}},
)


@session.obstacle("group_inactive")
async def not_active(stage: Stage, _verb: str, state: str) -> Obstructed:
    one = await a_session(stage, state)
    await stage.change(Group, one.group.id, state="archived")
    return Obstructed(one.id, stage.moderator)


@session.obstacle("over")
async def over(stage: Stage, _verb: str, state: str) -> Obstructed:
    return Obstructed((await a_session(stage, state, begins_in=-300)).id, stage.moderator)


@session.obstacle("overlap")
async def overlapping(stage: Stage, _verb: str, state: str) -> Obstructed:
    one = await a_session(stage, state)
    await a_session(stage, "scheduled", begins_in=60, group=one.group)
    return Obstructed(one.id, stage.moderator)


@session.obstacle("too_early")
async def early(stage: Stage, _verb: str, state: str) -> Obstructed:
    return Obstructed((await a_session(stage, state, begins_in=90)).id, stage.moderator)


@session.obstacle("too_late")
async def late(stage: Stage, _verb: str, state: str) -> Obstructed:
    return Obstructed((await a_session(stage, state, begins_in=-150)).id, stage.moderator)


@session.obstacle("another_running")
async def another(stage: Stage, _verb: str, state: str) -> Obstructed:
    one = await a_session(stage, state)
    await a_session(stage, "paused", begins_in=-200, group=one.group)
    return Obstructed(one.id, stage.moderator)


@session.obstacle("exercise_running")
async def exercise(stage: Stage, _verb: str, state: str) -> Obstructed:
    one = await a_session(stage, state)
    await an_exercise(stage, one)
    return Obstructed(one.id, stage.moderator)


@session.obstacle("agenda_over")
async def nothing_left(stage: Stage, _verb: str, state: str) -> Obstructed:
    one = await a_session(stage, state)
    await _all_segments(stage, one.id, ended=True)
    return Obstructed(one.id, stage.moderator)


@session.obstacle("first_segment")
async def nothing_over(stage: Stage, _verb: str, state: str) -> Obstructed:
    one = await a_session(stage, state)
    await _all_segments(stage, one.id, ended=False)
    return Obstructed(one.id, stage.moderator)


@session.obstacle("no_segment")
async def nothing_runs(stage: Stage, _verb: str, state: str) -> Obstructed:
    one = await a_session(stage, state)
    await _all_segments(stage, one.id, ended=True)
    return Obstructed(one.id, stage.moderator)


@session.obstacle("attendance_missing")
async def unmarked(stage: Stage, _verb: str, state: str) -> Obstructed:
    one = await a_session(stage, state)
    async with stage.world.acting() as ctx:
        yes = {"answer": "yes", "seat_no": 1, "answered_at": ctx.now}
        ctx.db.add(Rsvp(session_id=one.id, person_id=one.claimant.person_id, **yes))
    return Obstructed(one.id, stage.moderator)


@session.obstacle("led")
async def somebody_leads(stage: Stage, _verb: str, state: str) -> Obstructed:
    one = await a_session(stage, state)
    async with stage.world.acting() as ctx:
        mine = SessionTouch.session_id == one.id
        await ctx.db.execute(update(SessionTouch).where(mine).values(moderated_at=ctx.now))
    return Obstructed(one.id, one.claimant)


async def _all_segments(stage: Stage, session_id: UUID, *, ended: bool) -> None:
    await stage.change(Session, session_id, current_id=None, clock_ends_at=None, clock_left=None)
    async with stage.world.acting() as ctx:
        when = ctx.now if ended else None
        mine = Segment.session_id == session_id
        await ctx.db.execute(update(Segment).where(mine).values(started_at=when, ended_at=when))
