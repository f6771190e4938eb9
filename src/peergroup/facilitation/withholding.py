"""What is kept back for good, and why: of what was said nothing is lost without a word.

Anonymous cards of fewer than three people, because the others could tell whose they are; what was to be opened after
the exercise had ended; and, in minutes, what stays in breakouts.
"""

from peergroup.facilitation.circle import Circle
from peergroup.facilitation.formations import formation
from peergroup.facilitation.marking import may_show_results
from peergroup.facilitation.phase import Phase
from peergroup.facilitation.protocol import Protocol
from peergroup.facilitation.schemas import Reason, WithheldOut
from peergroup.facilitation.steps import Step, steps


def withheld(circle: Circle) -> list[WithheldOut]:
    """The phases of which nobody sees what was said.

    An anonymous one in which nobody wrote stands here too: to tell it from one in which somebody did would say
    of two people, or of one, that they wrote.
    """
    return _told(circle, _kept_back(circle))


def unwritten(circle: Circle) -> list[WithheldOut]:
    """What minutes leave out: what is withheld, and what was said in breakouts."""
    kept, protocol = _kept_back(circle), circle.protocol
    for place, step in enumerate(_reached(circle)):
        if formation(protocol, protocol.position(step.phase)) is not None and circle.total(step):
            kept.setdefault(place, "stays_in_breakouts")
    return _told(circle, kept)


def _told(circle: Circle, kept: dict[int, Reason]) -> list[WithheldOut]:
    way = _reached(circle)
    return [
        WithheldOut(phase=way[place].phase, round=way[place].round, reason=reason)
        for place, reason in sorted(kept.items())
    ]


def _reached(circle: Circle) -> tuple[Step, ...]:
    if circle.exercise.started_at is None:
        return ()
    return steps(circle.protocol, circle.exercise.rounds)[: circle.exercise.step_no + 1]


def _kept_back(circle: Circle) -> dict[int, Reason]:
    """Why nobody sees what was said, by the places on the way where that is so."""
    found: dict[int, Reason] = {}
    if all(phase.visibility == "open" and not phase.anonymous for phase in circle.protocol.phases):
        return found
    for place, step in enumerate(_reached(circle)):
        phase = circle.protocol.phase(step.phase)
        if not _is_opened(circle, place, phase):
            if circle.exercise.ended_at is not None and (phase.anonymous or circle.total(step)):
                found[place] = "never_opened"
        elif phase.anonymous and not may_show_results(contributors(circle, step)):
            found[place] = "too_few_authors"
    return found


def _is_opened(circle: Circle, place: int, phase: Phase) -> bool:
    """A blind phase opens when it ends, a sealed one when another begins, and never in an exercise that ends before."""
    exercise, opens_at = circle.exercise, opening(circle.protocol, place, phase)
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
