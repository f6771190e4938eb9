"""Saying something in an exercise: under one's name, for somebody present, or as a sealed card."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from peergroup.facilitation import policy
from peergroup.facilitation.accepts import Accepted, Together, accepts, may_record_for, refuse_post
from peergroup.facilitation.circle import PASS, Circle
from peergroup.facilitation.contribution_schemas import ContributionIn
from peergroup.facilitation.entering import enter
from peergroup.facilitation.models import Contribution, Exercise, RoleTaken
from peergroup.facilitation.phase import VOLUNTEER
from peergroup.facilitation.problems import NOT_ACCEPTED
from peergroup.facilitation.roles import vacancies
from peergroup.facilitation.sealed_models import SealedCard
from peergroup.facilitation.seats import label
from peergroup.facilitation.seen import sees
from peergroup.facilitation.speaking import Raised, lower_voice, raise_voice, take_part
from peergroup.facilitation.telling import tell
from peergroup.facilitation.turn import require_open
from peergroup.facilitation.visibility import is_after_seeing, is_revealed_on_posting
from peergroup.groups.standing import Standing
from peergroup.kit.context import Context
from peergroup.kit.prepared import insert
from peergroup.kit.problems import FORBIDDEN, Problem, invalid
from peergroup.kit.time import local_day


@dataclass(frozen=True, slots=True)
class Posted:
    """What was made: a contribution, or a sealed card."""

    circle: Circle
    standing: Standing
    thing: Contribution | SealedCard


async def post(ctx: Context, exercise_id: UUID, given: ContributionIn) -> Posted:
    """Say something: judged by what the exercise accepts from its author at this moment."""
    exercise, standing = await enter(ctx, exercise_id, policy.SAY, share=True)
    require_open(ctx, exercise)
    author = given.recorded_for or ctx.me
    if author != ctx.me and not standing.is_moderator:
        raise Problem(FORBIDDEN, "Only a moderator notes what somebody else said.")
    # Before the voice is raised: whoever speaks in a blind phase sees, but not what they answer to without seeing.
    parent = await _parent(ctx, exercise, given.parent_id)
    raised = await raise_voice(ctx, exercise, author, given.kind)
    circle = raised.circle
    if parent is not None and parent.dropped_at is not None:
        raise refusal(circle, "What it answers to was dropped.")
    _judge(ctx, circle, author, given, parent and parent.kind)
    if circle.phase.anonymous:
        return Posted(circle, standing, await _seal(ctx, raised, given))
    if raised.had_passed:
        await lower_voice(ctx, exercise, exercise.step, raised.who, PASS)
    contribution = await _say(ctx, raised, author, given)
    await take_part(ctx, circle, author)
    if given.kind == VOLUNTEER and given.parent_id is None:
        await _take_role(ctx, circle, author)
    tell(ctx, exercise, contribution, "contribution.posted")
    return Posted(circle, standing, contribution)


def refusal(circle: Circle, detail: str, accepted: tuple[Accepted, ...] = ()) -> Problem:
    """409 `not_accepted`: it names the phase and what it accepts."""
    listed = [{"kind": one.kind, "parent_kind": one.parent_kind, "max": one.max} for one in accepted]
    return Problem(NOT_ACCEPTED, detail, phase=circle.phase.key, accepts=listed)


def _judge(ctx: Context, circle: Circle, author: UUID, given: ContributionIn, parent: str | None) -> None:
    phase, exercise = circle.phase, circle.exercise
    if given.phase not in (None, phase.key):
        raise refusal(circle, f"The present phase is `{phase.key}` by now.")
    if author != ctx.me and not may_record_for(phase):
        raise refusal(circle, f"In the phase `{phase.key}` everybody speaks for themselves.")
    this = Counter([given.kind])
    kinds, together = circle.counts(phase, exercise.round, author), circle.together(phase, exercise.round)
    accepted = accepts(
        phase,
        circle.roles(author),
        kinds - this,
        may_volunteer=circle.may_volunteer(author),
        together=Together(Counter(together.counts) - this, together.shared),
    )
    refused = refuse_post(phase, accepted, given.kind, parent)
    if refused is not None:
        raise refusal(circle, refused.detail, accepted)
    _judge_promise(ctx, circle, author, given)


async def _parent(ctx: Context, exercise: Exercise, parent_id: UUID | None) -> Any:
    """Kind and end of what is answered to, as far as its reader sees it now."""
    if parent_id is None:
        return None
    query = select(Contribution.kind, Contribution.dropped_at).where(
        Contribution.id == parent_id,
        Contribution.exercise_id == exercise.id,
        Contribution.deleted_at.is_(None),
        sees(Contribution, ctx.me, str(ctx.me)),
    )
    found = (await ctx.db.execute(query)).one_or_none()
    if found is None:
        raise invalid("/parent_id", "is no contribution to this exercise that you see")
    return found


def _judge_promise(ctx: Context, circle: Circle, author: UUID, given: ContributionIn) -> None:
    if not is_promise(circle, given.kind, given.parent_id):
        for name in ("by_on", "action"):
            if getattr(given, name) is not None:
                raise invalid(f"/{name}", "belongs to promises alone")
        return
    if given.by_on is None:
        raise invalid("/by_on", "a promise needs a by-when")
    zone = circle.seats[author].time_zone or "UTC"
    if given.by_on < local_day(ctx.now, zone):
        raise invalid("/by_on", "lies in the past")


def is_promise(circle: Circle, kind: str, parent_id: UUID | None) -> bool:
    """Whether this becomes a commitment; who volunteers for a role promises nothing."""
    return circle.phase.makes_commitment(kind) and (kind != VOLUNTEER or parent_id is not None)


async def _say(ctx: Context, raised: Raised, author: UUID, given: ContributionIn) -> Contribution:
    circle, exercise, phase = raised.circle, raised.circle.exercise, raised.circle.phase
    breakout = circle.breakout_of(phase, author)
    contribution = Contribution(
        exercise_id=exercise.id,
        group_id=exercise.group_id,
        round=exercise.round,
        phase=phase.key,
        step_no=exercise.step_no,
        breakout=None if breakout is None else label(breakout),
        visibility=phase.visibility,
        revealed_at=ctx.now if is_revealed_on_posting(phase) else None,
        kind=given.kind,
        body=given.body,
        parent_id=given.parent_id,
        by_on=given.by_on,
        action=given.action,
        author_id=author,
        recorded_by_id=ctx.me if author != ctx.me else None,
        after_seeing=is_after_seeing(
            phase, has_spoken=raised.had_spoken, others_said=others_said(circle, author)
        ),
        created_at=ctx.now,
    )
    await insert(ctx.db, contribution)
    return contribution


def others_said(circle: Circle, person: UUID) -> int:
    """How many contributions of others to the present phase stand where this person sits."""
    breakout = circle.breakout_of(circle.phase, person)
    near = circle.seats if breakout is None else breakout.people
    number = circle.exercise.round
    return sum(sum(circle.counts(circle.phase, number, other).values()) for other in near if other != person)


async def _seal(ctx: Context, raised: Raised, given: ContributionIn) -> SealedCard:
    circle, exercise = raised.circle, raised.circle.exercise
    breakout = circle.breakout_of(circle.phase, ctx.me)
    card = SealedCard(
        exercise_id=exercise.id,
        round=exercise.round,
        phase=circle.phase.key,
        step_no=exercise.step_no,
        breakout=None if breakout is None else label(breakout),
        kind=given.kind,
        body=given.body,
        parent_id=given.parent_id,
        author=raised.who,
    )
    ctx.db.add(card)
    await ctx.db.flush()
    return card


async def _take_role(ctx: Context, circle: Circle, person: UUID) -> None:
    """The first volunteer takes the first vacant role; of two at the same moment only one gets it."""
    exercise = circle.exercise
    where = circle.home_of(person)
    role = vacancies(circle.protocol, circle.cast_for(person))[0]
    dialect = sqlite if ctx.house.database.is_sqlite else postgresql
    row = {
        "organization_id": ctx.organization_id,
        "exercise_id": exercise.id,
        "round": exercise.round,
        "breakout": where,
        "role": role,
        "person_id": person,
    }
    taken = dialect.insert(RoleTaken).values(row).on_conflict_do_nothing().returning(RoleTaken.role)
    if (await ctx.db.execute(taken)).first() is None:
        raise refusal(circle, f"Somebody else has just become `{role}`.")
    circle.take_role(where, role, person)
