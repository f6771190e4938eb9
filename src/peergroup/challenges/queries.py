"""What is read of challenges: lists, the parking lot with its reasons, and the whole thread in one answer."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from peergroup.challenges import policy
from peergroup.challenges.answers import ChallengeBrief, ChallengeOut, CreditOut, ParkedOut, WhyOut
from peergroup.challenges.finding import Beside, beside_of, covered, with_what_is_shown
from peergroup.challenges.lifecycles import CHALLENGE
from peergroup.challenges.models import WAITING, Challenge, Credit
from peergroup.commitments.queries import of_exercise
from peergroup.facilitation.listing import Wanted as Portion
from peergroup.facilitation.listing import contributions
from peergroup.facilitation.models import Exercise
from peergroup.facilitation.schemas import BrainsOut
from peergroup.facilitation.shelf import protocol_of
from peergroup.facilitation.thread import brains_in, show_exercise
from peergroup.groups.standing import Standing, words_standing
from peergroup.kit.context import Context, get
from peergroup.kit.pagination import Paging, page
from peergroup.kit.wire import Named, Page
from peergroup.people.models import Person

MOST_SHOWN = 200
A_YEAR = dt.timedelta(days=365)
DEFAULT_PROTOCOL = "ten_brains"
HELPING_PHASE = "contribute"
_BRIEF = (
    "id",
    "group_id",
    "question",
    "state",
    "draft",
    "help_wanted",
    "importance",
    "urgency",
    "times_asked",
    "confidentiality",
    "session_id",
    "position",
    "exercise_id",
    "follow_up_on",
    "outcome",
    "created_at",
)
_WHOLE = ("context", "tried", "learned", "started_at", "committed_at", "ended_at", "version")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What narrows a list of challenges."""

    state: str | None = None
    mine: bool = False
    session_id: UUID | None = None

    def conditions(self, ctx: Context) -> Iterator[ColumnElement[bool]]:
        """SQL: what a `Challenge` has to fulfil."""
        if self.state is not None:
            yield Challenge.state == self.state
        if self.mine:
            yield Challenge.owner_id == ctx.me
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
    items = [ChallengeBrief(**brief(ctx, row.Challenge, beside_of(row))) for row in rows]
    return Page[ChallengeBrief](items=items, next_cursor=following)


async def parking_lot(ctx: Context, group_id: UUID, paging: Paging) -> Page[ParkedOut]:
    """What waits for a hot seat, in the order in which it should get one. Two statements."""
    ctx.require(policy.LIST, await words_standing(ctx, group_id))
    score = (Challenge.importance * Challenge.urgency * Challenge.times_asked).label("score")
    seats = _hot_seats(ctx)
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


def _hot_seats(ctx: Context) -> Any:
    """How many challenges of the same owner the group has worked on in the last twelve months."""
    had = aliased(Challenge)
    return (
        select(func.count())
        .select_from(had)
        .where(
            had.group_id == Challenge.group_id,
            had.owner_id == Challenge.owner_id,
            had.started_at >= ctx.now - A_YEAR,
        )
        .correlate(Challenge)
        .scalar_subquery()
    )


def _parked(ctx: Context, row: Any) -> ParkedOut:
    one: Challenge = row.Challenge
    seats = "1 hot seat" if row.hot_seats == 1 else f"{row.hot_seats} hot seats"
    said = (
        f"{one.importance} × {one.urgency} × {one.times_asked} = {row.score}; {seats} in twelve months; "
        f"waiting since {one.created_at.date().isoformat()}."
    )
    why = WhyOut(score=row.score, hot_seats=row.hot_seats, waiting_since=one.created_at, said=said)
    return ParkedOut(**brief(ctx, one, beside_of(row)), why=why)


def brief(ctx: Context, one: Challenge, near: Beside) -> dict[str, Any]:
    """What every answer says of a challenge."""
    mine = one.owner_id == ctx.principal.person_id
    unnamed = near.exercise is not None and near.exercise.is_unnamed
    return {
        **{name: getattr(one, name) for name in _BRIEF},
        "owner": None if unnamed and not mine else Named(id=one.owner_id, name=near.owner_name),
        "mine": mine,
        "seconded": near.seconded,
        "contributions": near.exercise.contribution_count if near.exercise is not None else 0,
    }


async def show_challenge(ctx: Context, challenge: Challenge, standing: Standing) -> ChallengeOut:
    """A challenge on the wire with its whole thread."""
    near = await _beside(ctx, challenge)
    exercise = near.exercise
    private = standing.is_moderator or challenge.owner_id == standing.person_id
    return ChallengeOut(
        **brief(ctx, challenge, near),
        **{name: getattr(challenge, name) for name in _WHOLE},
        protocol=challenge.protocol or DEFAULT_PROTOCOL,
        reason=challenge.reason if private else None,
        opened=exercise is not None and exercise.opened_at is not None,
        released_text=challenge.released_text if challenge.is_released else None,
        released_at=challenge.released_at if challenge.is_released else None,
        **await _thread(ctx, exercise, standing),
        credits=await _credits(ctx, challenge) if challenge.committed_at is not None else [],
        allowed_actions=CHALLENGE.allowed(standing, challenge),
    )


async def _beside(ctx: Context, challenge: Challenge) -> Beside:
    """What was read beside it; the exercise as it is by now."""
    near: Beside = ctx.memory[Beside, challenge.id]
    exercise = None
    if challenge.exercise_id is not None:
        exercise = await get(ctx, Exercise, challenge.exercise_id)
    return Beside(near.owner_name, near.seconded, exercise)


async def _thread(ctx: Context, exercise: Exercise | None, standing: Standing) -> dict[str, Any]:
    if exercise is None:
        return {"exercise": None, "brains": None, "contributions_seen": [], "more": None, "commitments": []}
    seen, following = await contributions(ctx, exercise, standing, Portion(limit=MOST_SHOWN))
    more = None
    if following is not None:
        more = f"/v1/exercises/{exercise.id}/contributions?limit={MOST_SHOWN}&cursor={following}"
    return {
        "exercise": await show_exercise(ctx, exercise, standing),
        "brains": await _brains(ctx, exercise),
        "contributions_seen": seen,
        "more": more,
        "commitments": await of_exercise(ctx, exercise.id),
    }


async def _brains(ctx: Context, exercise: Exercise) -> BrainsOut | None:
    phases = {phase.key: phase for phase in (await protocol_of(ctx, exercise)).phases}
    if HELPING_PHASE not in phases or phases[HELPING_PHASE].is_secret:
        return None
    return await brains_in(ctx, exercise, HELPING_PHASE)


async def _credits(ctx: Context, challenge: Challenge) -> list[CreditOut]:
    query = (
        select(Credit.person_id, Credit.helped, Person.name)
        .join(Person, Person.id == Credit.person_id)
        .where(Credit.challenge_id == challenge.id)
        .order_by(Credit.helped.desc(), Person.name_folded, Person.id)
        .limit(200)
    )
    return [
        CreditOut(person=Named(id=row.person_id, name=row.name), helped=row.helped)
        for row in (await ctx.db.execute(query)).all()
    ]
