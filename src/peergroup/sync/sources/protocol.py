"""What every connector gives: pages of records, each with a place from which a later process goes on."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

Kind = Literal[
    "unauthorized", "throttled_too_long", "unreachable", "closed", "contract_broken", "cursor_unknown"
]


class SourceError(Exception):
    """A walk cannot go on. What was handed out stands: its last cursor leads on from there.

    - `unauthorized`: the credentials are not, or no longer, good for this; somebody has to give others.
    - `throttled_too_long`: the CRM wants to be left alone; `retry_after` says for how many seconds, if it did.
    - `unreachable`: no answer, or none but failures, again and again; later it may be well.
    - `closed`: the address is one that is not spoken to from here, now or later.
    - `contract_broken`: an answer that is not what the CRM's maker documents; the text says what was expected.
    - `cursor_unknown`: the cursor is none of this connector's; begin with a full walk.

    The text is for people. It never holds secrets, nor anything that the CRM wrote about somebody.
    """

    def __init__(self, kind: Kind, detail: str, *, retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.retry_after = kind, detail, retry_after


def broken(expected: str) -> SourceError:
    """The error for an answer that is none; `expected` completes “Expected …”."""
    return SourceError("contract_broken", f"Expected {expected}.")


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One person as the CRM has them.

    `properties` are named as the CRM's API names them, and are text as it was given, whatever it holds. An empty
    one is left out: it says nothing. Of a record that `is_removed` (archived, deleted, inactive) only the
    reference is told, and, where the CRM merged it into another one, that one's: the person is still there, under
    another reference.
    """

    external_id: str
    properties: Mapping[str, str]
    is_removed: bool = False
    merged_into: str | None = None


@dataclass(frozen=True, slots=True)
class SourcePage:
    """Some records, and where to go on after them.

    Once the records are kept, keep `cursor`: `pages(cursor)` goes on behind this page, in any process, at any
    time. The cursor of the page that `is_last` begins the next delta. It holds references and times, is plain
    text, and at most a few hundred characters long.
    """

    records: tuple[SourceRecord, ...]
    cursor: str
    is_last: bool


class MemberSource(Protocol):
    """A CRM that is walked through.

    `pages(None)` walks through everybody. Every record that is there all the time comes exactly once; one that is
    changed meanwhile may come as it was, and comes again in the delta. `pages(cursor)` goes on where the cursor
    was given: behind its page, or, after a whole walk, with what has changed since that walk began. A delta tells
    again of the minutes before, because CRMs are slow to show what they have. What vanished without a trace (erased
    for good) is found by a full walk alone: by its absence. One that was merged may come besides as plainly
    removed, before it comes as merged: of several records with one reference the last one stands.

    Pages are fetched when they are asked for, none ahead; whoever stops asking loses nothing. Raises `SourceError`.
    """

    kind: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of all properties that a record may have, the reference's first."""
        ...

    def pages(self, cursor: str | None) -> AsyncIterator[SourcePage]:
        """The pages from here on, the last one marked."""
        ...
