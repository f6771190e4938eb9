"""Which question comes next, who begins, and why. No I/O: everything known comes in, chance is a parameter.

A question comes again only when a group has been asked all of its depth; among the others, those come first
that fewest of the people here have answered elsewhere.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from uuid import UUID

from peergroup.icebreakers.pool import Prompt

_SESSIONS_BEFORE = ((9, 3), (3, 2), (0, 1))
"""From so many sessions that were held on, questions of this depth."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What was asked before: here, with the last time; elsewhere, with how many of those here; and skipped today."""

    asked: Mapping[str, dt.datetime]
    elsewhere: Mapping[str, int]
    skipped: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Choice:
    """A question, and a sentence that says why it is this one."""

    prompt: Prompt
    why: str


def depth_for(sessions_held: int) -> int:
    """How deep a group may go that has met so often."""
    return next(depth for least, depth in _SESSIONS_BEFORE if sessions_held >= least)


def draw(pool: Collection[Prompt], memory: Memory, chance: Random) -> Choice | None:
    """The next question of a pool of one depth; None where all of them were skipped today."""
    offered = [one for one in pool if one.key not in memory.skipped]
    fresh = [one for one in offered if one.key not in memory.asked]
    if fresh:
        fewest = min(memory.elsewhere.get(one.key, 0) for one in fresh)
        best = [one for one in fresh if memory.elsewhere.get(one.key, 0) == fewest]
        who = (
            "nobody here has answered it"
            if not fewest
            else f"only {fewest} of you {'has' if fewest == 1 else 'have'} answered it elsewhere"
        )
        return Choice(chance.choice(sorted(best, key=lambda one: one.key)), f"New to this group, and {who}.")
    if not offered:
        return None
    oldest = min(offered, key=lambda one: (memory.asked[one.key], one.key))
    return Choice(oldest, f"You have been asked all {len(pool)} of this depth; this one was longest ago.")


def first_speaker(
    here: Sequence[UUID], began: Mapping[UUID, int], rounds: int, chance: Random
) -> tuple[UUID, str] | None:
    """Who begins: drawn among those who have begun least often here; None where nobody is."""
    if not here:
        return None
    fewest = min(began.get(person, 0) for person in here)
    drawn = chance.choice(sorted(person for person in here if began.get(person, 0) == fewest))
    times = {0: "has never begun here", 1: "has begun once here"}.get(
        fewest, f"has begun {fewest} times here"
    )
    return drawn, f"Drawn among those who begin least often: {times}, in {rounds} round{'s' * (rounds != 1)}."
