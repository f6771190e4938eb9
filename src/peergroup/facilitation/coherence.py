"""What a protocol document may not say: checks between its parts, each naming the path.

A method that nobody could play to its end, or that would show what it promised to hide, is refused when it
is written, not when ten people sit in front of it. Details never repeat the document's own words: the
pointer says where to look.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from peergroup.facilitation.phase import COMMITMENT, EVERYONE, VOLUNTEER, Phase
from peergroup.facilitation.readable import reading_contradictions
from peergroup.kit.documents import Finding, pointer

if TYPE_CHECKING:
    from peergroup.facilitation.protocol import Protocol


def contradictions(protocol: "Protocol") -> Iterator[Finding]:
    """Everything the document says against itself, in the document's order as far as possible."""
    yield from _names(protocol)
    yield from _roles(protocol)
    yield from _turns(protocol)
    for place, phase in enumerate(protocol.phases):
        yield from _who(protocol, place, phase)
        yield from _kinds(protocol, place, phase)
        yield from _exits(place, phase)
        yield from _unnamed(place, phase)
    yield from reading_contradictions(protocol)


def _at(place: int, *parts: str | int) -> str:
    return pointer("phases", place, *parts)


def _names(protocol: "Protocol") -> Iterator[Finding]:
    phases: set[str] = set()
    lists: set[str] = set()
    for place, phase in enumerate(protocol.phases):
        if phase.key in phases:
            yield Finding(_at(place, "key"), "another phase has this key already")
        phases.add(phase.key)
        for number, marks in enumerate(phase.marks):
            if marks.list in lists:
                yield Finding(_at(place, "marks", number, "list"), "another list has this name already")
            lists.add(marks.list)


def _roles(protocol: "Protocol") -> Iterator[Finding]:
    remaining = 0
    for role, source in protocol.roles.items():
        remaining += source == "others"
        if role == EVERYONE:
            yield Finding(pointer("roles", role), "`everyone` is always there and cannot be declared")
        if source == "others" and remaining > 1:
            yield Finding(pointer("roles", role), "only one role can be all the others")
        if source == "subject.owner" and protocol.subject == "none":
            yield Finding(pointer("roles", role), "there is no subject, so nobody owns it")
        if source == "volunteer":
            yield from _volunteering(protocol, role)


def _volunteering(protocol: "Protocol", role: str) -> Iterator[Finding]:
    """People volunteer in the open, so an open phase must come no later than the role's first use."""
    for phase in protocol.phases:
        if phase.visibility == "open":
            return
        if role in phase.accepts or role in phase.listens or any(role == m.by for m in phase.marks):
            break
    yield Finding(pointer("roles", role), "the role is needed before any open phase lets somebody volunteer")


def _turns(protocol: "Protocol") -> Iterator[Finding]:
    role = protocol.turn_role
    if role is None:
        return
    if role not in protocol.roles:
        yield Finding(pointer("rounds"), "`each` must name one of the declared roles")
    elif protocol.roles[role] not in {"rotate", "drawn", "volunteer"}:
        yield Finding(pointer("rounds"), "the role that takes turns must be `rotate`, `drawn` or `volunteer`")


def _who(protocol: "Protocol", place: int, phase: Phase) -> Iterator[Finding]:
    known = {EVERYONE, *protocol.roles}
    for role in phase.accepts:
        if role not in known:
            yield Finding(_at(place, "accepts", role), "this role is not declared under `roles`")
        if role in phase.listens:
            yield Finding(_at(place, "accepts", role), "this role listens here and cannot speak")
    for number, role in enumerate(phase.listens):
        if role not in known:
            yield Finding(_at(place, "listens", number), "this role is not declared under `roles`")
        if role == EVERYONE and (phase.accepts or phase.marks):
            yield Finding(_at(place, "listens", number), "everyone listens, so nobody could speak")
    for number, marks in enumerate(phase.marks):
        path = _at(place, "marks", number, "by")
        if marks.by not in known:
            yield Finding(path, "this role is not declared under `roles`")
        if marks.by in phase.listens:
            yield Finding(path, "this role listens here and cannot mark")


def _kinds(protocol: "Protocol", place: int, phase: Phase) -> Iterator[Finding]:
    limits = (("per_person", phase.per_person), ("per_group", phase.per_group))
    for field, named in (*limits, ("parents", phase.parents)):
        for kind in named:
            if kind not in phase.kinds:
                yield Finding(_at(place, field, kind), "this phase does not accept this kind")
    if phase.per_group and not phase.is_in_common:
        yield Finding(
            _at(place, "per_group"), "what is left would tell what others say where one cannot hear it"
        )
    for role, kinds in phase.accepts.items():
        for number, kind in enumerate(kinds):
            path = _at(place, "accepts", role, number)
            if phase.anonymous and kind in {COMMITMENT, VOLUNTEER}:
                yield Finding(path, "a promise has a name: it cannot be made in an anonymous phase")
            elif kind == VOLUNTEER and kind not in phase.parents:
                yield from _casting(protocol, phase, path)


def _casting(protocol: "Protocol", phase: Phase, path: str) -> Iterator[Finding]:
    if "volunteer" not in protocol.roles.values():
        yield Finding(path, "there is nothing to volunteer for: no parent kind and no volunteer role")
    elif phase.visibility != "open":
        yield Finding(path, "people volunteer for a role in an open phase")


def _unnamed(place: int, phase: Phase) -> Iterator[Finding]:
    """Where nobody shall know whose a card is, neither the few one sits with nor a role's own kind may tell."""
    if not phase.anonymous:
        return
    if phase.breakout != "all":
        yield Finding(
            _at(place, "breakout"), "an anonymous card says whose it is where only a few sit together"
        )
    if len({frozenset(kinds) for kinds in phase.accepts.values()}) > 1:
        yield Finding(_at(place, "accepts"), "a kind of one role says whose an anonymous card is")


def _exits(place: int, phase: Phase) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, guard in enumerate(phase.guards):
        path = _at(place, "exit", number)
        if guard.name in seen:
            yield Finding(path, "this guard is listed twice")
        seen.add(guard.name)
        if guard.name == "top_selected" and not any(marks.top for marks in phase.marks):
            yield Finding(path, "no list of this phase has a `top` to select")
        elif guard.name == "min_commitments" and not any(map(phase.makes_commitment, phase.kinds)):
            yield Finding(path, "nobody can make a commitment in this phase")
        elif guard.name in {"min_contributions", "everyone_posted_or_passed"} and not phase.accepts:
            yield Finding(path, "nobody can post in this phase")
