"""What somebody may post now, and what a phase answers to everything else."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from peergroup.facilitation.phase import VOLUNTEER, Phase
from peergroup.facilitation.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Accepted:
    """One thing this person may post. `max` is how many more of the kind; None is no limit."""

    kind: str
    parent_kind: str | None = None
    max: int | None = None


def is_silent(phase: Phase, roles: frozenset[str]) -> bool:
    """Whether somebody with these roles only listens here."""
    return not roles or not roles.isdisjoint(phase.listens)


def spoken_kinds(phase: Phase, roles: frozenset[str]) -> tuple[str, ...]:
    """The kinds the document gives these roles in this phase, in its order, whatever was posted so far."""
    if is_silent(phase, roles):
        return ()
    mine = [kinds for role, kinds in phase.accepts.items() if role in roles]
    return tuple(dict.fromkeys(kind for kinds in mine for kind in kinds))


def may_speak(phase: Phase, roles: frozenset[str]) -> bool:
    """Whether somebody with these roles counts as one who may speak in this phase."""
    return bool(spoken_kinds(phase, roles))


def may_pass(phase: Phase, roles: frozenset[str], *, has_posted: bool) -> bool:
    """Whether this participant may pass: one who may speak here and has not; posting cancels a pass."""
    return may_speak(phase, roles) and not has_posted


@dataclass(frozen=True, slots=True)
class Together:
    """What all have posted in a phase and round, by kind, and the kinds whose limit they share."""

    counts: Mapping[str, int] = field(default_factory=dict)
    shared: Collection[str] = ()


def accepts(
    phase: Phase,
    roles: frozenset[str],
    counts: Mapping[str, int],
    *,
    may_volunteer: bool = False,
    together: Together = Together(),
) -> tuple[Accepted, ...]:
    """What somebody with these roles may post now, in the document's order.

    `counts` are their own contributions by kind in this phase and round; a kind whose limit is reached is
    gone. A kind that answers to several kinds stands there once for each. While a role waits for a volunteer
    (`may_volunteer`), an open phase also takes the kind `volunteer`, without a parent.
    """
    found = [
        Accepted(kind, parent, left)
        for kind in spoken_kinds(phase, roles)
        if kind != VOLUNTEER or kind in phase.parents
        if (left := _left(phase, kind, counts, together)) != 0
        for parent in (phase.parent_kinds(kind) or (None,))
    ]
    if may_volunteer and phase.visibility == "open":
        found.append(Accepted(VOLUNTEER, None, 1))
    return tuple(found)


def _left(phase: Phase, kind: str, counts: Mapping[str, int], together: Together) -> int | None:
    mine, all_of_us = counts.get(kind, 0), together.counts.get(kind, 0)
    left = []
    if kind in phase.per_person:
        is_shared = kind in together.shared and phase.is_in_common
        left.append(phase.per_person[kind] - (all_of_us if is_shared else mine))
    if kind in phase.per_group:
        left.append(phase.per_group[kind] - all_of_us)
    return max(0, min(left)) if left else None


def refuse_post(
    phase: Phase, accepted: tuple[Accepted, ...], kind: str, parent_kind: str | None
) -> Refusal | None:
    """Why a contribution of `kind` that answers to `parent_kind` is not taken, or None if it is.

    The refusal names the phase and everything it accepts from this person, never what was offered.
    """
    if any(item.kind == kind and item.parent_kind == parent_kind for item in accepted):
        return None
    return Refusal("not_accepted", f"The phase `{phase.key}` accepts from you now: {_listing(accepted)}.")


def _listing(accepted: tuple[Accepted, ...]) -> str:
    return ", ".join(_said(item) for item in accepted) or "nothing"


def _said(item: Accepted) -> str:
    parent = f" to a {item.parent_kind}" if item.parent_kind else ""
    limit = f" (at most {item.max} more)" if item.max is not None else ""
    return f"{item.kind}{parent}{limit}"


def may_record_for(phase: Phase) -> bool:
    """Whether what somebody present said may be noted for them: in open phases only, never in secret."""
    return phase.visibility == "open" and not phase.anonymous
