"""Making promises, and changing what they say."""

from uuid import UUID

from peergroup.commitments import clock, policy
from peergroup.commitments.actions import about
from peergroup.commitments.guards import lies_ahead
from peergroup.commitments.models import Commitment
from peergroup.commitments.queries import find_commitment
from peergroup.commitments.schemas import CommitmentIn, CommitmentPatch
from peergroup.commitments.sources import Place, place_of
from peergroup.facilitation.models import Contribution, Exercise
from peergroup.groups import policy as groups
from peergroup.groups.standing import words_standing
from peergroup.kit.context import Context, Principal
from peergroup.kit.ids import new_id
from peergroup.kit.problems import CONFLICT, Problem, invalid


async def promise(ctx: Context, given: CommitmentIn) -> Commitment:
    """Make a promise in a session, before the group, or to oneself."""
    ctx.require(policy.PROMISE, ctx.principal)
    place = await _place(ctx, given)
    if not await lies_ahead(ctx, ctx.me, given.by_on):
        raise invalid("/by_on", "lies in the past")
    commitment = Commitment(
        owner_id=ctx.me,
        source=given.source,
        group_id=place and place.group_id,
        session_id=given.session_id,
        began_at=place and place.began_at,
        body=given.body,
        action=given.action,
        by_on=given.by_on,
        created_at=ctx.now,
    )
    await _begin(ctx, commitment)
    return commitment


async def _place(ctx: Context, given: CommitmentIn) -> Place | None:
    if given.session_id is None:
        return None
    place = await place_of(ctx, given.source, given.session_id)
    if place is None:
        raise invalid("/session_id", "is no session of yours that has begun")
    try:
        standing = await words_standing(ctx, place.group_id)
    except Problem as refusal:
        if refusal.kind.status != 404:
            raise
        raise invalid("/session_id", "is no session of yours that has begun") from refusal
    ctx.require(groups.SAY, standing)
    return place


async def promise_in_exercise(ctx: Context, contribution: Contribution, exercise: Exercise) -> None:
    """The promise that a contribution makes, in the transaction that makes the contribution."""
    if contribution.author_id is None or contribution.by_on is None:
        return
    commitment = Commitment(
        owner_id=contribution.author_id,
        source="exercise",
        group_id=exercise.group_id,
        exercise_id=exercise.id,
        contribution_id=contribution.id,
        session_id=exercise.session_id,
        began_at=exercise.started_at,
        confidentiality=exercise.confidentiality,
        in_common=contribution.visibility == "open" and contribution.breakout is None,
        body=contribution.body or "",
        action=contribution.action,
        by_on=contribution.by_on,
        created_at=ctx.now,
    )
    await _begin(ctx, commitment)


async def _begin(ctx: Context, commitment: Commitment) -> None:
    commitment.id = new_id()
    await clock.follow(ctx, commitment)
    ctx.db.add(commitment)
    await ctx.db.flush()
    ctx.record("commitment.made", commitment, by_on=commitment.by_on, to="open", **about(commitment))


async def change(ctx: Context, commitment_id: UUID, patch: CommitmentPatch) -> tuple[Commitment, Principal]:
    """Change what a promise says. Those of exercises say what was said there."""
    commitment, actor = await find_commitment(ctx, commitment_id, lock=True)
    ctx.require(policy.EDIT, actor, commitment)
    if commitment.group_id is not None:
        ctx.require(groups.SAY, await words_standing(ctx, commitment.group_id))
    ctx.expect(commitment)
    if commitment.source == "exercise":
        raise Problem(CONFLICT, "It was made in an exercise: change the contribution there.")
    if commitment.state != "open":
        raise Problem(CONFLICT, f"It is {commitment.state}: what it said stays as it is.")
    changed = sorted(patch.model_fields_set)
    for name in changed:
        setattr(commitment, name, getattr(patch, name))
    if changed:
        ctx.record("commitment.updated", commitment, changed=changed, **about(commitment))
    await ctx.db.flush()
    return commitment, actor
