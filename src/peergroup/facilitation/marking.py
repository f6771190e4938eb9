"""Marks: how many are left, on what, and which contributions make the top when places are tied."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from peergroup.facilitation.accepts import is_silent
from peergroup.facilitation.parts import MarkList
from peergroup.facilitation.phase import Phase
from peergroup.facilitation.refusal import Refusal

Card = TypeVar("Card", bound=Hashable)

FEWEST_CONTRIBUTORS = 3


@dataclass(frozen=True, slots=True)
class MarksLeft:
    """A list this person may mark, and how many marks they have left in it."""

    list: str
    left: int


def marks_left(phase: Phase, roles: frozenset[str], used: Mapping[str, int]) -> tuple[MarksLeft, ...]:
    """The lists somebody with these roles may mark in this phase; `used` are their marks by list.

    A list whose budget is spent stays, with 0 left: its marks can still be taken back.
    """
    return tuple(
        MarksLeft(marks.list, max(0, marks.budget - used.get(marks.list, 0)))
        for marks in phase.marks
        if _may_use(phase, marks, roles)
    )


def _may_use(phase: Phase, marks: MarkList, roles: frozenset[str]) -> bool:
    return marks.by in roles and not is_silent(phase, roles)


def refuse_mark(
    phase: Phase, roles: frozenset[str], used: Mapping[str, int], list_name: str, kind: str
) -> Refusal | None:
    """Why a mark on a contribution of `kind` is not taken, or None if it is.

    Own contributions may be marked. Whether this one is marked already, and whether the reader can see it,
    are questions to the database.
    """
    for marks in phase.marks:
        if marks.list == list_name and _may_use(phase, marks, roles):
            if kind not in marks.on:
                return Refusal("not_accepted", f"The list `{marks.list}` marks {', '.join(marks.on)}.")
            if used.get(marks.list, 0) >= marks.budget:
                return Refusal("budget_spent", f"All {marks.budget} marks of `{marks.list}` are given.")
            return None
    lists = ", ".join(item.list for item in marks_left(phase, roles, used)) or "no list"
    return Refusal("not_accepted", f"In the phase `{phase.key}` you may mark: {lists}.")


def may_merge(phase: Phase, *, is_marked: bool) -> bool:
    """Whether the moderator may merge duplicates now: where the phase says so, before the first mark."""
    return phase.merges and not is_marked


@dataclass(frozen=True, slots=True)
class Top(Generic[Card]):
    """The top of a list. `kept` are certain; of `tied`, `places` more have to be chosen by people.

    `tied` is empty exactly if `places` is 0.
    """

    kept: frozenset[Card]
    tied: frozenset[Card] = frozenset()
    places: int = 0

    @property
    def is_decided(self) -> bool:
        """Whether no tie is left."""
        return self.places == 0


def top_of(tally: Mapping[Card, int], top: int) -> Top[Card]:
    """The `top` cards with the most marks; a card without marks is never among them.

    A tie at the last place stays a tie: neither the order of posting nor of the mapping decides it.
    """
    counts = sorted((count for count in tally.values() if count > 0), reverse=True)
    if len(counts) <= top:
        return Top(frozenset(card for card, count in tally.items() if count > 0))
    bar = counts[top - 1]
    above = frozenset(card for card, count in tally.items() if count > bar)
    level = frozenset(card for card, count in tally.items() if count == bar)
    if len(above) + len(level) == top:
        return Top(above | level)
    return Top(above, level, top - len(above))


def decide(top: Top[Card], keep: frozenset[Card]) -> Top[Card]:
    """The top after the moderator chose among the tied.

    Raises ValueError unless `keep` names exactly as many of the tied cards as there are places.
    """
    if not keep <= top.tied or len(keep) != top.places:
        raise ValueError(f"choose exactly {top.places} of the tied cards")
    return Top(top.kept | keep)


def may_show_results(contributors: int) -> bool:
    """Whether results of an anonymous phase or hidden list are shown: from three contributors on."""
    return contributors >= FEWEST_CONTRIBUTORS
