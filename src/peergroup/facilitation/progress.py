"""How far a phase is, as far as it may be shown: person by person, or only none, some or all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from peergroup.facilitation.phase import Phase

Overall = Literal["none", "some", "all"]
Voice = Literal["waiting", "posted", "passed"]

MOST_BRAINS = 10


@dataclass(frozen=True, slots=True)
class Voices:
    """The participants who may speak in this phase, and who of all people has posted or passed in it."""

    may_speak: frozenset[UUID]
    posted: frozenset[UUID] = frozenset()
    passed: frozenset[UUID] = frozenset()

    @property
    def waiting(self) -> frozenset[UUID]:
        """Those who may speak and have done neither."""
        return self.may_speak - self.posted - self.passed

    def voice(self, person: UUID) -> Voice:
        """What one person has done here; posting counts for more than a pass."""
        if person in self.posted:
            return "posted"
        return "passed" if person in self.passed else "waiting"


@dataclass(frozen=True, slots=True)
class Progress:
    """`people` is empty in secret phases, where no one learns who has spoken."""

    overall: Overall
    people: Mapping[UUID, Voice] = field(default_factory=dict)


def progress(phase: Phase, voices: Voices) -> Progress:
    """How far this phase is. A secret phase shows only whether none, some or all have posted or passed."""
    overall = _overall(voices)
    if phase.is_secret:
        return Progress(overall)
    shown = voices.may_speak | voices.posted
    return Progress(overall, {person: voices.voice(person) for person in sorted(shown)})


def _overall(voices: Voices) -> Overall:
    if not voices.may_speak & (voices.posted | voices.passed):
        return "none"
    return "some" if voices.waiting else "all"


@dataclass(frozen=True, slots=True)
class BrainCount:
    """How many brains contributed, how many passed without contributing, and how many are aimed at."""

    contributed: int
    passed: int
    target: int


def brain_count(voices: Voices) -> BrainCount:
    """The count of a contribution phase: the target is ten, or all who may contribute where they are fewer.

    A moderator counts as soon as they contributed, because from then on they may speak as a participant.
    """
    may_contribute = voices.may_speak | voices.posted
    passed = voices.passed & may_contribute - voices.posted
    return BrainCount(len(voices.posted), len(passed), min(MOST_BRAINS, len(may_contribute)))
