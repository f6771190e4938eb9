"""Who takes part: settled at the start, changed by the moderator, and ended with one's standing."""

from uuid import UUID

from sqlalchemy import or_, select

from peergroup.facilitation.circle import Circle
from peergroup.facilitation.formations import home_formation, seat_latecomer
from peergroup.facilitation.models import Exercise, Participant
from peergroup.facilitation.presence import presence
from peergroup.facilitation.seats import breakouts_of, seat
from peergroup.facilitation.steps import round_count
from peergroup.groups.models import Membership
from peergroup.groups.standing import MODERATORS
from peergroup.kit.bulk import insert_rows
from peergroup.kit.context import Context
from peergroup.people.models import Person


async def invited_company(ctx: Context, exercise: Exercise) -> dict[UUID, str]:
    """Who would take part if it began now: active members and the session's guests, live without the absent.

    By person, in the order of their names: `in`, or `leading` for moderators until they post.
    """
    key = ("company", exercise.id)
    if key not in ctx.memory:
        query = (
            select(Membership.person_id, Membership.role)
            .join(Person, Person.id == Membership.person_id)
            .where(
                Membership.group_id == exercise.group_id,
                Membership.state == "active",
                or_(Membership.role != "guest", Membership.session_id == exercise.session_id),
            )
            .order_by(Person.name_folded, Person.id)
        )
        rows = (await ctx.db.execute(query)).all()
        live = exercise.session_id if exercise.mode == "live" else None
        absent = (await presence(ctx, live)).absent
        ctx.memory[key] = {
            person: "leading" if role in MODERATORS and person != exercise.owner_id else "in"
            for person, role in rows
            if person not in absent
        }
    found: dict[UUID, str] = ctx.memory[key]
    return found


async def gather(ctx: Context, exercise: Exercise) -> None:
    """Write down who takes part, at the start."""
    company = await invited_company(ctx, exercise)
    rows = [
        {
            "organization_id": ctx.organization_id,
            "exercise_id": exercise.id,
            "person_id": person,
            "state": state,
            "joined_at": ctx.now,
        }
        for person, state in company.items()
    ]
    await insert_rows(ctx.db, Participant.__table__, rows)
    exercise.seating = [str(person) for person, state in company.items() if state == "in"]
    exercise.participant_count = len(exercise.seating)


def count_rounds(circle: Circle) -> None:
    """How many rounds are played: as written, or a turn for each person of the largest breakout."""
    exercise, protocol = circle.exercise, circle.protocol
    kind = home_formation(protocol)
    sizes = [len(one.people) for one in breakouts_of(exercise) if one.name.formation == kind]
    largest = max(sizes, default=len(exercise.seating))
    exercise.rounds = max(exercise.round, round_count(protocol, largest))
    exercise.step_count = exercise.rounds * len(protocol.phases)


async def take_in(ctx: Context, circle: Circle, person_id: UUID, state: str = "in") -> None:
    """Let somebody take part from now on, in breakouts that have room for one more."""
    exercise = circle.exercise
    row = await _row(ctx, exercise.id, person_id)
    if state == "in" and (row is None or row.state != "in"):
        exercise.participant_count += 1
    if row is None:
        ctx.db.add(Participant(exercise_id=exercise.id, person_id=person_id, state=state, joined_at=ctx.now))
    else:
        row.state = state
    await ctx.db.flush()
    if state == "in" and str(person_id) not in exercise.seating:
        exercise.seating = [*exercise.seating, str(person_id)]
        if exercise.formed:
            await seat(ctx, exercise, seat_latecomer(breakouts_of(exercise), person_id))
        count_rounds(circle)


async def take_out(ctx: Context, exercise: Exercise, person_id: UUID) -> bool:
    """Let somebody take part no longer; their place in the order of turns stays empty."""
    row = await _row(ctx, exercise.id, person_id)
    if row is None or row.state == "out":
        return False
    if row.state == "in":
        exercise.participant_count -= 1
        row.out_step = exercise.step_no
    row.state = "out"
    ctx.record("exercise.participant_left", exercise, person_id=person_id)
    await ctx.db.flush()
    return True


async def _row(ctx: Context, exercise_id: UUID, person_id: UUID) -> Participant | None:
    key = (ctx.organization_id, exercise_id, person_id)
    return await ctx.db.get(Participant, key, with_for_update=True, populate_existing=True)
