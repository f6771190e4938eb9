"""Who sees a contribution. One rule, no exception for owners, listeners or moderators."""

from dataclasses import dataclass
from uuid import UUID

from peergroup.facilitation.breakouts import BreakoutName
from peergroup.facilitation.phase import Phase
from peergroup.facilitation.protocol import Protocol
from peergroup.facilitation.steps import Step


@dataclass(frozen=True, slots=True)
class Said:
    """What visibility asks of a contribution. No author: anonymous. No breakout: said to all."""

    author: UUID | None
    is_revealed: bool
    breakout: BreakoutName | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, and the breakouts whose words reach them (`breakouts.reach`)."""

    person: UUID
    reach: frozenset[BreakoutName] = frozenset()


@dataclass(frozen=True, slots=True)
class PhaseState:
    """The phase and round the contribution was made in, and who has posted or passed in it so far."""

    phase: Phase
    spoke: frozenset[UUID] = frozenset()


def is_visible(contribution: Said, reader: Reader, phase_state: PhaseState) -> bool:
    """Revealed, or yours, or the phase is blind and you have posted or passed in it.

    Never across the edge of a breakout. Anonymous cards are not opened by posting: they live apart until the
    reveal and have no author to be recognized by.
    """
    if contribution.author is not None and contribution.author == reader.person:
        return True
    if contribution.breakout is not None and contribution.breakout not in reader.reach:
        return False
    if contribution.is_revealed:
        return True
    phase = phase_state.phase
    return phase.visibility == "blind" and not phase.anonymous and reader.person in phase_state.spoke


def is_revealed_on_posting(phase: Phase) -> bool:
    """Whether a contribution to this phase is revealed by being made: open phases only."""
    return phase.visibility == "open"


def reveals(protocol: Protocol, leaving: Step | None, entering: Step | None) -> tuple[Step, ...]:
    """The phases whose contributions are revealed by going on from `leaving` to `entering`.

    A blind phase opens when it ends, a sealed one when the phase begins that its `reveals` names. At the
    start `leaving` is None, at the end `entering` is; an exercise finished early leaves its sealed phases
    sealed, because the promise was that nobody reads them before that step. Going back reveals nothing.
    """
    found: list[Step] = []
    if leaving is not None and protocol.phase(leaving.phase).visibility == "blind":
        found.append(leaving)
    if entering is not None:
        found += [
            Step(entering.round, phase.key) for phase in protocol.phases if phase.reveals == entering.phase
        ]
    return tuple(found)


def is_after_seeing(phase: Phase, *, has_spoken: bool, others_said: int) -> bool:
    """Whether a post into this phase is marked `after_seeing`.

    True in a blind phase for somebody who had posted or passed in it when `others_said` (contributions by
    others that this opened to them) was not zero. Deleting one's own words does not undo having seen.
    """
    return phase.visibility == "blind" and not phase.anonymous and has_spoken and others_said > 0


def leaves_revision(phase: Phase, *, is_over: bool, has_seen_others: bool) -> bool:
    """Whether editing or deleting one's own contribution leaves a visible revision.

    After the phase always; during it as soon as others' words could be read, which in an open phase is
    whenever there are any.
    """
    return is_over or (has_seen_others and not phase.is_secret)


def may_change(contribution: Said, person: UUID) -> bool:
    """Whether this person may edit or delete it: their own; a revealed anonymous card belongs to nobody."""
    return contribution.author is not None and contribution.author == person
