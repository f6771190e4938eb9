"""Several records of one run with the same reference: the last one stands."""

from collections.abc import Iterable
from typing import NamedTuple

from peergroup.sync.records import Record


class Fold(NamedTuple):
    """Where a record stands among those with its reference; all three are positions in the run, from 0.

    The outcome against the store is reported at `first`; the values are those at `standing`.
    """

    position: int
    first: int
    standing: int

    @property
    def is_standing(self) -> bool:
        """Whether this record is the one that is taken over."""
        return self.position == self.standing

    @property
    def is_first(self) -> bool:
        """Whether this record is the one that reports the outcome against the store."""
        return self.position == self.first


def fold(records: Iterable[Record]) -> list[Fold]:
    """One fold per record, in the order given. References are compared exactly: Salesforce's differ by case
    alone.

    Rejected rows do not belong in here: a row that cannot be taken does not push aside an earlier one that
    can.
    """
    references = [record.external_id for record in records]
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for position, reference in enumerate(references):
        first.setdefault(reference, position)
        last[reference] = position
    return [
        Fold(position, first[reference], last[reference]) for position, reference in enumerate(references)
    ]
