"""Formations: in which breakouts each phase of a method sits, and where a latecomer goes."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from peergroup.facilitation.breakouts import Breakout, BreakoutName, distribute, join
from peergroup.facilitation.phase import Phase
from peergroup.facilitation.protocol import Protocol


def formation(protocol: Protocol, place: int) -> str | None:
    """The formation in which the phase at `place` (from 0) sits; None is everybody together."""
    size = protocol.phases[place].breakout
    if size == "merge":
        return f"{formation(protocol, place - 1)}+"
    return None if size == "all" else str(size)


def home_formation(protocol: Protocol) -> str | None:
    """The formation in which roles are cast and turns taken: that of the first phase with breakouts."""
    for place in range(len(protocol.phases)):
        found = formation(protocol, place)
        if found is not None:
            return found
    return None


def form(
    protocol: Protocol, phase: Phase, people: Iterable[UUID], seed: str, formed: Sequence[Breakout]
) -> tuple[Breakout, ...]:
    """The breakouts of a phase that begins: those of `formed` if they sat this way before, else new ones.

    `formed` is every breakout of the exercise so far. The answer is empty when everybody sits together.
    """
    place = protocol.position(phase.key)
    name = formation(protocol, place)
    if name is None:
        return ()
    known = tuple(breakout for breakout in formed if breakout.name.formation == name)
    if known:
        return known
    if phase.breakout == "merge":
        before = formation(protocol, place - 1)
        return join([breakout for breakout in formed if breakout.name.formation == before])
    return distribute(people, int(name), seed)


def seat_latecomer(formed: Sequence[Breakout], person: UUID) -> tuple[Breakout, ...]:
    """All breakouts with the latecomer in one of each formation: the smallest, or the one that joined theirs.

    Where everybody sits alone, so does the latecomer, in a new breakout; what they say there reaches the
    smallest of those that were joined from it.
    """
    seated = list(formed)
    mine: set[BreakoutName] = set()
    for kind in sorted({breakout.name.formation for breakout in formed}, key=len):
        here = [breakout for breakout in formed if breakout.name.formation == kind]
        if kind == "1":
            taken = Breakout(BreakoutName(kind, len(here) + 1), (person,))
            seated.append(taken)
        else:
            joined = [breakout for breakout in here if not mine.isdisjoint(breakout.former)]
            chosen = min(joined or here, key=lambda breakout: (len(breakout.people), breakout.name))
            base = kind.removesuffix("+")
            brought = {name for name in mine if name.formation == base}
            former = tuple(sorted(brought.union(chosen.former)))
            taken = replace(chosen, people=(*chosen.people, person), former=former)
            seated[seated.index(chosen)] = taken
        mine.add(taken.name)
    return tuple(seated)
