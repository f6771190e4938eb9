"""The way through an exercise: phases in order, round after round, forward and sometimes back."""

from dataclasses import dataclass

from peergroup.facilitation.protocol import Protocol
from peergroup.facilitation.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Step:
    """A phase in a round; rounds count from 1."""

    round: int
    phase: str


def round_count(protocol: Protocol, largest_breakout: int) -> int:
    """How many rounds are played: a number as written, or one for each person of the largest breakout."""
    return protocol.rounds if isinstance(protocol.rounds, int) else max(1, largest_breakout)


def steps(protocol: Protocol, rounds: int) -> tuple[Step, ...]:
    """Every step from start to finish."""
    return tuple(Step(number, phase.key) for number in range(1, rounds + 1) for phase in protocol.phases)


def following(protocol: Protocol, rounds: int, step: Step) -> Step | None:
    """The step after this one; None where `advance` finishes the exercise."""
    return _neighbour(protocol, rounds, step, 1)


def preceding(protocol: Protocol, rounds: int, step: Step) -> Step | None:
    """The step before this one; None at the start."""
    return _neighbour(protocol, rounds, step, -1)


def _neighbour(protocol: Protocol, rounds: int, step: Step, distance: int) -> Step | None:
    way = steps(protocol, rounds)
    place = way.index(step) + distance
    return way[place] if 0 <= place < len(way) else None


def refuse_back(
    protocol: Protocol, rounds: int, step: Step, *, marked_since: bool, revealed_since: bool
) -> Refusal | None:
    """Why `back` is refused, or None if it is allowed.

    Only into an open phase, and only while no mark was made and nothing was revealed since it ended
    (`marked_since`, `revealed_since`): what people have seen or chosen cannot be taken back. Words posted
    in open phases count as neither.
    """
    before = preceding(protocol, rounds, step)
    if before is None:
        return Refusal("nothing_before", "This is the first phase.")
    if protocol.phase(before.phase).visibility != "open":
        return Refusal(
            "not_open", "The phase before was not open, and what it showed cannot be hidden again."
        )
    if marked_since:
        return Refusal("marked_since", "Marks were made since the phase before ended.")
    if revealed_since:
        return Refusal("revealed_since", "Contributions were revealed since the phase before ended.")
    return None
