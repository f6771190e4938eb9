"""Which kinds can be read by a given phase, and what must not be promised before: reveals, parents, marks."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from peergroup.facilitation.phase import Phase
from peergroup.kit.documents import Finding, pointer

if TYPE_CHECKING:
    from peergroup.facilitation.protocol import Protocol


def reading_contradictions(protocol: "Protocol") -> Iterator[Finding]:
    """What the document says against its own visibility rules."""
    for place, phase in enumerate(protocol.phases):
        yield from _reveal(protocol, place, phase)
        yield from _joining(protocol, place, phase)
        readable = _readable(protocol, place)
        yield from _parents(place, phase, readable)
        yield from _marks(place, phase, readable)
        if phase.merges and phase.visibility != "open":
            yield Finding(_at(place, "merges"), "only an open phase can merge duplicates")
        elif phase.merges and not readable:
            yield Finding(_at(place, "merges"), "there is nothing yet that could be merged")


def _at(place: int, *parts: str | int) -> str:
    return pointer("phases", place, *parts)


def _revealed_by(protocol: "Protocol", phase: Phase, place: int) -> int:
    """From which place on the words of the phase at `place` can be read by the others."""
    if phase.visibility == "sealed":
        later = [spot for spot, other in enumerate(protocol.phases) if other.key == phase.reveals]
        return later[0] if later else len(protocol.phases)
    at_once = phase.visibility == "open" or not phase.anonymous
    return place if at_once else place + 1


def _readable(protocol: "Protocol", place: int) -> frozenset[str]:
    """The kinds that can be read in the phase at `place`; in a blind phase, by those who have spoken."""
    return frozenset(
        kind
        for spot, phase in enumerate(protocol.phases[: place + 1])
        if _revealed_by(protocol, phase, spot) <= place
        for kind in phase.kinds
    )


def _reveal(protocol: "Protocol", place: int, phase: Phase) -> Iterator[Finding]:
    later = {other.key for other in protocol.phases[place + 1 :]}
    if phase.visibility == "sealed" and phase.reveals is None:
        yield Finding(_at(place, "visibility"), "a sealed phase must name in `reveals` when it opens")
    elif phase.visibility == "sealed" and phase.reveals not in later:
        yield Finding(_at(place, "reveals"), "`reveals` must name a later phase")
    elif phase.visibility != "sealed" and phase.reveals is not None:
        yield Finding(_at(place, "reveals"), "only a sealed phase has something to reveal later")
    if phase.anonymous and phase.visibility == "open":
        yield Finding(
            _at(place, "anonymous"), "only a blind or sealed phase can be anonymous: open words show"
        )


def _joining(protocol: "Protocol", place: int, phase: Phase) -> Iterator[Finding]:
    if phase.breakout == "merge" and (place == 0 or protocol.phases[place - 1].breakout == "all"):
        yield Finding(_at(place, "breakout"), "`merge` needs breakouts in the phase before")


def _parents(place: int, phase: Phase, readable: frozenset[str]) -> Iterator[Finding]:
    for kind in phase.parents:
        for number, parent in enumerate(phase.parent_kinds(kind)):
            if parent not in readable:
                spot: tuple[str | int, ...] = () if isinstance(phase.parents[kind], str) else (number,)
                yield Finding(_at(place, "parents", kind, *spot), "nobody can read this kind by this phase")


def _marks(place: int, phase: Phase, readable: frozenset[str]) -> Iterator[Finding]:
    for number, marks in enumerate(phase.marks):
        for spot, kind in enumerate(marks.on):
            if kind not in readable:
                yield Finding(
                    _at(place, "marks", number, "on", spot), "nobody can read this kind by this phase"
                )
        if phase.is_secret:
            yield Finding(_at(place, "marks", number), "nothing can be marked in a sealed phase")
