"""Saying "mine too": once per person, counted with the challenge. Who says so is told to nobody."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.dialects import postgresql, sqlite

from peergroup.challenges import policy
from peergroup.challenges.answers import SecondOut
from peergroup.challenges.finding import find_challenge
from peergroup.challenges.models import Challenge, Second
from peergroup.kit.context import Context
from peergroup.kit.problems import CONFLICT, Problem

_WAITING = ("parked", "submitted", "returned", "accepted")
_UNSEEN = {"synchronize_session": False}


async def second(ctx: Context, challenge_id: UUID) -> SecondOut:
    """Say that it is one's own problem too; again changes nothing."""
    challenge = await _enter(ctx, challenge_id)
    dialect = sqlite if ctx.house.database.is_sqlite else postgresql
    row = {
        "organization_id": ctx.organization_id,
        "challenge_id": challenge.id,
        "person_id": ctx.me,
        "said_at": ctx.now,
    }
    statement: Any = dialect.insert(Second).values(row).on_conflict_do_nothing().returning(Second.person_id)
    fresh = (await ctx.db.execute(statement)).first() is not None
    times_asked = await _count(ctx, challenge, 1) if fresh else challenge.times_asked
    return SecondOut(challenge_id=challenge.id, times_asked=times_asked, seconded=True)


async def take_back(ctx: Context, challenge_id: UUID) -> None:
    """Say no longer that it is one's own problem; nothing changes for who never said so."""
    challenge = await _enter(ctx, challenge_id)
    statement = (
        delete(Second)
        .where(Second.challenge_id == challenge.id, Second.person_id == ctx.me)
        .returning(Second.person_id)
        .execution_options(**_UNSEEN)
    )
    if (await ctx.db.execute(statement)).first() is not None:
        await _count(ctx, challenge, -1)


async def _enter(ctx: Context, challenge_id: UUID) -> Challenge:
    challenge, standing = await find_challenge(ctx, challenge_id, lock=True)
    ctx.require(policy.SECOND, standing, challenge)
    ctx.expect(challenge)
    if challenge.state not in _WAITING:
        raise Problem(CONFLICT, f"It is {challenge.state}: it waits for nothing any more.")
    return challenge


async def _count(ctx: Context, challenge: Challenge, by: int) -> int:
    # Without counting a version: nobody's edit becomes stale because somebody has the same problem.
    statement = (
        update(Challenge)
        .where(Challenge.id == challenge.id)
        .values(times_asked=Challenge.times_asked + by)
        .returning(Challenge.times_asked)
        .execution_options(**_UNSEEN)
    )
    times_asked: int = (await ctx.db.execute(statement)).scalar_one()
    ctx.record(
        "challenge.seconded" if by > 0 else "challenge.unseconded",
        challenge,
        unnamed=True,
        times_asked=times_asked,
    )
    return times_asked
