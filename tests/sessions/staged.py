"""Sessions on the stage, put into a state behind everybody's back."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from peergroup.facilitation.models import Exercise, ProtocolVersion
from peergroup.groups.models import Membership
from peergroup.kit.context import Context
from peergroup.kit.time import wall_time
from peergroup.sessions.models import Segment, Session, SessionTouch
from tests.facilitation.people import a_document
from tests.matrix.stage import Placed, Stage, Troupe

STARTED = ("in_progress", "paused", "completed")


@dataclass
class StagedSession:
    """A session in a fresh group, and the member who claimed it."""

    id: UUID
    group: Troupe
    claimant: Placed
    segments: list[UUID]


async def a_session(
    stage: Stage, state: str, *, begins_in: float = 30, group: Troupe | None = None, **columns: Any
) -> StagedSession:
    """Two hours in three segments: of a running one the first is over and the second runs."""
    group = group or await stage.group()
    claimant = await stage.somebody(group=group)
    async with stage.world.acting() as ctx:
        session = _session(ctx, group, state, begins_in, claimant)
        ctx.db.add(session)
        for name, value in columns.items():
            setattr(session, name, value)
        await ctx.db.flush()
        segments = [_segment(ctx, session, place) for place in range(3)]
        await ctx.db.flush()
        if state in ("in_progress", "paused"):
            _let_run(ctx, session, segments)
    stage.ids |= {str(session.id), *(str(one.id) for one in segments)}
    return StagedSession(session.id, group, claimant, [one.id for one in segments])


def _session(ctx: Context, group: Troupe, state: str, begins_in: float, claimant: Placed) -> Session:
    starts_at = ctx.now + dt.timedelta(minutes=begins_in)
    return Session(
        group_id=group.id,
        state=state,
        title=f"{group.name}: its session",
        place=f"{group.name}: its place",
        local_start=wall_time(starts_at, "UTC"),
        time_zone="UTC",
        minutes=120,
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(minutes=120),
        started_at=ctx.now if state in STARTED else None,
        claimed_by_id=claimant.person_id,
        created_at=ctx.now,
        updated_at=ctx.now,
    )


def _segment(ctx: Context, session: Session, place: int) -> Segment:
    segment = Segment(
        session_id=session.id,
        position=place,
        title=f"{session.title} {place}",
        kind="custom",
        minutes=20,
        created_at=ctx.now,
    )
    ctx.db.add(segment)
    return segment


def _let_run(ctx: Context, session: Session, segments: list[Segment]) -> None:
    first, second, _ = segments
    first.started_at = first.ended_at = second.started_at = ctx.now
    session.current_id, session.clock_left = second.id, 600 if session.state == "paused" else None
    session.clock_ends_at = ctx.now + dt.timedelta(minutes=10) if session.state == "in_progress" else None
    touched = ctx.now - dt.timedelta(hours=1)
    ctx.db.add(SessionTouch(session_id=session.id, moderated_at=touched))


async def an_exercise(stage: Stage, session: StagedSession) -> None:
    """A live exercise that runs in the session."""
    async with stage.world.acting() as ctx:
        document = a_document("troika")
        protocol = ProtocolVersion(
            key=f"talk_{stage.number()}",
            number=1,
            title=document.title,
            digest=document.digest(),
            document=document.model_dump(mode="json"),
            is_builtin=False,
            created_at=ctx.now,
        )
        ctx.db.add(protocol)
        await ctx.db.flush()
        exercise = Exercise(
            group_id=session.group.id,
            protocol_id=protocol.id,
            protocol_key=protocol.key,
            protocol_version=1,
            state="running",
            mode="live",
            session_id=session.id,
            created_at=ctx.now,
        )
        ctx.db.add(exercise)


async def a_guest(stage: Stage, session: StagedSession) -> Placed:
    """Somebody who was let in for this session, and signed."""
    guest = await stage.somebody(group=session.group, role="guest")
    await stage.change(Membership, guest.membership_id, session_id=session.id)
    return guest


async def a_series(stage: Stage, rule: str = "FREQ=WEEKLY;COUNT=4") -> tuple[UUID, list[UUID], Troupe]:
    """A series in a fresh group, its sessions, and the group."""
    group = await stage.group()
    body = {"rule": rule, "local_start": "2030-01-08T18:00", "title": f"{group.name}: its series"}
    body |= {"place": f"{group.name}: its room", "agenda": [{"title": f"{group.name}: talk", "minutes": 20}]}
    made = (await stage.moderator.post(f"/groups/{group.id}/series", body)).json()
    sessions = [UUID(one["session_id"]) for one in made["occurrences"]]
    stage.ids |= {made["id"], *map(str, sessions)}
    return UUID(made["id"]), sessions, group
