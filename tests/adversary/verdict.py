"""How well each way of linking does, and the best one: learnt on one half of the rounds, judged on the other.

A pair of orders needs to know how one goes with the other (the same way, backwards, shifted): that is learnt from
rounds whose truth is known, and counts for the others. So is which way is the best. So every round is judged once, by
a guess that its own truth had no part in: who knows nothing is right in one of ten, whatever is tried and however
much of it.
"""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.adversary.game import AUTHORS, Round
from tests.adversary.strategies import DIRECT, Evidence, Guess, orders_of_people, orders_of_things

CHANCE = 1 / AUTHORS
BOUND = 0.1095
"""Three standard deviations above chance in 10,000 guesses."""
RARELY = 1e-6
Pair = tuple[str, str]
Learnt = dict[int, int]


@dataclass
class Tally:
    """How many guesses were right. Of ten guesses in a round, right ones vary as much as independent ones would."""

    right: int = 0
    of: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.right + other.right, self.of + other.of)

    @property
    def share(self) -> float:
        return self.right / self.of if self.of else 0.0

    @property
    def is_chance(self) -> bool:
        """At most 10.95 % of 10,000 guesses; of fewer, what chance exceeds as rarely, or in one of a million runs."""
        return self.share <= BOUND if self.of >= 10_000 else self.surprise > RARELY

    @property
    def surprise(self) -> float:
        """How probable so many right guesses are by chance: rounds shuffle ten, so right ones are nearly Poisson's."""
        mean = self.of * CHANCE
        below = (
            sum(math.exp(n * math.log(mean) - mean - math.lgamma(n + 1)) for n in range(self.right))
            if mean
            else 0
        )
        return max(0.0, 1 - below)


@dataclass
class Verdict:
    """The share of right guesses: of each way alone, and of the adversary who picks the best."""

    best: Tally = field(default_factory=Tally)
    picked: Counter[str] = field(default_factory=Counter)
    ways: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))

    @property
    def strongest(self) -> list[tuple[str, Tally]]:
        """The ways alone, the one that chance explains least first."""
        return sorted(self.ways.items(), key=lambda way: way[1].surprise)

    @property
    def is_chance(self) -> bool:
        """Whether neither who picks the best nor any way alone does better; of many ways, one may look lucky."""
        return self.best.is_chance and all(
            tally.surprise * len(self.ways) > RARELY for tally in self.ways.values()
        )

    def told(self) -> str:
        """The figures in some lines."""
        lines = [
            f"  {tally.right}/{tally.of} = {tally.share:.2%}  {way}" for way, tally in self.strongest[:5]
        ]
        head = f"best way, picked on other rounds: {self.best.right}/{self.best.of} = {self.best.share:.2%}"
        return "\n".join([f"{head}; {len(self.ways)} ways, the strongest alone:", *lines])


def judge(evidence: Evidence, rounds: list[Round]) -> Verdict:
    """Let every way guess every round, having learnt from the other half."""
    cases = [_Case(evidence, one) for one in rounds]
    halves = cases[::2], cases[1::2]
    verdict = Verdict()
    for known, asked in (halves, halves[::-1]):
        ways = _learnt(known)
        scored = {name: sum((case.judged(guess) for case in known), Tally()) for name, guess in ways.items()}
        for name, guess in ways.items():
            verdict.ways[name] += sum((case.judged(guess) for case in asked), Tally())
        best = max(scored, key=lambda name: (scored[name].share, name))
        verdict.picked[best] += 1
        verdict.best += sum((case.judged(ways[best]) for case in asked), Tally())
    return verdict


class _Case:
    """A round with every order and every direct guess, worked out once."""

    def __init__(self, evidence: Evidence, one: Round) -> None:
        self.truth = one.truth
        self.people = one.people
        self.things = orders_of_things(evidence, one)
        self.persons = orders_of_people(evidence, one)
        self.direct = {name: way(evidence, one) for name, way in DIRECT.items()}

    def judged(self, guess: Callable[["_Case"], Guess]) -> Tally:
        made = guess(self)
        return Tally(sum(made.get(thing) == person for thing, person in self.truth.items()), len(self.truth))


def _learnt(known: list[_Case]) -> dict[str, Callable[[_Case], Guess]]:
    """Every way, ready to guess."""
    ways: dict[str, Callable[[_Case], Guess]] = {}
    for name in DIRECT:
        if any(case.direct[name] for case in known):
            ways[name] = lambda case, name=name: _filled(case, case.direct[name])  # type: ignore[misc]  # a lambda has no types
    pairs = {(thing, person) for case in known for thing in case.things for person in case.persons}
    for pair in sorted(pairs):
        ways[" × ".join(pair)] = _by_places(pair, _matched(known, pair))
    return ways


def _filled(case: _Case, guess: Guess) -> Guess:
    """A guess for every thing: whom nothing names is drawn from whom nothing was given."""
    left = [person for person in case.people if person not in guess.values()]
    random.shuffle(left)
    open_ones = [thing for thing in case.truth if thing not in guess]
    return dict(zip(open_ones, left, strict=False)) | guess


def _by_places(pair: Pair, learnt: Learnt) -> Callable[[_Case], Guess]:
    def guess(case: _Case) -> Guess:
        things, people = case.things.get(pair[0]), case.persons.get(pair[1])
        if things is None or people is None:
            return _filled(case, {})
        return {thing: people[learnt[place]] for place, thing in enumerate(things)}

    return guess


def _matched(known: list[_Case], pair: Pair) -> Learnt:
    """Which place among the people goes with which among the things, the most frequent pairs first."""
    seen: Counter[tuple[int, int]] = Counter()
    for case in known:
        if pair[0] in case.things and pair[1] in case.persons:
            place_of = {person: place for place, person in enumerate(case.persons[pair[1]])}
            seen.update(
                (place, place_of[case.truth[thing]]) for place, thing in enumerate(case.things[pair[0]])
            )
    cells = [(place, other) for place in range(AUTHORS) for other in range(AUTHORS)]
    random.shuffle(cells)  # so that no order is the first guess where nothing is known
    cells.sort(key=lambda cell: -seen[cell])
    learnt: Learnt = {}
    for place, other in cells:
        if place not in learnt and other not in learnt.values():
            learnt[place] = other
    return learnt
