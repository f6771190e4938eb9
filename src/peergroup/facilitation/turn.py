"""What one person may do at this moment: post, mark, pass. The same answer is shown and enforced."""

from dataclasses import dataclass
from uuid import UUID

from peergroup.facilitation.accepts import Accepted, accepts, may_pass
from peergroup.facilitation.circle import Circle
from peergroup.facilitation.marking import MarksLeft, marks_left
from peergroup.facilitation.models import Exercise
from peergroup.facilitation.parts import MarkList
from peergroup.facilitation.problems import NOT_ACCEPTED, PHASE_OVER
from peergroup.facilitation.progress import Voices
from peergroup.facilitation.timing import Mode, refuses_writes
from peergroup.kit.context import Asking, Context
from peergroup.kit.problems import Problem


def ballot_name(marks: MarkList | str, round_number: int) -> str:
    """The name under which the marks of a list are kept: each round has its own."""
    name = marks if isinstance(marks, str) else marks.list
    return name if round_number == 1 else f"{name}#{round_number}"


def has_passed(asking: Asking, exercise: Exercise) -> bool:
    """Whether the clock has closed the phase."""
    mode: Mode = "async" if exercise.mode == "async" else "live"
    return refuses_writes(mode, exercise.ends_at, asking.now)


def is_open(asking: Asking, exercise: Exercise) -> bool:
    """Whether anything may be said now: it runs, and the clock has not closed the phase."""
    return exercise.state == "running" and not has_passed(asking, exercise)


def require_open(ctx: Context, exercise: Exercise) -> None:
    """409 `phase_over` after a deadline, 409 `not_accepted` while the exercise does not run."""
    if exercise.state != "running":
        detail = f"The exercise is {exercise.state}; nothing is accepted now."
        raise Problem(NOT_ACCEPTED, detail, phase=exercise.phase, accepts=[])
    if not is_open(ctx, exercise):
        detail = f"The deadline of the phase `{exercise.phase}` has passed."
        raise Problem(PHASE_OVER, detail, phase=exercise.phase)


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody may post and mark now, and whether they may pass."""

    roles: frozenset[str] = frozenset()
    accepts: tuple[Accepted, ...] = ()
    marks: tuple[MarksLeft, ...] = ()
    passes: bool = False


def turn_of(asking: Asking, circle: Circle, person: UUID | None, *, speaks: bool) -> Turn:
    """The turn of somebody in the circle; nothing for everybody else, or while the exercise does not run."""
    exercise = circle.exercise
    if person is None or not exercise.is_going_on:
        return Turn()
    roles = circle.roles(person)
    if not speaks or not is_open(asking, exercise):
        return Turn(roles)
    phase, number = circle.phase, exercise.round
    counts = circle.counts(phase, number, person)
    return Turn(
        roles,
        accepts(
            phase,
            roles,
            counts,
            may_volunteer=circle.may_volunteer(person),
            together=circle.together(phase, number),
        ),
        open_lists(circle, roles),
        may_pass(phase, roles, has_posted=bool(sum(counts.values()))),
    )


def open_lists(circle: Circle, roles: frozenset[str]) -> tuple[MarksLeft, ...]:
    """The lists that somebody with these roles may still mark, and how many marks they have left."""
    number = circle.exercise.round
    used = {marks.list: circle.used[ballot_name(marks, number)] for marks in circle.phase.marks}
    return tuple(
        left
        for left in marks_left(circle.phase, roles, used)
        if ballot_name(left.list, number) not in circle.closed
    )


def present_voices(circle: Circle) -> Voices:
    """Who has posted or passed in the present phase."""
    return circle.voices(circle.phase, circle.exercise.round, circle.speakers_of(circle.phase))
