"""Exit guards: what has to hold before a phase ends, with reasons, and which of them a reason overrides."""

from collections.abc import Callable
from dataclasses import dataclass

from peergroup.facilitation.parts import Guard
from peergroup.facilitation.phase import Phase
from peergroup.facilitation.progress import Voices


@dataclass(frozen=True, slots=True)
class PhaseFacts:
    """What happened in a phase and round so far.

    `contributions` and `commitments` are counts of this phase; `undecided` are its lists whose last place
    is tied and not yet decided, `waiting` the secret ones for which marks are still expected.
    """

    voices: Voices
    contributions: int = 0
    commitments: int = 0
    undecided: frozenset[str] = frozenset()
    waiting: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Unmet:
    """A guard that does not hold. Hard ones stop `advance`; soft ones give way to a recorded reason."""

    code: str
    detail: str
    is_hard: bool


def unmet(phase: Phase, facts: PhaseFacts) -> tuple[Unmet, ...]:
    """The guards of this phase that do not hold, in the document's order.

    Details of secret phases give no counts: their progress is public as none, some or all only.
    """
    details = ((guard, _CHECKS[guard.name](phase, guard, facts)) for guard in phase.guards)
    return tuple(Unmet(guard.name, detail, guard.is_hard) for guard, detail in details if detail)


def stopping(phase: Phase, facts: PhaseFacts, override_reason: str | None = None) -> tuple[Unmet, ...]:
    """The guards that stop `advance`: all unmet ones, or with a reason that is not blank the hard ones."""
    found = unmet(phase, facts)
    if override_reason is None or not override_reason.strip():
        return found
    return tuple(guard for guard in found if guard.is_hard)


def _everyone(phase: Phase, guard: Guard, facts: PhaseFacts) -> str:
    waiting = len(facts.voices.waiting)
    if not waiting:
        return ""
    if phase.is_secret:
        return "Not everyone has posted or passed."
    return f"{waiting} of {len(facts.voices.may_speak)} have neither posted nor passed."


def _contributions(phase: Phase, guard: Guard, facts: PhaseFacts) -> str:
    if facts.contributions >= guard.least:
        return ""
    so_far = "" if phase.is_secret else f"; there are {facts.contributions}"
    return f"At least {guard.least} contributions are needed{so_far}."


def _commitments(phase: Phase, guard: Guard, facts: PhaseFacts) -> str:
    if facts.commitments >= guard.least:
        return ""
    return f"At least {guard.least} with a by-when are needed; there are {facts.commitments}."


def _top(phase: Phase, guard: Guard, facts: PhaseFacts) -> str:
    tied = [marks.list for marks in phase.marks if marks.list in facts.undecided]
    waiting = [marks.list for marks in phase.marks if marks.list in facts.waiting]
    said = []
    if waiting:
        said.append(
            f"Not everybody has marked in: {', '.join(waiting)}. Wait, or close the list: POST"
            " /v1/exercises/{id}/decisions with `close` and a reason."
        )
    if tied:
        said.append(
            f"The last place is tied and undecided in: {', '.join(tied)}. Choose or vote again: POST"
            " /v1/exercises/{id}/decisions."
        )
    return " ".join(said)


_CHECKS: dict[str, Callable[[Phase, Guard, PhaseFacts], str]] = {
    "everyone_posted_or_passed": _everyone,
    "min_contributions": _contributions,
    "min_commitments": _commitments,
    "top_selected": _top,
}
