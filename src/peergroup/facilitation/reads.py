"""Exercises in hot reads: their columns, their circle and what was said in them, by the same rules and statements."""

from typing import Any
from uuid import UUID

from sqlalchemy import String, cast

from peergroup.facilitation.circle import Circle
from peergroup.facilitation.circle_rows import rows_of
from peergroup.facilitation.listing import portion, said, seals
from peergroup.facilitation.models import Exercise
from peergroup.facilitation.presenting import Shown, around
from peergroup.facilitation.protocol import Protocol
from peergroup.facilitation.row import NAMES, ReadExercise
from peergroup.facilitation.sealing import opened_key
from peergroup.facilitation.seen import Eyes
from peergroup.facilitation.shelf import known_protocol
from peergroup.groups.standing import Standing
from peergroup.kit.compiled import ORGANIZATION
from peergroup.kit.context import Asking
from peergroup.kit.reads.rows import Columns, Table

_UNSHOWN = ("organization_id", "deadlines", "phase_ends", "left_us", "paused_at")
_NAMES = tuple(name for name in NAMES if name not in _UNSHOWN)


class ThreadRead:
    """The part of a hot read that is about one exercise, joined beside `Exercise`."""

    def __init__(self, start: int, exercise_id: Any, person: Any, limit: int) -> None:
        eyes = Eyes(ORGANIZATION, exercise_id, person, cast(person, String(36)))
        self.exercise = Columns(start, _NAMES, ReadExercise)
        self._limit = limit
        self._circle = Table(rows_of(eyes), person_id=UUID)
        self._said = Table(said(eyes, {"limit": limit + 1}))
        self.columns = [getattr(Exercise, name) for name in _NAMES] + [self._circle.json, self._said.json]
        self.end = start + len(self.columns)

    def circle(self, asking: Asking, row: Any, wrapped: str | None) -> Circle | None:
        """The circle of the exercise in a row; None where its method was not read yet, or somebody may have cards
        there that only their pseudonym finds: then the ordinary endpoint looks."""
        exercise = self.exercise.of(row)
        protocol: Protocol | None = known_protocol(exercise.protocol_id)
        if protocol is None or (wrapped is not None and seals(protocol)):
            return None
        if exercise.is_going_on and protocol.phase(exercise.phase).carries_over:
            return None  # What was promised the last time is read by the room above.
        circle = Circle(exercise, protocol, opened_key(asking, exercise.id, wrapped))
        circle.take(self._circle.tuples(row[self.end - 2]), asking.principal.person_id)
        return circle

    def said(
        self, asking: Asking, row: Any, circle: Circle, standing: Standing
    ) -> tuple[list[Shown], str | None]:
        """What the reader sees of it, and the cursor of what follows."""
        near = around(
            asking, circle.exercise, circle.protocol, standing, circle.key, circle.secret, texts=True
        )
        return portion(near, self._said.entries(row[self.end - 1]), self._limit)
