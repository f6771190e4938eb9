"""What changed from one version of a method to another: phase by phase, field by field."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from peergroup.facilitation.protocol import Protocol

Kind = Literal["added", "removed", "changed", "moved"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed, in the method or (`phase`) in one of its phases.

    `before` and `after` are JSON texts, None where there was or is nothing. Without a `field` the whole phase was
    added, removed, or `moved`: then they are its places, counted from 1.
    """

    kind: Kind
    phase: str | None
    field: str | None
    before: str | None
    after: str | None


def differences(before: Protocol | None, after: Protocol) -> tuple[Change, ...]:
    """The changes from `before` (None: from nothing) to `after`, in the document's order; phases go by their keys."""
    old, new = _plain(before), _plain(after)
    old_phases, new_phases = _phases(old), _phases(new)
    return (*_fields(None, old, new), *_through(old_phases, new_phases))


def _plain(protocol: Protocol | None) -> dict[str, Any]:
    """What the document says itself: what it leaves to the format is no difference."""
    return {} if protocol is None else protocol.model_dump(mode="json", exclude_defaults=True)


def _phases(plain: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {phase["key"]: phase for phase in plain.pop("phases", [])}


def _fields(phase: str | None, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    for name in dict.fromkeys((*new, *old)):
        before, after = _text(old.get(name)), _text(new.get(name))
        if before != after:
            kind: Kind = "added" if before is None else "removed" if after is None else "changed"
            yield Change(kind, phase, name, before, after)


def _through(old: dict[str, dict[str, Any]], new: dict[str, dict[str, Any]]) -> Iterator[Change]:
    stayed = [key for key in old if key in new]
    moved_to = [key for key in new if key in old]
    for key, phase in new.items():
        if key not in old:
            yield Change("added", key, None, None, _text(phase))
            continue
        if stayed.index(key) != moved_to.index(key):
            places = (str(list(found).index(key) + 1) for found in (old, new))
            yield Change("moved", key, None, *places)
        yield from _fields(key, old[key], phase)
    for key, phase in old.items():
        if key not in new:
            yield Change("removed", key, None, _text(phase), None)


def _text(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)
