"""What remains of an exercise: without names, written once at its end, as JSON and as Markdown."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, null, select, union_all

from peergroup.facilitation.ballot_models import Ballot, Mark, Tally
from peergroup.facilitation.circle import Circle
from peergroup.facilitation.contribution_schemas import ExerciseMinutesOut
from peergroup.facilitation.marking import may_show_results
from peergroup.facilitation.models import Contribution, Exercise, Minutes
from peergroup.facilitation.steps import steps
from peergroup.facilitation.withholding import unwritten
from peergroup.groups.models import Group
from peergroup.kit.context import Context
from peergroup.kit.problems import not_found
from peergroup.kit.time import to_wire


async def write_minutes(ctx: Context, circle: Circle) -> None:
    """Write down what was said to everybody. Of what was only for those present, nothing remains."""
    exercise = circle.exercise
    if exercise.is_for_those_present:
        return
    await ctx.db.flush()
    content = {
        "exercise_id": str(exercise.id),
        "title": circle.protocol.title,
        "subject": exercise.subject_title,
        "started_at": to_wire(exercise.started_at or ctx.now),
        "ended_at": to_wire(ctx.now),
        "phases": await _phases(ctx, circle),
        "withheld": [
            one.model_dump() | {"title": circle.protocol.phase(one.phase).title} for one in unwritten(circle)
        ],
    }
    ctx.db.add(Minutes(exercise_id=exercise.id, content=content, written_at=ctx.now))


async def _phases(ctx: Context, circle: Circle) -> list[dict[str, Any]]:
    query = (
        select(Contribution)
        .where(
            Contribution.exercise_id == circle.exercise.id,
            Contribution.revealed_at.is_not(None),
            Contribution.breakout.is_(None),
            Contribution.deleted_at.is_(None),
            Contribution.merged_into_id.is_(None),
        )
        .order_by(Contribution.step_no, Contribution.id)
        .execution_options(populate_existing=True)
    )
    said = list((await ctx.db.scalars(query)).all())
    marks = await _marks(ctx, circle)
    tops: dict[str, list[str]] = {}
    for pinned in circle.exercise.board:
        for card in pinned["contribution_ids"]:
            tops.setdefault(card, []).append(pinned["list"])
    found = []
    for place, step in enumerate(steps(circle.protocol, circle.exercise.rounds)):
        here = [
            _line(one, marks) | {"top": tops.get(str(one.id), [])} for one in said if one.step_no == place
        ]
        title = circle.protocol.phase(step.phase).title
        if here:
            found.append({"phase": step.phase, "title": title, "round": step.round, "said": here})
    return found


async def _marks(ctx: Context, circle: Circle) -> dict[Any, dict[str, int]]:
    """How many marks each contribution has by list: as they were counted at the end of a phase, else as they are."""
    here = circle.exercise

    def tied(model: Any) -> Any:
        yield model.organization_id == here.organization_id

    same = (Ballot.exercise_id == Tally.exercise_id) & (Ballot.ballot == Tally.ballot)
    counted = (
        select(Tally.contribution_id, Tally.ballot, Tally.marks, Ballot.voters)
        .join(Ballot, same)
        .where(Tally.exercise_id == here.id, *tied(Tally), *tied(Ballot))
    )
    given = (
        select(Mark.contribution_id, Mark.ballot, func.count(), null())
        .where(Mark.exercise_id == here.id, *tied(Mark))
        .group_by(Mark.contribution_id, Mark.ballot)
    )
    lists = (marks for phase in circle.protocol.phases for marks in phase.marks)
    hidden = {marks.list for marks in lists if marks.tally == "hidden"}
    found: dict[Any, dict[str, int]] = {}
    marks: Any = (await ctx.db.execute(union_all(given, counted))).all()
    for card, name, count, voters in marks:
        if name.partition("#")[0] not in hidden or may_show_results(voters):
            found.setdefault(card, {})[name] = count
    return found


def _line(one: Contribution, marks: dict[Any, dict[str, int]]) -> dict[str, Any]:
    return {
        "contribution_id": str(one.id),
        "kind": one.kind,
        "body": one.body,
        "parent_id": str(one.parent_id) if one.parent_id else None,
        "by_on": one.by_on.isoformat() if one.by_on else None,
        "action": one.action,
        "marks": marks.get(one.id, {}),
        "dropped": one.drop_reason,
    }


async def take_out_of_minutes(ctx: Context, exercise_id: UUID, contribution_ids: set[str]) -> None:
    """Let lines lose their words, because their author took them back. That something stood there stays."""
    for minutes in await held_minutes(ctx, Minutes.exercise_id == exercise_id):
        minutes.content = without_words(minutes.content, contribution_ids)


async def held_minutes(ctx: Context, *where: Any) -> Sequence[Minutes]:
    """Minutes to be rewritten, locked: of two who take words out at once, neither writes the other's back."""
    query = select(Minutes).where(*where).order_by(Minutes.exercise_id).with_for_update(key_share=True)
    return (await ctx.db.scalars(query.execution_options(populate_existing=True))).all()


def without_words(content: dict[str, Any], contribution_ids: set[str]) -> dict[str, Any]:
    """Minutes in which these lines have no words."""

    def line(one: dict[str, Any]) -> dict[str, Any]:
        return one | {"body": "", "action": None} if one["contribution_id"] in contribution_ids else one

    phases = [phase | {"said": [line(one) for one in phase["said"]]} for phase in content["phases"]]
    return content | {"phases": phases}


async def minutes_of(ctx: Context, exercise: Exercise) -> ExerciseMinutesOut:
    """The minutes of a finished exercise; 404 before, and where none are kept."""
    query = (
        select(Minutes.content, Group.time_zone)
        .join(Exercise, Exercise.id == Minutes.exercise_id)
        .join(Group, Group.id == Exercise.group_id)
        .where(Minutes.exercise_id == exercise.id)
    )
    row = (await ctx.db.execute(query)).one_or_none()
    if row is None:
        raise not_found()
    return ExerciseMinutesOut.model_validate(row.content | {"time_zone": row.time_zone})
