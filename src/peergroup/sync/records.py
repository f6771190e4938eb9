"""What a mapped row becomes: a record that may be taken over, or a rejection that says why not."""

import re
from dataclasses import dataclass
from typing import Final

# Longest text per field, in characters, after trimming.
LONGEST: Final = {
    "external_id": 200,
    "first_name": 200,
    "last_name": 200,
    "name": 200,
    "email": 320,
    "company": 200,
    "job_title": 200,
    "industry": 200,
    "time_zone": 200,
    "level": 200,
    "is_active": 200,
}
PERSON_FIELDS: Final = ("name", "email", "company", "job_title", "industry", "time_zone", "level")
YES: Final = frozenset({"true", "yes", "y", "1", "active", "ja", "wahr", "aktiv"})
NO: Final = frozenset({"false", "no", "n", "0", "inactive", "nein", "falsch", "inaktiv"})
# 1,01E+15 is what a spreadsheet leaves of a long number: different people would end up with one reference.
MANGLED: Final = re.compile(r"[0-9][.,][0-9]+E\+[0-9]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that was not taken as it was given. `code` is for machines, `reason` for people."""

    code: str
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Record:
    """One person as a source describes them. None means that the source says nothing, or an empty cell."""

    row: int
    external_id: str
    name: str = ""
    email: str | None = None
    company: str | None = None
    job_title: str | None = None
    industry: str | None = None
    time_zone: str | None = None
    level: str | None = None
    warnings: tuple[Notice, ...] = ()
    is_active: bool = True
    """False: the source does not list them any more, and nothing else of the row is taken."""

    @property
    def email_key(self) -> str | None:
        """What e-mail addresses are compared by; `email` keeps the spelling as given."""
        return self.email.casefold() if self.email else None


@dataclass(frozen=True, slots=True)
class Rejection:
    """One row that cannot be taken. `column` is the column's name in the file, None when the whole row is at
    fault.
    """

    row: int
    column: str | None
    reason: str
    code: str
    external_id: str | None = None
    """The row's reference where it can be read: whoever is listed with faults is still listed."""


class Refused(Exception):
    """Raised while a row is mapped; becomes a `Rejection`."""

    def __init__(self, code: str, column: str | None, reason: str) -> None:
        super().__init__(reason)
        self.code, self.column, self.reason = code, column, reason
