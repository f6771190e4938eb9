"""Before ten people sit down: do they and these timeboxes fit a method, and where does the time go."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from peergroup.facilitation.breakouts import sizes
from peergroup.facilitation.formations import formation, home_formation
from peergroup.facilitation.phase import EVERYONE, Phase
from peergroup.facilitation.protocol import Protocol
from peergroup.facilitation.steps import round_count


@dataclass(frozen=True, slots=True)
class Misfit:
    """One thing that does not fit; `phase` is None where the whole exercise is meant."""

    code: str
    detail: str
    phase: str | None = None


@dataclass(frozen=True, slots=True)
class PhaseShare:
    """What a phase takes. `minutes` are of one round, `total_minutes` of all.

    `breakouts` are the sizes of its breakouts, largest first. `seconds_each` is the time each speaker of the
    largest has in a round: a share of the phase where people speak in turn, all of it where everybody writes
    at the same time, 0 where nobody speaks.
    """

    phase: str
    minutes: int
    total_minutes: int
    breakouts: tuple[int, ...]
    speakers: int
    seconds_each: int


@dataclass(frozen=True, slots=True)
class Simulation:
    """Whether it fits, and the share of each phase. Times are minutes."""

    fits: bool
    rounds: int
    total_minutes: int
    misfits: tuple[Misfit, ...]
    phases: tuple[PhaseShare, ...]


def simulate(
    protocol: Protocol, people: int, timeboxes: Mapping[str, int] | None = None, available: int | None = None
) -> Simulation:
    """Play the method on paper with `people` participants (at least 1).

    `timeboxes` are minutes by phase key in place of the planned ones, `available` the minutes there are in
    all. Too few or too many people, an unknown phase, a timebox below its least and too little time are
    misfits. Raises ValueError for fewer than one person or a time below one minute.
    """
    chosen = timeboxes or {}
    if people < 1 or any(minutes < 1 for minutes in chosen.values()):
        raise ValueError("people and minutes are at least 1")
    rounds = round_count(protocol, max(_seating(home_formation(protocol), people)))
    shares = tuple(
        _share(protocol, place, people, chosen.get(phase.key, phase.timebox.max), rounds)
        for place, phase in enumerate(protocol.phases)
    )
    total = sum(share.total_minutes for share in shares)
    misfits = tuple(_misfits(protocol, people, chosen, total, available))
    return Simulation(not misfits, rounds, total, misfits, shares)


def _seating(kind: str | None, people: int) -> tuple[int, ...]:
    """The sizes of the breakouts of a formation, largest first."""
    if kind is None:
        return (people,)
    found = list(sizes(people, int(kind.rstrip("+"))))
    for _ in range(kind.count("+")):
        last = max(1, len(found) // 2) - 1
        found = [sum(found[2 * n : 2 * n + 2]) for n in range(last)] + [sum(found[2 * last :])]
    return tuple(sorted(found, reverse=True))


def _share(protocol: Protocol, place: int, people: int, minutes: int, rounds: int) -> PhaseShare:
    phase = protocol.phases[place]
    seated = _seating(formation(protocol, place), people)
    speakers = _speakers(protocol, phase, seated[0])
    at_once = phase.visibility != "open"
    each = 0 if speakers == 0 else minutes * 60 // (1 if at_once else speakers)
    return PhaseShare(phase.key, minutes, minutes * rounds, seated, speakers, each)


def _speakers(protocol: Protocol, phase: Phase, people: int) -> int:
    """How many of `people` sitting together may speak; who holds no single-handed role is an other."""
    single = [role for role, source in protocol.roles.items() if source != "others"]
    others = max(0, people - len(single))
    total = 0
    for role in {*protocol.roles, EVERYONE} - set(phase.listens):
        if role == EVERYONE and role in phase.accepts:
            silent = sum(1 if heard in single else others for heard in phase.listens)
            return max(0, people - silent)
        if role in phase.accepts:
            total += 1 if role in single else others
    return min(total, people)


def _misfits(
    protocol: Protocol, people: int, chosen: Mapping[str, int], total: int, available: int | None
) -> Iterator[Misfit]:
    bounds = protocol.participants
    if people < bounds.min:
        yield Misfit("too_few", f"The method needs at least {bounds.min} people.")
    if people > bounds.max:
        yield Misfit("too_many", f"The method is made for at most {bounds.max} people.")
    known = {phase.key: phase for phase in protocol.phases}
    for key, minutes in chosen.items():
        if key not in known:
            yield Misfit("unknown_phase", "The method has no such phase.", key)
        elif minutes < known[key].timebox.min:
            yield Misfit("too_short", f"This phase needs at least {known[key].timebox.min} minutes.", key)
    if available is not None and total > available:
        yield Misfit("too_long", f"The phases take {total} minutes; there are {available}.")
