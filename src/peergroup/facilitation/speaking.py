"""Raising one's voice: the count that a post or a pass makes, and the lock that keeps limits under races."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import literal, update

from peergroup.facilitation.circle import PASS, Circle
from peergroup.facilitation.guards import the_circle
from peergroup.facilitation.models import Exercise, Participant, Voice
from peergroup.facilitation.phase import Phase
from peergroup.facilitation.sealing import CARDS, key_of, pseudonym
from peergroup.facilitation.shelf import protocol_of
from peergroup.facilitation.steps import Step
from peergroup.kit.compiled import given
from peergroup.kit.context import Context
from peergroup.kit.prepared import Prepared, insert_into

EVERYBODY = "*"
"""The name whose row is held while somebody posts what is limited for all together; it never counts anything."""


@dataclass(frozen=True, slots=True)
class Raised:
    """A voice that was counted, the circle as it is with it, and how often it had said this before."""

    circle: Circle
    who: str
    kind: str
    before: int

    @property
    def had_spoken(self) -> bool:
        """Whether they had posted or passed in this phase before, even if they took it back."""
        kinds = self._kinds()
        return self.before > 0 or any(kind != self.kind for kind in kinds)

    @property
    def had_passed(self) -> bool:
        return self.kind != PASS and self._kinds().get(PASS, 0) > 0

    def _kinds(self) -> dict[str, int]:
        return self.circle.said.get(self.circle.exercise.step, {}).get(self.who, {})


async def who_in(ctx: Context, exercise: Exercise, phase: Phase, person: UUID) -> str:
    """Under which name somebody speaks in a phase."""
    key = await key_of(ctx, exercise) if phase.anonymous else None
    return str(person) if key is None else pseudonym(key, CARDS, person)


async def raise_voice(ctx: Context, exercise: Exercise, person: UUID, kind: str) -> Raised:
    """Count a post or pass, before it is judged: its row stays locked until the end of the transaction.

    What is read afterwards is therefore the last word, and a refusal takes the count back with it.
    """
    phase = (await protocol_of(ctx, exercise)).phase(exercise.phase or "")
    who = await who_in(ctx, exercise, phase, person)
    times = await _count(ctx, exercise, phase, who, kind)
    if phase.is_limited_together(kind, exercise.shared_limits):
        await _count(ctx, exercise, phase, EVERYBODY, kind, posted=0)
    ctx.memory.pop((Circle, exercise.id), None)
    return Raised(await the_circle(ctx, exercise), who, kind, times - 1)


async def _count(
    ctx: Context, exercise: Exercise, phase: Phase, who: str, kind: str, *, posted: int = 1
) -> int:
    """Count under a name, and hold that row; gives how often this was said under it."""
    ((times,),) = await (_PASSED if kind == PASS else _POSTED).rows(
        ctx.db,
        exercise_id=exercise.id,
        round=exercise.round,
        phase=phase.key,
        who=who,
        kind=kind,
        posted=posted,
    )
    counted: int = times
    return counted


def _one_more(dialect: str, again: Any) -> Any:
    """SQL: a voice that says something once more; `again` is how much of it stands then."""
    voice: Any = Voice.__table__
    key = [column.name for column in voice.primary_key]
    first = insert_into(dialect, voice, [*key, "posted"]).values(times=literal(1))
    more = {"posted": again, "times": voice.c.times + 1}
    return first.on_conflict_do_update(index_elements=key, set_=more).returning(voice.c.times)


_STANDING = Voice.__table__.c.posted
_POSTED = Prepared(lambda dialect: _one_more(dialect, _STANDING + given("posted", _STANDING.type)))
_PASSED = Prepared(lambda dialect: _one_more(dialect, literal(1)))


async def lower_voice(ctx: Context, exercise: Exercise, step: Step, who: str, kind: str) -> None:
    """Take a post back from the count, or a pass that a post cancels."""
    await ctx.db.execute(
        update(Voice)
        .where(
            Voice.exercise_id == exercise.id,
            Voice.round == step.round,
            Voice.phase == step.phase,
            Voice.who == who,
            Voice.kind == kind,
            Voice.posted > 0,
        )
        .values(posted=Voice.posted - 1)
        .execution_options(synchronize_session=False)
    )


async def take_part(ctx: Context, circle: Circle, person: UUID) -> None:
    """A moderator who posts is a participant from then on."""
    seat = circle.seats.get(person)
    if seat is not None and seat.state == "leading":
        await ctx.db.execute(
            update(Participant)
            .where(Participant.exercise_id == circle.exercise.id, Participant.person_id == person)
            .values(state="in")
            .execution_options(synchronize_session=False)
        )
