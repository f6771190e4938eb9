"""Breakouts: who sits with whom, with remainders, the same from the same seed, and whose words reach whom."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, order=True)
class BreakoutName:
    """One breakout of an exercise: its formation (`3`, or `1+` for joined ones) and its number from 1."""

    formation: str
    number: int


@dataclass(frozen=True, slots=True)
class Breakout:
    """Who sits together, in the order in which turns are taken, and which former breakouts it joined."""

    name: BreakoutName
    people: tuple[UUID, ...]
    former: tuple[BreakoutName, ...] = ()


def draw_order(people: Iterable[UUID], seed: str) -> tuple[UUID, ...]:
    """An order drawn by lot: the same for the same seed, whatever the order given, on every machine.

    Each person's place depends on seed and person alone, so a latecomer moves nobody past another.
    """
    return tuple(sorted(people, key=lambda person: hashlib.sha256(f"{seed}:{person}".encode()).digest()))


def sizes(people: int, size: int) -> tuple[int, ...]:
    """How many sit in each breakout when `people` sit down by `size`, larger ones first.

    Sizes differ by at most one; nobody sits alone unless `size` or `people` is 1. The number of breakouts
    is the one that keeps every size nearest to what was asked; where two are as near, the smaller number:
    7 by 3 is 4 + 3, because a pair is further from a trio's work than four.
    """
    if people == 0:
        return ()
    least = 1 if size == 1 or people == 1 else 2
    counts = range(1, max(1, people // least) + 1)
    count = min(counts, key=lambda count: (_distance(people, count, size), count))
    share, rest = divmod(people, count)
    return tuple(share + 1 if place < rest else share for place in range(count))


def _distance(people: int, count: int, size: int) -> int:
    share, rest = divmod(people, count)
    return max(abs(share - size), abs(share + (rest > 0) - size))


def distribute(people: Iterable[UUID], size: int, seed: str) -> tuple[Breakout, ...]:
    """Fresh breakouts of `size` (1 to 4) people; the same size and seed give the same breakouts again."""
    order = draw_order(people, seed)
    found: list[Breakout] = []
    for number, count in enumerate(sizes(len(order), size), start=1):
        found.append(Breakout(BreakoutName(str(size), number), order[:count]))
        order = order[count:]
    return tuple(found)


def join(former: Sequence[Breakout]) -> tuple[Breakout, ...]:
    """The former breakouts joined two by two, in their order; of an odd number, the last three together."""
    if not former:
        return ()
    formation = f"{former[0].name.formation}+"
    count = max(1, len(former) // 2)
    found: list[Breakout] = []
    for number in range(1, count + 1):
        end = len(former) if number == count else 2 * number
        joined = former[2 * (number - 1) : end]
        people = tuple(person for breakout in joined for person in breakout.people)
        found.append(
            Breakout(BreakoutName(formation, number), people, tuple(breakout.name for breakout in joined))
        )
    return tuple(found)


def reach(formed: Iterable[Breakout], person: UUID) -> frozenset[BreakoutName]:
    """The breakouts whose words reach this person: their own, and the former ones that theirs joined."""
    formed = tuple(formed)
    former = {breakout.name: breakout.former for breakout in formed}
    waiting = [breakout.name for breakout in formed if person in breakout.people]
    found: set[BreakoutName] = set()
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting += former.get(name, ())
    return frozenset(found)
