"""Drawing a question for a session; doing it again skips the present one, and nobody asks why."""

import datetime as dt
from collections import Counter
from random import Random
from uuid import UUID

from sqlalchemy import select

from peergroup.facilitation import exercises
from peergroup.facilitation.exercises import Subject
from peergroup.facilitation.models import GOING_ON, Exercise
from peergroup.icebreakers import policy
from peergroup.icebreakers.drawing import Choice, depth_for, draw, first_speaker
from peergroup.icebreakers.library import on_offer
from peergroup.icebreakers.models import Draw
from peergroup.icebreakers.remembering import memory_of, present_draw, sessions_held
from peergroup.icebreakers.schemas import DrawIn
from peergroup.kit.context import Context
from peergroup.kit.ids import new_id
from peergroup.kit.problems import CONFLICT, INVALID_TRANSITION, Problem, invalid
from peergroup.sessions.models import HELD, Session
from peergroup.sessions.presence import present_at
from peergroup.sessions.queries import find_session

METHOD, PHASE = "icebreaker_round", "round"


async def draw_for(ctx: Context, session_id: UUID, wanted: DrawIn) -> Draw:
    """Draw a question for a session, and start the round where one is wanted."""
    session, here = await find_session(ctx, session_id, lock=True, agenda=False)
    ctx.require(policy.DRAW, here, session)
    _judge(session, wanted)
    await _skip_present(ctx, session)
    made = await _drawn(ctx, session, wanted)
    ctx.db.add(made)
    await ctx.db.flush()
    if wanted.round is not None:
        made.exercise_id = await _round(ctx, session, made, wanted)
    ctx.record("icebreaker.drawn", session, draw_id=made.id, key=made.key, depth=made.depth)
    await ctx.db.flush()
    return made


def _judge(session: Session, wanted: DrawIn) -> None:
    if session.state not in HELD:
        detail = f"Nothing is drawn while the session is {session.state}."
        raise Problem(INVALID_TRANSITION, detail, state=session.state, allowed=[])
    if wanted.round == "live" and session.state != "in_progress":
        raise invalid("/round", "a live round needs the session to be running")
    if wanted.round == "async" and session.state != "scheduled":
        raise invalid("/round", "an asynchronous round is for the time before a session")
    if wanted.ends_at is not None and wanted.round != "async":
        raise invalid("/ends_at", "belongs to asynchronous rounds")


async def _skip_present(ctx: Context, session: Session) -> None:
    present = await present_draw(ctx, session.id)
    if present is None:
        return
    if present.exercise_id is not None:
        state = await ctx.db.scalar(select(Exercise.state).where(Exercise.id == present.exercise_id))
        if state in GOING_ON:
            raise Problem(CONFLICT, "People are answering: finish or abandon the round first.")
    present.skipped_at = ctx.now
    # It gives its place up in the database before another one takes it.
    await ctx.db.flush()


async def _drawn(ctx: Context, session: Session, wanted: DrawIn) -> Draw:
    presence = await present_at(ctx, session.id)
    here = sorted(presence.expected - presence.absent)
    memory, past = await memory_of(ctx, session, here)
    depth = wanted.depth or depth_for(await sessions_held(ctx, session.group_id))
    chance = Random(f"{session.id}/{len(past)}")  # noqa: S311 - no secret: who checks a draw gets the same
    choice = draw(await on_offer(ctx, depth), memory, chance)
    if choice is None:
        raise Problem(CONFLICT, "Every question of this depth was skipped today; try another depth.")
    began = Counter(one.first_id for one in past if one.first_id is not None and one.skipped_at is None)
    first = first_speaker(here, began, len(past), chance) if wanted.first == "drawn" else None
    return _row(ctx, session, choice, first)


def _row(ctx: Context, session: Session, choice: Choice, first: tuple[UUID, str] | None) -> Draw:
    prompt = choice.prompt
    return Draw(
        id=new_id(),
        group_id=session.group_id,
        session_id=session.id,
        key=prompt.key,
        text=prompt.text,
        depth=prompt.depth,
        why=choice.why,
        first_id=first[0] if first else None,
        first_why=first[1] if first else None,
        created_at=ctx.now,
    )


async def _round(ctx: Context, session: Session, made: Draw, wanted: DrawIn) -> UUID:
    deadlines: dict[str, dt.datetime] = {}
    if wanted.round == "async":
        deadlines[PHASE] = wanted.ends_at or session.starts_at
    exercise = await exercises.create(
        ctx,
        group_id=session.group_id,
        protocol=METHOD,
        mode=wanted.round or "live",
        subject=Subject("icebreaker", made.id, None, made.text),
        session_id=session.id,
        deadlines=deadlines,
    )
    await exercises.start(ctx, exercise)
    return exercise.id
