"""Lists of exercises and of what was said in them."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from peergroup.facilitation import policy
from peergroup.facilitation.changing import place_of
from peergroup.facilitation.contribution_schemas import ContributionOut
from peergroup.facilitation.entering import covers, enter
from peergroup.facilitation.listing import Wanted, contributions
from peergroup.facilitation.models import Contribution, Exercise, ProtocolVersion
from peergroup.facilitation.posting import Posted
from peergroup.facilitation.presenting import around, shown_now
from peergroup.facilitation.schemas import ExerciseBrief, ExerciseIn
from peergroup.facilitation.thread import named
from peergroup.groups.standing import Standing, words_standing
from peergroup.kit.context import Context
from peergroup.kit.pagination import Paging, page
from peergroup.kit.problems import not_found
from peergroup.kit.wire import Page


async def list_exercises(
    ctx: Context, group_id: UUID, paging: Paging, protocol: str | None, state: str | None
) -> Page[ExerciseBrief]:
    """The exercises of a group that are the reader's to see, the newest first."""
    ctx.require(policy.LIST, await words_standing(ctx, group_id))
    statement: Any = (
        select(Exercise, ProtocolVersion.title)
        .join(ProtocolVersion, ProtocolVersion.id == Exercise.protocol_id)
        .where(Exercise.group_id == group_id, covers(ctx.principal.person_id))
    )
    if protocol is not None:
        statement = statement.where(Exercise.protocol_key == protocol)
    if state is not None:
        statement = statement.where(Exercise.state == state)
    rows, following = await page(ctx, statement, paging, by=[Exercise.id], descending=True)
    return Page[ExerciseBrief](items=[_brief(row.Exercise, row.title) for row in rows], next_cursor=following)


_BRIEF = (
    "id",
    "group_id",
    "state",
    "mode",
    "confidentiality",
    "session_id",
    "contribution_count",
    "participant_count",
    "started_at",
    "ended_at",
    "created_at",
)


def _brief(exercise: Exercise, title: str) -> ExerciseBrief:
    return ExerciseBrief(
        **{name: getattr(exercise, name) for name in _BRIEF},
        protocol=named(exercise, title),
        phase=exercise.phase if exercise.is_going_on else None,
    )


async def leading_standing(ctx: Context, group_id: UUID) -> Standing:
    """The standing of somebody who prepares an exercise; 404 where the group does not exist for them."""
    standing = await words_standing(ctx, group_id)
    ctx.require(policy.CREATE, standing)
    return standing


def mode_of(given: ExerciseIn) -> str:
    """Together where a session is named, else whenever people can."""
    return given.mode or ("live" if given.session_id is not None else "async")


async def list_contributions(ctx: Context, exercise_id: UUID, wanted: Wanted) -> Page[ContributionOut]:
    """What the reader sees of an exercise."""
    exercise, standing = await enter(ctx, exercise_id, policy.READ)
    found, following = await contributions(ctx, exercise, standing, wanted)
    return Page[ContributionOut](items=found, next_cursor=following)


async def show_posted(ctx: Context, posted: Posted) -> ContributionOut:
    """What was just said, on the wire."""
    circle, thing = posted.circle, posted.thing
    near = around(ctx, circle.exercise, circle.protocol, posted.standing, None, {})
    author = thing.author_id if isinstance(thing, Contribution) else None
    name = circle.seats[author].name if author is not None else ""
    recorder = thing.recorded_by_id if isinstance(thing, Contribution) else None
    seat = circle.seats.get(recorder) if recorder is not None else None
    return ContributionOut(**shown_now(near, thing, name, seat.name if seat is not None else None))


async def show_contribution(
    ctx: Context, exercise: Exercise, standing: Standing, contribution_id: UUID
) -> ContributionOut:
    """One contribution as the actor sees it after a change."""
    found, _ = await contributions(ctx, exercise, standing, Wanted(limit=1, only=contribution_id))
    return found[0]


async def find_contribution(ctx: Context, contribution_id: UUID) -> ContributionOut:
    """One contribution; 404 unless the reader sees it."""
    exercise_id, _ = await place_of(ctx, contribution_id)
    exercise, standing = await enter(ctx, exercise_id, policy.READ)
    found, _ = await contributions(ctx, exercise, standing, Wanted(limit=1, only=contribution_id))
    if not found:
        raise not_found()
    return found[0]
