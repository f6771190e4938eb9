"""What is kept back for good: anonymous cards of fewer than three people: the others could tell whose they are."""

from collections.abc import Iterator

from peergroup.facilitation.circle import Circle
from peergroup.facilitation.marking import may_show_results
from peergroup.facilitation.models import Exercise
from peergroup.facilitation.phase import Phase
from peergroup.facilitation.protocol import Protocol
from peergroup.facilitation.schemas import WithheldOut
from peergroup.facilitation.steps import Step, steps


def withheld(circle: Circle) -> list[WithheldOut]:
    """The anonymous phases that were opened without a card to show.

    One in which nobody wrote stands here too: to tell it from one in which somebody did would say of two
    people, or of one, that they wrote.
    """
    return [
        WithheldOut(phase=step.phase, round=step.round, reason="too_few_authors")
        for step in _opened(circle.exercise, circle.protocol)
        if not may_show_results(contributors(circle, step))
    ]


def _opened(exercise: Exercise, protocol: Protocol) -> Iterator[Step]:
    """The anonymous phases whose cards would be shown by now."""
    if exercise.started_at is None or not any(phase.anonymous for phase in protocol.phases):
        return
    for place, step in enumerate(steps(protocol, exercise.rounds)[: exercise.step_no + 1]):
        phase = protocol.phase(step.phase)
        if phase.anonymous and _is_opened(exercise, protocol, place, phase):
            yield step


def _is_opened(exercise: Exercise, protocol: Protocol, place: int, phase: Phase) -> bool:
    """A blind phase opens when it ends, a sealed one when another begins, and never in an exercise that ends before."""
    opens_at = opening(protocol, place, phase)
    is_under_way = phase.visibility == "blind" and place == exercise.step_no and exercise.state != "finished"
    return opens_at <= exercise.step_no and not is_under_way


def opening(protocol: Protocol, place: int, phase: Phase) -> int:
    """The place on the way at which what is said in a phase has been opened."""
    if phase.visibility != "sealed":
        return place
    return place - protocol.position(phase.key) + protocol.position(phase.reveals or phase.key)


def contributors(circle: Circle, step: Step) -> int:
    """How many people have posted in a phase and not taken it back. Of a revealed anonymous phase: enough."""
    said = circle.said.get(step, {})
    if "" in said:
        return len(circle.seats)
    return sum(1 for kinds in said.values() if sum(kinds.values()) - kinds[""] > 0)
