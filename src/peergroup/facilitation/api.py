"""Routes of exercises: preparing, running, speaking, marking, and what came of it."""

from typing import Annotated, Literal, cast
from uuid import UUID

from fastapi import Body, Depends, Path, Query, Response

from peergroup.facilitation import (
    actions,
    changing,
    deciding,
    exercises,
    participating,
    passing,
    policy,
    posting,
    queries,
    results,
    voting,
)
from peergroup.facilitation.contribution_schemas import (
    ContributionIn,
    ContributionOut,
    ContributionPatch,
    DecisionIn,
    DropIn,
    ExerciseMinutesOut,
    MarkOut,
    MergeIn,
    ResultsOut,
)
from peergroup.facilitation.entering import enter, find_exercise
from peergroup.facilitation.lifecycles import EXERCISE
from peergroup.facilitation.listing import Wanted
from peergroup.facilitation.markdown import exercise_as_markdown
from peergroup.facilitation.masks import mask_of
from peergroup.facilitation.minutes import minutes_of
from peergroup.facilitation.schemas import (
    ExerciseBrief,
    ExerciseIn,
    ExerciseOpenedIn,
    ExerciseOut,
    Mode,
    ParticipantIn,
)
from peergroup.facilitation.thread import show_exercise
from peergroup.kit.answers import etag
from peergroup.kit.entrance import Ctx
from peergroup.kit.ids import ResourceId
from peergroup.kit.markdown import MEDIA, prefers_markdown
from peergroup.kit.pagination import Paging, paging
from peergroup.kit.routing import Room
from peergroup.kit.verbs import verbs
from peergroup.kit.wire import Page

room = Room("exercises", "Runs of a method: phases, who speaks, and what came of it.")
said = Room("contributions", "What is said in exercises, and marks on it.")
_KEY = r"^[a-z0-9][a-z0-9_-]*$"
Pages = Annotated[Paging, Depends(paging)]
OfProtocol = Annotated[
    str | None, Query(max_length=40, pattern=_KEY, description="Only exercises that play this method.")
]
InState = Annotated[
    Literal["pending", "running", "paused", "finished", "abandoned"] | None,
    Query(description="Only exercises in this state."),
]
OfPhase = Annotated[str | None, Query(max_length=40, pattern=_KEY, description="Only of this phase.")]
OfKind = Annotated[str | None, Query(max_length=40, pattern=_KEY, description="Only of this kind.")]
ListName = Annotated[
    str, Path(max_length=40, pattern=_KEY, description="Name of a mark list.", examples=["top"])
]
PersonId = Annotated[UUID, Path(description="A person.")]


@room.get("/groups/{group_id}/exercises", policy.LIST)
async def list_exercises(
    ctx: Ctx, group_id: ResourceId, paging: Pages, protocol: OfProtocol = None, state: InState = None
) -> Page[ExerciseBrief]:
    """The exercises of a group that you may see, the newest first."""
    return await queries.list_exercises(ctx, group_id, paging, protocol, state)


@room.post("/groups/{group_id}/exercises", policy.CREATE, location="/v1/exercises/{id}")
async def create_exercise(ctx: Ctx, group_id: ResourceId, exercise: ExerciseIn) -> ExerciseOut:
    """Prepare an exercise with a method that needs no subject; `start` begins it."""
    standing = await queries.leading_standing(ctx, group_id)
    made = await exercises.create(
        ctx,
        group_id=group_id,
        protocol=exercise.protocol,
        mode=cast("Mode", queries.mode_of(exercise)),
        subject=None,
        session_id=exercise.session_id,
        segment_id=exercise.segment_id,
        deadlines=exercise.deadlines,
        confidentiality=exercise.confidentiality,
    )
    return await show_exercise(ctx, made, standing)


@room.get("/exercises/{exercise_id}", policy.READ)
async def get_exercise(ctx: Ctx, exercise_id: ResourceId) -> ExerciseOut:
    """An exercise as you see it: the phase, what you may post and mark, and how far it is."""
    return await show_exercise(ctx, *await enter(ctx, exercise_id, policy.READ))


verbs(
    room,
    "exercise",
    EXERCISE,
    actions=actions,
    find=find_exercise,
    show=show_exercise,
    out=ExerciseOut,
    path="/exercises",
)


@room.post("/exercises/{exercise_id}/pass", policy.SAY, mask=mask_of)
async def pass_exercise(ctx: Ctx, exercise_id: ResourceId) -> ExerciseOut:
    """Say nothing in this phase; it needs no reason, and posting later cancels it."""
    return await show_exercise(ctx, *await passing.pass_on(ctx, exercise_id))


@room.put("/exercises/{exercise_id}/participants/{person_id}", policy.LEAD)
async def set_participant(
    ctx: Ctx,
    exercise_id: ResourceId,
    person_id: PersonId,
    participant: Annotated[ParticipantIn | None, Body()] = None,
) -> ExerciseOut:
    """Let somebody of the group take part in a running exercise, or no longer."""
    given = participant or ParticipantIn()
    return await show_exercise(ctx, *await participating.set_participant(ctx, exercise_id, person_id, given))


@room.put("/exercises/{exercise_id}/opened", policy.OPEN)
async def open_exercise(
    ctx: Ctx, exercise_id: ResourceId, given: Annotated[ExerciseOpenedIn | None, Body()] = None
) -> ExerciseOut:
    """Let those who joined later read an exercise, or no longer."""
    return await show_exercise(ctx, *await participating.set_opened(ctx, exercise_id, given))


@room.post("/exercises/{exercise_id}/decisions", policy.LEAD)
async def decide_tie(ctx: Ctx, exercise_id: ResourceId, decision: DecisionIn) -> ExerciseOut:
    """Settle a tie at the last place of a list: choose with a reason, or let everybody mark again."""
    return await show_exercise(ctx, *await deciding.settle_tie(ctx, exercise_id, decision))


@room.get("/exercises/{exercise_id}/results", policy.READ)
async def get_results(ctx: Ctx, exercise_id: ResourceId) -> ResultsOut:
    """What came of the mark lists, as far as it may be shown by now."""
    return await results.results_of(ctx, *await enter(ctx, exercise_id, policy.READ))


@room.get("/exercises/{exercise_id}/minutes", policy.READ, answers_with=(MEDIA,))
async def get_exercise_minutes(ctx: Ctx, exercise_id: ResourceId) -> ExerciseMinutesOut | Response:
    """What remains of a finished exercise, without names, as JSON or Markdown."""
    exercise, _ = await enter(ctx, exercise_id, policy.READ)
    found = await minutes_of(ctx, exercise)
    if not prefers_markdown(ctx.header("accept")):
        return found
    body = exercise_as_markdown(found).encode()
    return Response(body, headers={"ETag": etag(exercise.version, body)}, media_type=MEDIA)


@said.get("/exercises/{exercise_id}/contributions", policy.READ)
async def list_contributions(
    ctx: Ctx, exercise_id: ResourceId, paging: Pages, phase: OfPhase = None, kind: OfKind = None
) -> Page[ContributionOut]:
    """What was said in an exercise, as far as you see it by now."""
    wanted = Wanted(paging.limit, paging.cursor, phase, kind)
    return await queries.list_contributions(ctx, exercise_id, wanted)


@said.post(
    "/exercises/{exercise_id}/contributions",
    policy.SAY,
    location="/v1/contributions/{id}",
    mask=mask_of,
)
async def create_contribution(
    ctx: Ctx, exercise_id: ResourceId, contribution: ContributionIn
) -> ContributionOut:
    """Say something in an exercise: any of the kinds it accepts from you."""
    return await queries.show_posted(ctx, await posting.post(ctx, exercise_id, contribution))


@said.get("/contributions/{contribution_id}", policy.READ)
async def get_contribution(ctx: Ctx, contribution_id: ResourceId) -> ContributionOut:
    """One contribution, as far as you see it by now."""
    return await queries.find_contribution(ctx, contribution_id)


@said.patch("/contributions/{contribution_id}", policy.CHANGE)
async def update_contribution(
    ctx: Ctx, contribution_id: ResourceId, patch: ContributionPatch
) -> ContributionOut:
    """Change your own words; where others could have read them, what they said before stays visible."""
    held = await changing.edit(ctx, contribution_id, patch)
    return await queries.show_contribution(ctx, held.exercise, held.standing, contribution_id)


@said.delete("/contributions/{contribution_id}", policy.CHANGE)
async def delete_contribution(ctx: Ctx, contribution_id: ResourceId) -> None:
    """Take your own words back; where others could have read them, it shows that something stood there."""
    await changing.remove(ctx, contribution_id)


@said.post("/contributions/{contribution_id}/confirm", policy.CHANGE)
async def confirm_contribution(ctx: Ctx, contribution_id: ResourceId) -> ContributionOut:
    """Confirm that you said what a moderator noted for you."""
    held = await changing.confirm(ctx, contribution_id)
    return await queries.show_contribution(ctx, held.exercise, held.standing, contribution_id)


@said.post("/contributions/{contribution_id}/merge", policy.LEAD)
async def merge_contribution(ctx: Ctx, contribution_id: ResourceId, merging: MergeIn) -> ContributionOut:
    """Merge a card into another one that says the same, before the first mark."""
    held = await changing.merge(ctx, contribution_id, merging)
    return await queries.show_contribution(ctx, held.exercise, held.standing, contribution_id)


@said.post("/contributions/{contribution_id}/drop", policy.LEAD)
async def drop_contribution(ctx: Ctx, contribution_id: ResourceId, dropping: DropIn) -> ContributionOut:
    """Say that nobody takes a proposal, and why."""
    held = await changing.drop(ctx, contribution_id, dropping)
    return await queries.show_contribution(ctx, held.exercise, held.standing, contribution_id)


@said.put("/contributions/{contribution_id}/marks/{list_name}", policy.SAY)
async def set_mark(ctx: Ctx, contribution_id: ResourceId, list_name: ListName) -> MarkOut:
    """Mark a contribution in a list; the same mark again changes nothing."""
    return await voting.set_mark(ctx, contribution_id, list_name)


@said.delete("/contributions/{contribution_id}/marks/{list_name}", policy.SAY)
async def remove_mark(ctx: Ctx, contribution_id: ResourceId, list_name: ListName) -> None:
    """Take your mark back."""
    await voting.take_back(ctx, contribution_id, list_name)
