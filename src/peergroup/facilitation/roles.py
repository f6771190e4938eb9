"""Who holds which role in this round: the subject's owner, in turn, by lot, a volunteer, or the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from peergroup.facilitation.breakouts import draw_order
from peergroup.facilitation.phase import EVERYONE
from peergroup.facilitation.protocol import Protocol


@dataclass(frozen=True, slots=True)
class Cast:
    """The single-handed roles of one breakout in one round; None is a role that nobody holds.

    `is_over` is true where everybody of this breakout has had a turn while a larger one goes on.
    """

    holders: Mapping[str, UUID | None]
    is_over: bool = False


def cast(
    protocol: Protocol,
    round_number: int,
    people: Sequence[UUID],
    *,
    seed: str,
    subject_owner: UUID | None = None,
    volunteers: Mapping[str, UUID] | None = None,
) -> Cast:
    """The cast of one breakout, `people` in its own order, in a round counted from 1.

    `volunteers` are those who took a role in this round. A rotating role goes down `people`, a drawn one
    down an order drawn from `seed`; with a number of rounds they begin again at the top, with `each` the
    breakout is over when the last had a turn.
    """
    taken = volunteers or {}
    holders: dict[str, UUID | None] = {}
    for role, source in protocol.roles.items():
        if source == "subject.owner":
            holders[role] = subject_owner
        elif source == "volunteer":
            holders[role] = taken.get(role)
        elif source != "others":
            order = people if source == "rotate" else draw_order(people, f"{seed}:{role}")
            holders[role] = _in_turn(order, round_number, once=role == protocol.turn_role)
    is_over = protocol.turn_role is not None and round_number > len(people)
    return Cast(holders, is_over)


def _in_turn(order: Sequence[UUID], round_number: int, *, once: bool) -> UUID | None:
    if not order or (once and round_number > len(order)):
        return None
    return order[(round_number - 1) % len(order)]


def roles_of(protocol: Protocol, cast: Cast, person: UUID) -> frozenset[str]:
    """The roles this person has now, `everyone` included; none where the breakout is over.

    Who holds no single-handed role is one of the `others`; a moderator who is about to post is too.
    """
    if cast.is_over:
        return frozenset()
    held = {role for role, holder in cast.holders.items() if holder == person}
    if not held:
        held = {role for role, source in protocol.roles.items() if source == "others"}
    return frozenset(held | {EVERYONE})


def vacancies(protocol: Protocol, cast: Cast) -> tuple[str, ...]:
    """The roles that wait for a volunteer, in the document's order; the first volunteer takes the first."""
    if cast.is_over:
        return ()
    return tuple(
        role
        for role, source in protocol.roles.items()
        if source == "volunteer" and cast.holders.get(role) is None
    )


def may_volunteer(protocol: Protocol, cast: Cast, person: UUID, had_a_turn: frozenset[UUID]) -> bool:
    """Whether this person may take the first vacant role: holds none now, and not one who had the turn."""
    open_roles = vacancies(protocol, cast)
    if not open_roles or person in cast.holders.values():
        return False
    return open_roles[0] != protocol.turn_role or person not in had_a_turn
