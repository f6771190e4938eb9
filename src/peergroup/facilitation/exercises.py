"""For the rooms above: preparing, running and ending an exercise by a rule, inside their own transaction.

Locks come in the order group, session, exercise: whoever holds one of the former may call these.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import select

from peergroup.facilitation import actions
from peergroup.facilitation.lifecycles import EXERCISE
from peergroup.facilitation.models import GOING_ON, Exercise
from peergroup.facilitation.presence import meeting
from peergroup.facilitation.protocol import Protocol
from peergroup.facilitation.schemas import AdvanceIn, Confidentiality
from peergroup.facilitation.shelf import present_version, protocol_of
from peergroup.facilitation.timing import deadline_findings
from peergroup.groups.models import Group
from peergroup.kit.context import Context, get
from peergroup.kit.lifecycle import Action, perform
from peergroup.kit.problems import INVALID, Problem, invalid
from peergroup.kit.time import to_wire
from peergroup.organizations.models import Organization
from peergroup.organizations.schemas import Settings


@dataclass(frozen=True, slots=True)
class Subject:
    """What an exercise is about: a thing of a higher floor, and whose it is, if it is anybody's."""

    kind: str
    id: UUID
    owner_id: UUID | None
    title: str | None = None


async def create(
    ctx: Context,
    *,
    group_id: UUID,
    protocol: str,
    mode: Literal["live", "async"],
    subject: Subject | None,
    session_id: UUID | None = None,
    segment_id: UUID | None = None,
    deadlines: Mapping[str, dt.datetime] | None = None,
    confidentiality: Confidentiality = "group",
) -> Exercise:
    """A pending exercise that plays the present version of a method.

    422 for an unknown method, where it needs a subject and has none, or the deadlines or the session do not
    fit. The caller has judged who may.
    """
    version = await present_version(ctx, protocol)
    exercise = Exercise(
        group_id=group_id,
        protocol_id=version.id,
        protocol_key=version.key,
        protocol_version=version.number,
        mode=mode,
        confidentiality=confidentiality,
        session_id=session_id,
        segment_id=segment_id,
        subject_kind=subject and subject.kind,
        subject_id=subject and subject.id,
        subject_title=subject and subject.title,
        owner_id=subject and subject.owner_id,
        made_by_id=ctx.principal.person_id,
        shared_limits=await _shared_limits(ctx),
        deadlines={key: to_wire(when) for key, when in (deadlines or {}).items()},
        created_at=ctx.now,
    )
    _judge(ctx, exercise, await protocol_of(ctx, exercise), deadlines or {})
    await _judge_session(ctx, exercise)
    ctx.db.add(exercise)
    await ctx.db.flush()
    ctx.record("exercise.created", exercise, protocol=version.key, session_id=session_id)
    return exercise


async def _shared_limits(ctx: Context) -> list[str]:
    """The kinds whose limit the organization lets hold for the whole group, as it is set now."""
    query = select(Organization.settings).where(Organization.id == ctx.organization_id)
    return Settings.model_validate((await ctx.db.execute(query)).scalar_one()).shared_limits


def _judge(
    ctx: Context, exercise: Exercise, protocol: Protocol, deadlines: Mapping[str, dt.datetime]
) -> None:
    if protocol.subject != "none" and exercise.subject_id is None:
        raise invalid("/protocol", f"is about a {protocol.subject}: start one, and it makes the exercise")
    if deadlines and exercise.mode == "live":
        raise invalid("/deadlines", "belong to asynchronous exercises: a live phase is never closed by time")
    found = deadline_findings(protocol, deadlines, ctx.now)
    if found:
        errors = [{"pointer": one.pointer, "detail": one.detail} for one in found]
        raise Problem(INVALID, "The deadlines do not fit the method.", errors=errors)


async def _judge_session(ctx: Context, exercise: Exercise) -> None:
    if exercise.session_id is None:
        if exercise.segment_id is not None:
            raise invalid("/segment_id", "needs the session it belongs to")
        return
    known = await meeting(ctx, exercise.session_id)
    if known is None:
        return
    if known.group_id != exercise.group_id:
        raise invalid("/session_id", "is no session of this group")
    if exercise.segment_id is not None and exercise.segment_id not in known.segments:
        raise invalid("/segment_id", "is no segment of this session")


async def start(ctx: Context, exercise: Exercise) -> None:
    """Start a pending exercise; 409 with the guards that stand in the way."""
    await get(ctx, Group, exercise.group_id, share=True)
    await _perform(ctx, "start", exercise, actions.start)


async def running_in(ctx: Context, session_id: UUID) -> Exercise | None:
    """The live exercise that is going on in a session, paused or not."""
    query = select(Exercise).where(
        Exercise.session_id == session_id, Exercise.mode == "live", Exercise.state.in_(GOING_ON)
    )
    found: Exercise | None = await ctx.db.scalar(query)
    return found


async def pause_in(ctx: Context, session_id: UUID) -> None:
    """Stop the clock of the exercise that runs in a session, if there is one."""
    await _if_state(ctx, session_id, "running", "pause", actions.pause)


async def resume_in(ctx: Context, session_id: UUID) -> None:
    """Let the paused exercise of a session go on, if there is one."""
    await _if_state(ctx, session_id, "paused", "resume", actions.resume)


async def _if_state(ctx: Context, session_id: UUID, state: str, verb: str, action: Action) -> None:
    found = await running_in(ctx, session_id)
    if found is not None:
        exercise = await get(ctx, Exercise, found.id, lock=True)
        if exercise.state == state:
            await perform(ctx, EXERCISE, verb, exercise, action=action)


async def finish(ctx: Context, exercise: Exercise) -> None:
    """End an exercise now; 409 while its hard guards do not hold."""
    await _perform(ctx, "finish", exercise, actions.finish)


async def abandon(ctx: Context, exercise: Exercise) -> None:
    """Give an exercise up."""
    await _perform(ctx, "abandon", exercise, actions.abandon)


async def advance_by_clock(ctx: Context, exercise: Exercise) -> None:
    """End a phase whose deadline has passed; 409 where a hard guard keeps it waiting for people."""
    taken = AdvanceIn(override_reason="The deadline has passed.")
    await perform(ctx, EXERCISE, "advance", exercise, action=actions.advance, taken=taken)


async def _perform(ctx: Context, verb: str, exercise: Exercise, action: Action) -> None:
    locked = await get(ctx, Exercise, exercise.id, lock=True)
    await perform(ctx, EXERCISE, verb, locked, action=action)
