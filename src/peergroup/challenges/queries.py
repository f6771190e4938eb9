"""What is read of challenges: lists, the parking lot with its reasons, and the whole thread in one answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select

from peergroup.challenges import policy
from peergroup.challenges.answers import ChallengeBrief, ChallengeOut, CreditOut, ParkedOut, WhyOut
from peergroup.challenges.finding import Beside, beside_of, covered, named_for, with_what_is_shown
from peergroup.challenges.models import WAITING, Challenge, Credit
from peergroup.challenges.presenting import NO_THREAD, brains, brief, more, whole
from peergroup.challenges.rotation import hot_seats
from peergroup.commitments.queries import of_exercise
from peergroup.facilitation.circle import circle_of
from peergroup.facilitation.listing import Wanted as Portion
from peergroup.facilitation.listing import contributions
from peergroup.facilitation.models import Exercise
from peergroup.facilitation.shelf import protocol_of
from peergroup.facilitation.thread import show_exercise
from peergroup.groups.standing import Standing, words_standing
from peergroup.kit.context import Context, get
from peergroup.kit.pagination import Paging, page
from peergroup.kit.wire import Named, Page
from peergroup.people.models import Person

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """What narrows a list of challenges."""

    state: str | None = None
    owner: str | None = None
    """An id, or `me`."""
    session_id: UUID | None = None

    def conditions(self, ctx: Context) -> Iterator[ColumnElement[bool]]:
        """SQL: what a `Challenge` has to fulfil."""
        if self.state is not None:
            yield Challenge.state == self.state
        if self.owner is not None:
            yield Challenge.owner_id == (ctx.me if self.owner == "me" else UUID(self.owner))
            yield named_for(ctx.principal.person_id)
        if self.session_id is not None:
            yield Challenge.session_id == self.session_id


async def list_challenges(
    ctx: Context, group_id: UUID, paging: Paging, wanted: Wanted
) -> Page[ChallengeBrief]:
    """The challenges of a group that the actor reads, the newest first. Two statements."""
    ctx.require(policy.LIST, await words_standing(ctx, group_id))
    statement = with_what_is_shown(ctx).where(
        Challenge.group_id == group_id, covered(ctx), *wanted.conditions(ctx)
    )
    rows, following = await page(ctx, statement, paging, by=[Challenge.id], descending=True)
    items = [ChallengeBrief(**brief(ctx.principal.person_id, row.Challenge, beside_of(row))) for row in rows]
    return Page[ChallengeBrief](items=items, next_cursor=following)


async def parking_lot(ctx: Context, group_id: UUID, paging: Paging) -> Page[ParkedOut]:
    """What waits for a hot seat, in the order in which it should get one. Two statements."""
    ctx.require(policy.LIST, await words_standing(ctx, group_id))
    score = (Challenge.importance * Challenge.urgency * Challenge.times_asked).label("score")
    seats = hot_seats(ctx, Challenge.owner_id, Challenge.group_id)
    statement = (
        with_what_is_shown(ctx)
        .add_columns(score, seats.label("hot_seats"))
        .where(
            Challenge.group_id == group_id,
            Challenge.state.in_(WAITING),
            Challenge.draft.is_(False),
            covered(ctx),
        )
    )
    order = [-score.element, seats, Challenge.created_at, Challenge.id]
    rows, following = await page(ctx, statement, paging, by=order)
    return Page[ParkedOut](items=[_parked(ctx, row) for row in rows], next_cursor=following)


def _parked(ctx: Context, row: Any) -> ParkedOut:
    one: Challenge = row.Challenge
    seats = "1 hot seat" if row.hot_seats == 1 else f"{row.hot_seats} hot seats"
    said = (
        f"{one.importance} × {one.urgency} × {one.times_asked} = {row.score}; {seats} in twelve months; "
        f"waiting since {one.created_at.date().isoformat()}."
    )
    why = WhyOut(score=row.score, hot_seats=row.hot_seats, waiting_since=one.created_at, said=said)
    return ParkedOut(**brief(ctx.principal.person_id, one, beside_of(row)), why=why)


async def show_challenge(ctx: Context, challenge: Challenge, standing: Standing) -> ChallengeOut:
    """A challenge on the wire with its whole thread."""
    near = await _beside(ctx, challenge)
    thread = NO_THREAD if near.exercise is None else await _thread(ctx, near.exercise, standing)
    credited = await _credits(ctx, challenge) if challenge.committed_at is not None else []
    return ChallengeOut(**whole(standing, challenge, near, **thread, credits=credited))


async def _beside(ctx: Context, challenge: Challenge) -> Beside:
    """What was read beside it; the exercise as it is by now."""
    near: Beside = ctx.memory[Beside, challenge.id]
    exercise = None
    if challenge.exercise_id is not None:
        exercise = await get(ctx, Exercise, challenge.exercise_id)
    return Beside(near.owner_name, near.seconded, exercise)


async def _thread(ctx: Context, exercise: Exercise, standing: Standing) -> dict[str, Any]:
    seen, following = await contributions(ctx, exercise, standing, Portion(limit=MOST_SHOWN))
    circle = await circle_of(ctx, exercise, await protocol_of(ctx, exercise))
    return {
        "exercise": await show_exercise(ctx, exercise, standing),
        "brains": brains(circle),
        "contributions_seen": seen,
        "more": more(exercise.id, MOST_SHOWN, following),
        "commitments": await of_exercise(ctx, exercise.id),
    }


async def _credits(ctx: Context, challenge: Challenge) -> list[CreditOut]:
    rows = (await ctx.db.execute(credits_of(challenge.id))).all()
    return [CreditOut(person=Named(id=row.person_id, name=row.name), helped=row.helped) for row in rows]


def credits_of(challenge_id: Any) -> Any:
    """SQL: who helped with a challenge, the most helpful first."""
    return (
        select(Credit.person_id, Person.name, Credit.helped)
        .join(Person, Person.id == Credit.person_id)
        .where(Credit.challenge_id == challenge_id)
        .order_by(Credit.helped.desc(), Person.name_folded, Person.id)
        .limit(200)
    )
