"""Breakouts as they are stored with an exercise, and whose words reach whom, row by row."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from peergroup.facilitation.breakouts import Breakout, BreakoutName, reach
from peergroup.facilitation.models import Exercise, Hearing
from peergroup.kit.bulk import insert_rows
from peergroup.kit.context import Context


def label(breakout: Breakout | BreakoutName) -> str:
    """The name of a breakout in the database and on the wire: `3/1`."""
    name = breakout.name if isinstance(breakout, Breakout) else breakout
    return f"{name.formation}/{name.number}"


def named(text: str) -> BreakoutName:
    """The breakout of that label."""
    kind, _, number = text.partition("/")
    return BreakoutName(kind, int(number))


def breakouts_of(exercise: Exercise) -> list[Breakout]:
    """Every breakout formed so far."""
    return [
        Breakout(
            named(one["name"]),
            tuple(UUID(person) for person in one["people"]),
            tuple(map(named, one["former"])),
        )
        for one in exercise.formed
    ]


def stored(breakouts: Iterable[Breakout]) -> list[dict[str, Any]]:
    """Breakouts as JSON."""
    return [
        {
            "name": label(one),
            "people": [str(person) for person in one.people],
            "former": [label(name) for name in one.former],
        }
        for one in breakouts
    ]


async def seat(ctx: Context, exercise: Exercise, breakouts: Sequence[Breakout]) -> None:
    """Store all breakouts of an exercise, and add the rows that let words reach people."""
    before = _reached(breakouts_of(exercise))
    exercise.formed = stored(breakouts)
    rows = [
        {
            "organization_id": ctx.organization_id,
            "exercise_id": exercise.id,
            "person_id": person,
            "breakout": breakout,
        }
        for person, breakout in sorted(_reached(breakouts) - before)
    ]
    await insert_rows(ctx.db, Hearing.__table__, rows)


def _reached(breakouts: Sequence[Breakout]) -> set[tuple[UUID, str]]:
    people = {person for one in breakouts for person in one.people}
    return {(person, label(name)) for person in people for name in reach(breakouts, person)}
