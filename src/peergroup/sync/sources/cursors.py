"""Where a walk stands, as text that outlasts the process."""

import datetime as dt
import json
import re
from dataclasses import dataclass, replace
from typing import Any, Final

from peergroup.sync.sources.protocol import SourceError

LONGEST: Final = 2_000
OVERLAP: Final = dt.timedelta(minutes=15)
"""How far a delta looks back behind the beginning of the walk before it: for search indexes that lag, transactions
that commit long after the time they note, and clocks that differ."""
_FORM: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?\+00:00")


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a walk.

    `since` is what a delta looks back to, None in a full walk. `began` is when the walk began by the earlier of
    both clocks, None before its first answer. `after` is the last place that was handed out, in the part of the
    walk that `stage` names (CRMs that keep archived records apart have two); "" is the beginning.
    """

    kind: str
    since: dt.datetime | None = None
    began: dt.datetime | None = None
    stage: str = ""
    after: str = ""

    def begun(self, at: dt.datetime) -> "Cursor":
        """The same place, in a walk that began at this time unless it had begun before."""
        return self if self.began else replace(self, began=at)

    def behind(self, after: str) -> "Cursor":
        """A place further on in the same part."""
        return replace(self, after=after)

    def entering(self, stage: str) -> "Cursor":
        """The beginning of another part of the same walk."""
        return replace(self, stage=stage, after="")

    def closed(self, at: dt.datetime) -> "Cursor":
        """After the whole walk: the beginning of the next delta."""
        return Cursor(self.kind, since=(self.began or at) - OVERLAP)

    def __str__(self) -> str:
        """Only what is set, as JSON."""
        times = {"since": self.since, "began": self.began}
        told: dict[str, str] = {name: time.isoformat() for name, time in times.items() if time}
        told |= {name: text for name, text in (("stage", self.stage), ("after", self.after)) if text}
        return json.dumps({"kind": self.kind} | told)


def cursor_of(kind: str, text: str | None) -> Cursor:
    """The place that the text names; the beginning of a full walk for None.

    Raises `SourceError` for text that no walk of this kind gave.
    """
    if text is None:
        return Cursor(kind)
    told = _told(text)
    if told.pop("kind", None) != kind or not told.keys() <= {"since", "began", "stage", "after"}:
        raise unknown()
    since, began = (_time(told.pop(name, None)) for name in ("since", "began"))
    return Cursor(kind, since, began, **told)


def _told(text: str) -> dict[str, str]:
    try:
        told: Any = json.loads(text) if len(text) <= LONGEST else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or not all(isinstance(value, str) for value in told.values()):
        raise unknown()
    return told


def _time(text: str | None) -> dt.datetime | None:
    if text is None:
        return None
    if not _FORM.fullmatch(text):
        raise unknown()
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        raise unknown() from None


def unknown() -> SourceError:
    """The error for a cursor from which nothing goes on."""
    return SourceError("cursor_unknown", "The walk cannot go on from there; begin with a full one.")
