"""What came of one person in a bulk change."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that was not taken as it was given."""

    code: str
    field: str
    detail: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """`created`, `updated`, `unchanged`, `removed` or `conflict` (then `candidate_id` has the address already)."""

    status: str
    id: UUID | None
    candidate_id: UUID | None = None
    warnings: tuple[Warned, ...] = ()
