"""How challenges react to what happens to exercises, promises, memberships and sessions."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from peergroup.challenges import actions, following
from peergroup.challenges.facts import tell
from peergroup.challenges.finding import hold_around
from peergroup.challenges.lifecycles import CHALLENGE
from peergroup.challenges.models import OPEN, Challenge
from peergroup.commitments.models import Commitment
from peergroup.facilitation.models import Exercise
from peergroup.facilitation.phase import COMMITMENT
from peergroup.facilitation.shelf import protocol_of
from peergroup.kit.context import Context, get
from peergroup.kit.events import Fact, on
from peergroup.kit.lifecycle import perform


async def _worked_on_in(ctx: Context, exercise_id: UUID) -> Challenge | None:
    """The challenge that an exercise works on, locked; None where it is not being worked on any more."""
    query = select(Challenge.id).where(Challenge.exercise_id == exercise_id)
    challenge_id: UUID | None = await ctx.db.scalar(query)
    if challenge_id is None:
        return None
    challenge = await get(ctx, Challenge, challenge_id, lock=True)
    return challenge if challenge.state == "in_progress" and challenge.exercise_id == exercise_id else None


@on("exercise.finished")
async def commit_at_the_end(ctx: Context, fact: Fact) -> None:
    """The moderator's last step is the owner's commitment: the same act, from the other side."""
    challenge = await _worked_on_in(ctx, fact.subject_id)
    if challenge is None:
        return
    exercise = await get(ctx, Exercise, fact.subject_id)
    collects = any(COMMITMENT in phase.kinds for phase in (await protocol_of(ctx, exercise)).phases)
    if collects:
        await perform(ctx, CHALLENGE, "commit", challenge, action=actions.commit)


@on("exercise.abandoned")
async def reopen_what_was_given_up(ctx: Context, fact: Fact) -> None:
    """A challenge whose exercise is given up goes back on the list."""
    challenge = await _worked_on_in(ctx, fact.subject_id)
    if challenge is not None:
        await perform(ctx, CHALLENGE, "reopen", challenge, action=actions.reopen)


@on("membership.left", "membership.removed")
async def withdraw_what_is_open(ctx: Context, fact: Fact) -> None:
    """Whoever leaves takes the problems along that nobody has finished working on."""
    person = fact.facts.get("person_id")
    query = select(Challenge.id).where(
        Challenge.group_id == fact.group_id,
        Challenge.owner_id == UUID(str(person)),
        Challenge.state.in_(OPEN),
    )
    for challenge_id in (await ctx.db.scalars(query.order_by(Challenge.id))).all():
        await hold_around(ctx, challenge_id)
        challenge = await get(ctx, Challenge, challenge_id, lock=True)
        if challenge.state in OPEN:
            await perform(ctx, CHALLENGE, "withdraw", challenge, action=actions.withdraw)


@on("commitment.renegotiated")
async def ask_later(ctx: Context, fact: Fact) -> None:
    """Where the promise is moved, the question what came of it moves along."""
    commitment: Any = fact.subject
    if not isinstance(commitment, Commitment) or commitment.exercise_id is None:
        return
    query = select(Challenge.id).where(
        Challenge.exercise_id == commitment.exercise_id, Challenge.state == "committed"
    )
    challenge_id = await ctx.db.scalar(query)
    if challenge_id is None:
        return
    challenge = await get(ctx, Challenge, challenge_id, lock=True)
    earliest = await ctx.db.scalar(
        select(func.min(Commitment.by_on)).where(
            Commitment.exercise_id == challenge.exercise_id,
            Commitment.owner_id == challenge.owner_id,
            Commitment.state == "open",
        )
    )
    if challenge.state == "committed" and earliest is not None and earliest != challenge.follow_up_on:
        challenge.follow_up_on = earliest
        await following.schedule(ctx, challenge)
        await ctx.db.flush()


@on("session.cancelled", "session.completed")
async def free_the_place(ctx: Context, fact: Fact) -> None:
    """What did not get its hot seat in a session waits for another one."""
    query = select(Challenge.id).where(
        Challenge.session_id == fact.subject_id,
        Challenge.state.in_(("parked", "submitted", "returned", "accepted")),
    )
    for challenge_id in (await ctx.db.scalars(query.order_by(Challenge.id))).all():
        challenge = await get(ctx, Challenge, challenge_id, lock=True)
        challenge.session_id = challenge.position = None
        tell(ctx, "challenge.placed", challenge, session_id=None, position=None)
    await ctx.db.flush()
